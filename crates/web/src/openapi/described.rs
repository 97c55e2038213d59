//! Every response has a description: OpenAPI 3.1 requires it (4.8.17), and a derived one that
//! was given none has none. And a path that takes the rest of an address names it as any other.

use crate::access;
use domain::account::{Purpose, Role};
use serde_json::{Value, json};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, OpenApi, RefOr, Required};

/// Describes what is not described, by its status.
pub(crate) fn described(mut api: OpenApi) -> OpenApi {
    for operation in api.paths.paths.values_mut().flat_map(operations) {
        permitted(operation);
        for (status, response) in &mut operation.responses.responses {
            if let RefOr::T(response) = response
                && response.description.is_empty()
            {
                usual(status).clone_into(&mut response.description);
            }
        }
    }
    let paths = std::mem::take(&mut api.paths.paths);
    // The router's own spelling of "all that follows".
    let spelled = |(path, item): (String, PathItem)| (path.replace("{*", "{"), item);
    api.paths.paths = paths.into_iter().map(spelled).collect();
    api
}

/// Says who may, from the table that the guard asks; and that a caller may say what it is for.
/// What is published has no row: whoever asks is answered.
fn permitted(operation: &mut Operation) {
    let name = operation.operation_id.as_deref().unwrap_or_default();
    let Some(row) = access::Operation::ALL.iter().find(|row| row.name() == name) else { return };
    let before = operation.description.take().filter(|text| !text.is_empty());
    let before = before.map(|text| format!("{text}\n\n")).unwrap_or_default();
    operation.description = Some(format!("{before}{}", row.who_may()));
    let reaches = Role::ALL.iter().map(|role| (role.code(), json!(row.reach(*role).code())));
    let roles = Value::Object(reaches.map(|(role, reach)| (role.to_owned(), reach)).collect());
    let extensions = operation.extensions.get_or_insert_default();
    extensions.merge([("x-roles", roles)].into_iter().collect());
    operation.parameters.get_or_insert_default().push(purpose().into());
}

/// The header in which a caller may say what they look at personal data for.
fn purpose() -> Parameter {
    let codes: Vec<_> = Purpose::ALL.iter().map(|purpose| purpose.code()).collect();
    let one = codes.join("|");
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        // As RFC 9110 (5.6.1) has lists: an element may be empty.
        .pattern(Some(format!("^ *({one})?( *, *({one})?)* *$")))
        .examples([json!("casework")]);
    let says = format!(
        "What it is for, on the record of accesses: one or several of {}, apart by commas.",
        codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ")
    );
    ParameterBuilder::new()
        .name("Frontdoor-Purpose")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(says))
        .schema(Some(schema))
        .build()
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, .. } = path;
    [get, put, post, delete].into_iter().flatten()
}

fn usual(status: &str) -> &'static str {
    match status {
        "200" => "What was asked for, or what was written as it stands now.",
        "201" => "It was made; this is how it stands.",
        "204" => "It is done, and there is nothing to show.",
        _ => "It was answered.",
    }
}

#[cfg(test)]
mod tests {
    use crate::routes::openapi;
    use serde_json::Value;

    #[test]
    fn every_response_is_described() {
        let api = serde_json::to_value(openapi()).unwrap();
        let paths = api["paths"].as_object().unwrap();
        let operations = paths.values().flat_map(|path| path.as_object().unwrap().values());
        let responses: Vec<_> = operations
            .flat_map(|operation| operation["responses"].as_object().unwrap().values())
            .collect();
        assert!(responses.len() > 500, "there are many");
        let described = |response: &&&Value| {
            response["$ref"].is_string()
                || !response["description"].as_str().unwrap_or("").is_empty()
        };
        assert_eq!(responses.iter().filter(described).count(), responses.len());
    }
}
