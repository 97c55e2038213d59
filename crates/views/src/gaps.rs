//! Gaps in the criteria: requests that went from service to service because none of them
//! plainly had to take them, by area of need and by the services that let them go.

use crate::clause::Clause;
use crate::column::{id, json, maybe_text, nanoseconds};
use crate::{Error, Scope};
use domain::calendar::london;
use domain::codes::ReasonCode;
use domain::ids::{RequestId, ServiceSlug};
use domain::need::Area;
use jiff::civil::{Date, Time};
use rusqlite::{Connection, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};

/// Which gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// Found on this London date or later,
    pub from: Date,
    /// and before this one.
    pub to: Date,
}

/// The gaps between the same services in one area of need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The area of the main need; `None`: it was not said.
    pub area: Option<Area>,
    /// The services that let requests go, by slug.
    pub services: BTreeSet<ServiceSlug>,
    /// How often each reason was given.
    pub codes: BTreeMap<&'static str, u64>,
    /// How often it was found.
    pub count: u64,
    /// For which requests, in the order in which it was; each once.
    pub requests: Vec<RequestId>,
}

/// The gaps found among the requests of this scope, the most frequent first.
pub(crate) fn gaps(rows: &Connection, scope: &Scope, asked: &Gaps) -> Result<Vec<Gap>, Error> {
    let clause = asked.clause(scope);
    let sql = format!(
        "SELECT g.services, g.codes, r.area, r.id {FROM} {} ORDER BY g.position",
        clause.sql(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut found: BTreeMap<(String, BTreeSet<ServiceSlug>), Gap> = BTreeMap::new();
    while let Some(row) = selected.next()? {
        let area: Option<Area> = maybe_text(row, "area")?;
        let services: BTreeSet<ServiceSlug> = json(row, "services")?;
        let key = (area.map(|area| area.code().to_owned()).unwrap_or_default(), services.clone());
        let codes: Vec<ReasonCode> = json(row, "codes")?;
        let gap = found.entry(key).or_insert_with(|| Gap::between(area, services));
        gap.add(RequestId(id(row, "id")?), &codes);
    }
    let mut gaps: Vec<Gap> = found.into_values().collect();
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.count));
    Ok(gaps)
}

/// Where what was found stands.
pub(crate) const FROM: &str = "FROM gaps g JOIN requests r ON r.number = g.request";

/// That it was found between just these services, in whichever order.
pub(crate) const BETWEEN: &str = "(SELECT group_concat(value) FROM
    (SELECT DISTINCT value FROM json_each(g.services) ORDER BY value)) = ?";

/// These services, to stand behind [`BETWEEN`].
pub(crate) fn between(services: &BTreeSet<ServiceSlug>) -> String {
    services.iter().map(ServiceSlug::as_str).collect::<Vec<_>>().join(",")
}

impl Gaps {
    /// Which of it the figures are made of.
    pub(crate) fn clause(&self, scope: &Scope) -> Clause {
        let midnight =
            |date: Date| nanoseconds(london::instant(date.to_datetime(Time::midnight())));
        let mut clause = Clause::default();
        scope.restrict("r", &mut clause);
        let range = [midnight(self.from).into(), midnight(self.to).into()];
        clause.and("g.found_at >= ? AND g.found_at < ?", range);
        clause
    }
}

impl Gap {
    fn between(area: Option<Area>, services: BTreeSet<ServiceSlug>) -> Self {
        Self { area, services, codes: BTreeMap::new(), count: 0, requests: vec![] }
    }

    fn add(&mut self, request: RequestId, codes: &[ReasonCode]) {
        self.count += 1;
        for code in codes {
            *self.codes.entry(code.code()).or_default() += 1;
        }
        if !self.requests.contains(&request) {
            self.requests.push(request);
        }
    }
}
