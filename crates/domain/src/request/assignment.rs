//! Who becomes accountable: of those on duty, whoever is good at what the child needs, then
//! whoever has least on the desk, then by name.
//!
//! Nobody on duty: the next shift. Nobody on the rota at all: the line manager. So a request
//! is without an accountable person only where there is no team.

use super::event::{Assigned, AssignedBecause};
use crate::desk::{Desk, Workload};
use crate::ids::{AccountId, TeamId};
use crate::need::Need;
use crate::rota::{Answering, OnDuty, Rota};
use crate::team::Skill;
use jiff::Timestamp;

/// Whose a request is that arrives, or changes hands, at an instant.
pub(super) fn accountable(
    desk: &Desk,
    team: TeamId,
    need: Option<Need>,
    workload: &Workload,
    at: Timestamp,
) -> Assigned {
    let nothing = Rota::default();
    let rota = desk.rotas.get(&team).unwrap_or(&nothing);
    let Answering { people, from_next_shift_at } = rota.answering(at);
    let chosen = choose(desk, &team, need, workload, people);
    let because = match (&chosen, from_next_shift_at) {
        (Some(_), None) => AssignedBecause::Received,
        (Some(_), Some(_)) => AssignedBecause::NextShift,
        (None, _) => AssignedBecause::EmptyRota,
    };
    let rota_version = chosen.as_ref().map(|on| on.rota_version);
    let manager = || desk.teams.get(&team).map(|team| team.manager.clone());
    let adviser = chosen.map(|on| on.adviser).or_else(manager);
    Assigned { team, adviser, rota_version, from_next_shift_at, because }
}

/// Of several people, the one whom a request goes to.
fn choose(
    desk: &Desk,
    team: &TeamId,
    need: Option<Need>,
    workload: &Workload,
    people: Vec<OnDuty>,
) -> Option<OnDuty> {
    let wanted = need.map_or(&[][..], Skill::of_need);
    let team = desk.teams.get(team);
    people.into_iter().min_by_key(|on| {
        let fits = team.is_some_and(|team| team.is_good_at(&on.adviser, wanted))
            || on.skill.is_some_and(|skill| wanted.contains(&skill));
        (!fits, workload.of(&on.adviser), name(desk, &on.adviser), on.adviser.clone())
    })
}

/// How somebody is called; the account, where nobody knows.
fn name(desk: &Desk, adviser: &AccountId) -> String {
    let account = desk.accounts.get(adviser);
    account.map_or_else(|| adviser.to_string(), |account| account.name.clone())
}
