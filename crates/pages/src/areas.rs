//! Every page and every form, by who comes for it.

mod accounts;
mod administration;
mod agenda;
mod audit;
mod calls;
mod common;
mod desk;
mod documents;
mod figures;
mod import;
mod meeting;
mod package;
mod panel;
mod privacy;
mod rota;
mod rules;
mod school;
mod service;

use crate::Door;
use crate::form::Form;
use crate::page::Page;

/// The pages of every area.
pub(crate) fn pages(door: Door) -> impl Iterator<Item = &'static Page> {
    let to_sign_in = if door == Door::Demo { common::SIGN_IN } else { &[] };
    let areas = [
        common::PAGES,
        to_sign_in,
        school::PAGES,
        desk::PAGES,
        documents::PAGES,
        calls::PAGES,
        rota::PAGES,
        service::PAGES,
        panel::PAGES,
        meeting::PAGES,
        package::PAGES,
        agenda::PAGES,
        figures::PAGES,
        administration::PAGES,
        import::PAGES,
        accounts::PAGES,
        rules::PAGES,
    ];
    let larger = [audit::PAGES, privacy::PAGES].into_iter().flatten();
    areas.into_iter().chain(larger.copied()).flatten().copied()
}

/// The forms of every area.
pub(crate) fn forms() -> impl Iterator<Item = &'static Form> {
    let areas = [
        common::FORMS,
        school::FORMS,
        desk::FORMS,
        documents::FORMS,
        calls::FORMS,
        import::FORMS,
        rota::FORMS,
        meeting::FORMS,
        package::FORMS,
        service::FORMS,
        audit::FORMS,
        administration::FORMS,
        accounts::FORMS,
        rules::FORMS,
        panel::FORMS,
        agenda::FORMS,
    ];
    areas.into_iter().chain(privacy::FORMS.iter().copied()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::Need;
    use crate::form::Does;
    use crate::page::OpenTo;
    use serde_json::Value;
    use std::collections::BTreeSet;

    /// The API's description, as it is published.
    fn description() -> Value {
        serde_json::from_str(include_str!("../../../api-spec/openapi.json")).unwrap()
    }

    /// Where a form goes in the API.
    fn sent_to(does: &'static Does) -> Option<&'static str> {
        match does {
            Does::Send { to, .. }
            | Does::Tell { to, .. }
            | Does::Bring { to, .. }
            | Does::Work { to, .. } => Some(to),
            Does::Fold { draft, .. } => Some(draft.into),
            Does::Look => None,
        }
    }

    /// A path by its shape: what stands in its holes is named differently by pages.
    fn shape(path: &str) -> String {
        let path = path.split('?').next().unwrap_or_default();
        let part = |part: &str| if part.starts_with('{') { "{}" } else { part }.to_owned();
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    /// Whether a path of this shape is a known one: a page may name itself what a hole stands for.
    fn leads_to(path: &str, known: &str) -> bool {
        let same = |(part, hole): (&str, &str)| part == hole || hole == "{}";
        path.split('/').count() == known.split('/').count()
            && path.split('/').zip(known.split('/')).all(same)
    }

    #[test]
    fn every_address_leads_to_one_page_and_one_form() {
        let now = std::sync::Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
        let fresh_key = || String::new();
        let api = axum::Router::new();
        // Two at one address are a mistake that ends the program before it serves anybody.
        let _router = crate::routes::<()>(crate::World { api, now, fresh_key, door: Door::Demo });
    }

    #[test]
    fn every_operation_that_a_page_names_is_one_of_the_apis() {
        let description = description();
        let paths = description["paths"].as_object().unwrap().values();
        let operations: BTreeSet<&str> = paths
            .flat_map(|path| path.as_object().unwrap().values())
            .filter_map(|operation| operation["operationId"].as_str())
            .collect();
        for page in pages(Door::Demo) {
            if let OpenTo::Who(operation) = page.open_to {
                assert!(operations.contains(operation), "{}: {operation}", page.at);
            }
            for ask in page.asks {
                if let Need::May(operation) = ask.need {
                    assert!(operations.contains(operation), "{}: {operation}", page.at);
                }
            }
        }
    }

    #[test]
    fn every_path_that_a_page_or_a_form_asks_for_is_one_of_the_apis() {
        let description = description();
        let paths = description["paths"].as_object().unwrap().keys();
        let known: BTreeSet<String> =
            paths.map(|path| shape(path.trim_start_matches("/api/v1"))).collect();
        let asked = pages(Door::Demo).flat_map(|page| page.asks).map(|ask| ask.path);
        let sent = forms().filter_map(|form| sent_to(&form.does));
        for path in asked.chain(sent) {
            // Which action it is, the page's address says.
            let action = path.ends_with("/actions/{action}");
            let known = known.iter().any(|it| leads_to(&shape(path), it));
            assert!(action || known, "{path} is not in the description");
        }
    }
}
