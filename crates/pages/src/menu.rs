//! Where somebody can go: what they do every day in the menu, everything else on their start.
//!
//! A menu of ten is read by nobody. So each role has its few; and because the start lists what is
//! left, there is nothing that somebody may see and cannot come to.

use crate::place::{self, Answers, Params};
use crate::visit::Visit;
use serde::Serialize;

/// A place to go to.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// Its address, in which `{me.service}` may stand.
    at: &'static str,
    name: &'static str,
    /// What is there.
    says: &'static str,
    /// Who may do one of these may go.
    any_of: &'static [&'static str],
}

const fn way(
    at: &'static str,
    name: &'static str,
    any_of: &'static [&'static str],
    says: &'static str,
) -> Way {
    Way { at, name, says, any_of }
}

const START: Way = way("/", "Start", &["read_me"], "");
const REQUESTS: Way =
    way("/requests", "Requests", &["list_requests"], "What schools asked for, and where it is");
const OWN_REQUESTS: Way = Way { name: "My requests", ..REQUESTS };
const WORK: Way = way("/services/{me.service}/work", "Your service", &["read_inbox"], "");
const CALL: Way =
    way("/calls/new", "Log a call", &["find_same_child"], "A school asks by telephone");
const SERVICES: Way =
    way("/services", "Services", &["list_services"], "What each offers, and for whom");
const ROTA: Way = way("/rotas/front-door", "Rota", &["read_shifts"], "Who is on duty, and when");
const PANELS: Way = way(
    "/panels",
    "Panels",
    &["read_panel_queue", "establish_panel"],
    "What waits for each, its meetings and its terms",
);
const PACKAGES: Way =
    way("/packages", "Packages", &["list_packages"], "Support that panels decided on");
const FIGURES: Way =
    way("/figures", "Figures", &["read_response_times"], "Promises kept, queues, gaps, spending");
const RULES: Way =
    way("/rules", "Rules", &["list_rulesets"], "The criteria by which requests find their service");
const PRIVACY: Way = way("/privacy", "Privacy", &["hold_child"], "What children are owed");
const AUDIT: Way = way("/audit", "Audit", &["read_events"], "What happened, and proof of it");
const ADMINISTRATION: Way =
    way("/administration", "Administration", &["open_account"], "What the county goes by");
const SCHOOLS: Way = way("/schools", "Schools", &["list_schools"], "The directory of schools");
const ACCOUNTS: Way =
    way("/accounts", "Accounts", &["list_accounts"], "Who comes in, and with which keys");

/// The menus, by role: what is done most often first.
const DAILY: &[(&str, &[Way])] = &[
    ("school", &[START, OWN_REQUESTS, SERVICES]),
    ("adviser", &[START, REQUESTS, CALL, ROTA, PANELS, SERVICES]),
    ("coordinator", &[START, REQUESTS, CALL, ROTA, PANELS, PACKAGES]),
    ("service", &[START, WORK, REQUESTS, SERVICES, FIGURES]),
    ("panel", &[START, PANELS, REQUESTS, PACKAGES, FIGURES]),
    ("commissioner", &[START, FIGURES, REQUESTS, RULES]),
    ("auditor", &[START, AUDIT, REQUESTS, FIGURES]),
    ("dpo", &[START, PRIVACY, AUDIT, REQUESTS]),
    ("admin", &[START, ADMINISTRATION, SCHOOLS, ROTA, RULES]),
];

/// Every place that a start can lead to, in the order in which it lists them.
const ALL: &[Way] = &[
    REQUESTS,
    PANELS,
    PACKAGES,
    SERVICES,
    ROTA,
    FIGURES,
    RULES,
    SCHOOLS,
    way("/calendar", "Calendar", &["read_calendar"], "Working days, bank holidays and terms"),
    way("/escalations", "Escalations", &["list_escalations"], "What line managers were told of"),
    way("/notices", "Messages", &["retry_notice"], "What was sent to schools, and what failed"),
    ACCOUNTS,
    way(
        "/subject-access",
        "Subject access requests",
        &["list_subject_access_requests"],
        "Who asked what is held, and by when they are answered",
    ),
    way("/retention", "How long records are kept", &["read_retention"], "The schedule"),
    way(
        "/break-glass",
        "Read a request by exception",
        &["break_glass"],
        "When a child’s safety cannot wait",
    ),
    PRIVACY,
    AUDIT,
    ADMINISTRATION,
];

/// The whole of what somebody can choose from.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Menu {
    /// The menu of every page.
    pub(crate) entries: Vec<Entry>,
    /// What their start leads to besides.
    pub(crate) elsewhere: Vec<Entry>,
}

/// A place as it is shown.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    at: String,
    name: &'static str,
    says: &'static str,
    /// That one is there (`page`), or somewhere within (`true`).
    current: Option<&'static str>,
}

impl Menu {
    /// Of somebody who is at this address.
    pub(crate) fn of(visit: &Visit, here: &str) -> Self {
        let Some((role, daily)) = DAILY.iter().find(|(role, _)| visit.is(role)) else {
            return Self::default();
        };
        let mut entries = shown(daily, visit);
        let inside = |at: &str| here.strip_prefix(at).is_some_and(|rest| rest.starts_with('/'));
        let closest =
            entries.iter_mut().filter(|it| it.at == here || it.at != "/" && inside(&it.at));
        if let Some(it) = closest.max_by_key(|it| it.at.len()) {
            it.current = Some(if it.at == here { "page" } else { "true" });
        }
        // A school's menu has all that is for schools.
        let mut elsewhere = if *role == "school" { Vec::new() } else { shown(ALL, visit) };
        elsewhere.retain(|it| entries.iter().all(|entry| entry.at != it.at));
        Self { entries, elsewhere }
    }
}

fn shown(ways: &[Way], visit: &Visit) -> Vec<Entry> {
    let open = ways.iter().filter(|way| way.any_of.iter().any(|it| visit.may.contains(*it)));
    let entry = |way: &Way| {
        let at = place::fill(way.at, &Params::new(), Some(visit), &Answers::new())?;
        Some(Entry { at, name: way.name, says: way.says, current: None })
    };
    open.filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Somebody of this role who may do all of this.
    fn somebody<'a>(role: &str, may: impl IntoIterator<Item = &'a str>) -> Visit {
        Visit {
            me: json!({"role": role, "service": "sensory-support"}),
            may: may.into_iter().map(str::to_owned).collect(),
            token: String::new(),
            headers: axum::http::HeaderMap::default(),
            renewed: None,
        }
    }

    fn everything() -> impl Iterator<Item = &'static str> {
        let daily = DAILY.iter().flat_map(|(_, ways)| *ways);
        daily.chain(ALL).flat_map(|way| way.any_of).copied()
    }

    fn addresses(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|it| it.at.as_str()).collect()
    }

    #[test]
    fn each_person_sees_three_to_six_and_comes_to_everything_else_from_the_start() {
        for (role, _) in DAILY.iter().filter(|(role, _)| *role != "school") {
            let menu = Menu::of(&somebody(role, everything()), "/");
            assert!((3..=6).contains(&menu.entries.len()), "{role}: {:?}", menu.entries);
            let mut all = [addresses(&menu.entries), addresses(&menu.elsewhere)].concat();
            all.sort_unstable();
            let found = all.len();
            all.dedup();
            assert_eq!(all.len(), found, "{role} is led to one place twice");
            for way in ALL {
                assert!(all.contains(&way.at), "{role} does not come to {}", way.at);
            }
        }
    }

    #[test]
    fn nobody_is_shown_what_they_may_not_see() {
        let menu = Menu::of(&somebody("auditor", ["read_me", "read_events"]), "/");
        assert_eq!(addresses(&menu.entries), ["/", "/audit"]);
        assert!(menu.elsewhere.is_empty(), "{:?}", menu.elsewhere);
    }

    #[test]
    fn one_entry_says_where_one_is() {
        let current = |here: &str| {
            let menu = Menu::of(&somebody("service", everything()), here);
            let marked = menu.entries.into_iter().filter_map(|it| Some((it.name, it.current?)));
            marked.collect::<Vec<_>>()
        };
        assert_eq!(current("/"), [("Start", "page")]);
        assert_eq!(current("/services"), [("Services", "page")]);
        assert_eq!(current("/services/early-help"), [("Services", "true")]);
        assert_eq!(current("/services/sensory-support/work"), [("Your service", "page")]);
        assert_eq!(current("/servicesx"), []);
    }
}
