//! Services from a JSON file: `{"services": [{"slug": …, "name": …, …}]}`.
//!
//! A member that the file leaves out stays as it is in the directory; members that the
//! directory does not keep are read over. A service that the file does not name stays.

use super::difference;
use super::{Became, EntriesPlan, EntryChange, Fault, Place, text};
use domain::desk::{Desk, DeskCommand};
use domain::service::Service;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Reads a file and says what would change of the desk's services.
#[must_use]
pub fn plan(bytes: &[u8], desk: &Desk) -> EntriesPlan {
    let mut faults = Vec::new();
    let services = read(bytes, desk, &mut faults);
    if !faults.is_empty() {
        return EntriesPlan::refused(faults);
    }
    let mut plan = EntriesPlan::default();
    for service in services {
        let known = desk.services.get(&service.slug);
        if known == Some(&service) {
            plan.unchanged += 1;
            continue;
        }
        let became = if known.is_some() { Became::Changed } else { Became::Added };
        let fields = known.map(|known| difference::between(known, &service)).unwrap_or_default();
        let (entry, name) = (service.slug.to_string(), service.name.clone());
        plan.changes.push(EntryChange { entry, name, became, fields });
        plan.commands.push(DeskCommand::ListService(service));
    }
    plan
}

fn read(bytes: &[u8], desk: &Desk, faults: &mut Vec<Fault>) -> Vec<Service> {
    let Some(file) = json(bytes, faults) else { return Vec::new() };
    let Some(items) = file.get("services").and_then(Value::as_array) else {
        let at = Place::Pointer("/services".to_owned());
        faults.push(Fault::new(at, "the list of services should be here"));
        return Vec::new();
    };
    let mut first_places = BTreeMap::new();
    let mut services = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let at = |field: &str| Place::Pointer(format!("/services/{place}{field}"));
        match service(item, desk) {
            Err(detail) => faults.push(Fault::new(at(""), detail)),
            Ok(service) => {
                if let Some(first) = first_places.insert(service.slug.clone(), place) {
                    let detail = format!("“{}” is /services/{first} too", service.slug);
                    faults.push(Fault::new(at("/slug"), detail));
                }
                let wrong = service.faults().into_iter();
                faults.extend(wrong.map(|it| Fault::new(at(&it.pointer), it.detail)));
                services.push(service);
            }
        }
    }
    services
}

/// An entry, over the one that there is.
fn service(item: &Value, desk: &Desk) -> Result<Service, String> {
    let Value::Object(members) = item else {
        return Err("a service is an object, in braces".to_owned());
    };
    let slug = members.get("slug").and_then(Value::as_str).and_then(|slug| slug.parse().ok());
    let known = slug.and_then(|slug| desk.services.get(&slug));
    let known = known.and_then(|known| serde_json::to_value(known).ok());
    let mut entry = match known {
        Some(Value::Object(entry)) => entry,
        Some(_) | None => Map::new(),
    };
    entry.extend(members.clone());
    serde_json::from_value(Value::Object(entry)).map_err(|error| error.to_string())
}

/// A file as JSON.
pub(super) fn json(bytes: &[u8], faults: &mut Vec<Fault>) -> Option<Value> {
    let text = text::decode(bytes).map_err(|fault| faults.push(fault)).ok()?;
    let read = serde_json::from_str(&text);
    let say = |error: serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        let detail = format!("it is not JSON: reading stopped at line {line}, column {column}");
        faults.push(Fault::file(detail));
    };
    read.map_err(say).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const COUNTY: &[u8] = include_bytes!("../../../frontdoor/county/services.json");

    fn carried_out(plan: EntriesPlan) -> Desk {
        assert_eq!(plan.faults, []);
        let mut desk = Desk::default();
        for command in plan.commands {
            let event = desk.decide(command).unwrap().unwrap();
            desk.apply(&event, 1);
        }
        desk
    }

    #[test]
    fn the_county_is_imported_once() {
        let plan = super::plan(COUNTY, &Desk::default());
        assert_eq!((plan.changes.len(), plan.changes[0].became), (12, Became::Added));
        let again = super::plan(COUNTY, &carried_out(plan));
        assert_eq!((again.changes.len(), again.unchanged), (0, 12));
    }

    #[test]
    fn what_the_file_leaves_out_stays() {
        let desk = carried_out(super::plan(COUNTY, &Desk::default()));
        let file = json!({"services": [{"slug": "sensory-support", "name": "Senses"}]});
        let plan = super::plan(file.to_string().as_bytes(), &desk);
        let changed: Vec<_> =
            plan.changes[0].fields.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(changed, ["name"]);
    }

    #[test]
    fn every_fault_has_its_pointer_and_nothing_would_change() {
        let good = json!({"slug": "a", "name": "A", "agency": "education",
            "first_contact_working_days": 2, "offers": []});
        let mut bad = good.clone();
        bad["agency"] = json!("magic");
        let file = json!({"services": [good, bad, 7, good, {"slug": "B c"}]});
        let plan = super::plan(file.to_string().as_bytes(), &Desk::default());
        let faults: Vec<_> = plan.faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 4, "{faults:?}");
        for (fault, begins) in faults.iter().zip([
            "/services/1: “magic” is not one of: education",
            "/services/2: a service is an object",
            "/services/3/slug: “a” is /services/0 too",
            "/services/4: ",
        ]) {
            assert!(fault.starts_with(begins), "{fault}");
        }
        assert!(plan.commands.is_empty());
        for (file, says) in [("{}", "/services"), ("[", "not JSON"), ("%PDF-", "a PDF")] {
            let plan = super::plan(file.as_bytes(), &Desk::default());
            assert!(plan.faults[0].to_string().contains(says), "{file}");
        }
    }
}
