//! The operations of the description, with all that is needed to ask for them.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::access::Operation;

/// One operation.
pub(super) struct Described {
    pub(super) operation: Operation,
    pub(super) method: String,
    /// Below the base of the API, with names in braces.
    pub(super) path: String,
    /// What can be said in the query.
    pub(super) query: Vec<String>,
    /// In which forms it answers.
    pub(super) answers_in: Vec<String>,
    pub(super) body: Content,
}

/// What is sent, and what it is.
#[derive(Clone)]
pub(super) struct Content {
    pub(super) media_type: String,
    pub(super) bytes: Vec<u8>,
}

impl Described {
    pub(super) fn name(&self) -> &'static str {
        self.operation.name()
    }

    /// What has to stand in the query.
    pub(super) fn must_be_said(&self) -> &'static str {
        match self.name() {
            "read_difference" => "?from=1&to=2",
            "read_seen_by" => "?school_urn=900001",
            _ => "",
        }
    }

    pub(super) fn reads(&self) -> bool {
        self.method == "GET"
    }
}

/// Every operation that somebody has to be permitted. What is published is nobody's to permit.
pub(super) fn described() -> Vec<Described> {
    let api = serde_json::to_value(web::openapi()).unwrap();
    let mut found = Vec::new();
    for (path, methods) in api["paths"].as_object().unwrap() {
        for (method, described) in methods.as_object().unwrap() {
            if described["security"] == json!([{}]) {
                continue;
            }
            found.push(one(&api, path, method, described));
        }
    }
    found
}

fn one(api: &Value, path: &str, method: &str, described: &Value) -> Described {
    let name = described["operationId"].as_str().unwrap();
    let listed = Operation::ALL.iter().find(|operation| operation.name() == name);
    let operation = *listed.unwrap_or_else(|| panic!("{name} has no row in web/src/access.rs"));
    let parameters = described["parameters"].as_array().cloned().unwrap_or_default();
    let query = parameters.iter().filter(|it| it["in"] == "query");
    let done = described["responses"].as_object().unwrap().iter();
    let done = done.filter(|(status, _)| status.starts_with('2'));
    let forms = done.filter_map(|(_, response)| response["content"].as_object());
    Described {
        operation,
        method: method.to_uppercase(),
        path: path.trim_start_matches("/api/v1").to_owned(),
        query: query.map(|it| it["name"].as_str().unwrap().to_owned()).collect(),
        answers_in: forms.flat_map(|content| content.keys().cloned()).collect(),
        body: content(api, name, &described["requestBody"]),
    }
}

/// What is sent: the example of the description; nothing in particular where nothing is asked
/// for. A body that is no JSON cannot be taken from there.
fn content(api: &Value, name: &str, body: &Value) -> Content {
    let Some(forms) = body["content"].as_object() else { return as_json(&json!({})) };
    let (media_type, form) = forms.iter().next().unwrap();
    if media_type == "application/json" {
        return as_json(&example(api, name, form));
    }
    let written = written_out();
    let (media_type, bytes) = written.get(name).unwrap_or_else(|| {
        panic!("add a body of {media_type} for {name} to tests/api/matrix/described.rs")
    });
    Content { media_type: (*media_type).to_owned(), bytes: bytes.as_bytes().to_vec() }
}

fn as_json(body: &Value) -> Content {
    Content { media_type: "application/json".to_owned(), bytes: body.to_string().into_bytes() }
}

/// The example of the whole; else one that is put together from what must be there.
fn example(api: &Value, name: &str, form: &Value) -> Value {
    if let Some(body) = by_name(name) {
        return body;
    }
    if form["example"].is_null() {
        of_schema(api, &form["schema"])
    } else {
        form["example"].clone()
    }
}

fn of_schema(api: &Value, schema: &Value) -> Value {
    let schema = resolved(api, schema);
    let given =
        [&schema["example"], &schema["examples"][0], &schema["default"], &schema["enum"][0]];
    if let Some(example) = given.into_iter().find(|it| !it.is_null()) {
        return example.clone();
    }
    match (kind(schema), schema["format"].as_str()) {
        ("object", _) => {
            let required = schema["required"].as_array().into_iter().flatten();
            let names = required.filter_map(Value::as_str);
            let fields = names.map(|it| (it.to_owned(), of_schema(api, &schema["properties"][it])));
            Value::Object(fields.collect())
        }
        ("array", _) => json!([]),
        ("boolean", _) => json!(true),
        ("integer" | "number", _) => schema.get("minimum").cloned().unwrap_or(json!(1)),
        (_, Some("date")) => json!("2026-11-20"),
        (_, Some("date-time")) => json!("2026-11-20T10:00:00Z"),
        (_, Some("uuid")) => json!("00000000-0000-0000-0000-000000000000"),
        _ => json!("words"),
    }
}

/// Of several kinds, the first, which is not null.
fn kind(schema: &Value) -> &str {
    let kind = &schema["type"];
    kind.as_str().or_else(|| kind[0].as_str()).unwrap_or("object")
}

fn resolved<'a>(api: &'a Value, schema: &'a Value) -> &'a Value {
    let Some(place) = schema["$ref"].as_str() else { return schema };
    api.pointer(place.trim_start_matches('#')).unwrap_or(schema)
}

/// Bodies whose rules a description cannot tell.
fn by_name(name: &str) -> Option<Value> {
    Some(match name {
        "choose_account_updates" | "choose_updates" => json!({"channel": "none"}),
        "ask_subject_access" => {
            json!({"by": "parent", "received_on": "2026-11-20", "identity_checked": true})
        }
        "record_attendance" => json!({"member": "mira", "event": "apologies"}),
        _ => return None,
    })
}

/// Bodies that are no JSON.
fn written_out() -> BTreeMap<&'static str, (&'static str, &'static str)> {
    let document = "--cut\r\nContent-Disposition: form-data; name=\"file\"; \
        filename=\"report.pdf\"\r\n\r\n%PDF-1.7 A report.\r\n--cut\r\nContent-Disposition: \
        form-data; name=\"kind\"\r\n\r\nreport\r\n--cut--\r\n";
    BTreeMap::from([
        ("add_document", ("multipart/form-data; boundary=cut", document)),
        ("import_schools", ("text/csv", "URN,EstablishmentName\r\n")),
    ])
}
