//! What the names in a path are filled in with: one's own, another's, or what there is not.

use super::people::Person;
use super::world::{Matter, Side, World};
use domain::account::Role;

/// Whose an operation is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Within reach of whoever asks.
    Own,
    /// Within reach of somebody else of the same role.
    Other,
    /// What there is not.
    Nowhere,
}

const NIL: &str = "00000000-0000-0000-0000-000000000000";

/// The path, filled in.
pub(super) fn filled(world: &World, path: &str, person: &Person, target: Target) -> String {
    let side = match target {
        Target::Own | Target::Nowhere => world.side(person.side),
        Target::Other => world.other_side(person.side),
    };
    let matter = matter_of(side, path, person.role);
    let mut filled = Vec::new();
    let mut before = "";
    for (place, segment) in path.split('/').enumerate() {
        // The first name in a path decides what there is; what follows belongs to it.
        let first = !path.split('/').take(place).any(|earlier| earlier.starts_with('{'));
        let nowhere = target == Target::Nowhere && first;
        filled.push(match segment.strip_prefix('{') {
            None => segment.to_owned(),
            Some(_) if nowhere => nothing(before, path),
            Some("month}") => "2026-11".to_owned(),
            Some(_) => something(side, &matter, before, path),
        });
        before = if segment.starts_with('{') { before } else { segment };
    }
    filled.join("/")
}

/// Which request it is about: what somebody has a part in depends on who they are.
fn matter_of(side: &Side, path: &str, role: Role) -> Matter {
    let of_meeting = path.starts_with("/meetings/");
    match role {
        _ if of_meeting => side.on_agenda.clone(),
        Role::Panel => side.before_panel.clone(),
        Role::School
        | Role::Service
        | Role::Adviser
        | Role::Coordinator
        | Role::Commissioner
        | Role::Auditor
        | Role::Dpo
        | Role::Admin => side.with_service.clone(),
    }
}

/// What stands after this word.
fn something(side: &Side, matter: &Matter, after: &str, path: &str) -> String {
    match after {
        "requests" | "items" | "delegated" => matter.id.clone(),
        "documents" => matter.document.clone(),
        "children" => matter.child.clone(),
        "meetings" => side.meeting.clone(),
        "panels" => side.panel.to_owned(),
        "services" => side.service.to_owned(),
        "schools" => side.urn.to_owned(),
        "drafts" => side.draft.clone(),
        "accounts" => side.member.to_owned(),
        "teams" | "rotas" => "front-door".to_owned(),
        "figures" | "insights" => "response-times".to_owned(),
        "absences" | "swaps" | "notices" | "keys" | "holds" | "subject-access-requests" => {
            NIL.to_owned()
        }
        "versions" | "checkpoints" | "events" => "1".to_owned(),
        "entries" | "tiles" => "000".to_owned(),
        _ => unknown(after, path),
    }
}

/// What never stands after this word.
fn nothing(after: &str, path: &str) -> String {
    match after {
        "requests" | "children" | "drafts" | "notices" | "subject-access-requests" => {
            NIL.to_owned()
        }
        "checkpoints" | "events" => "99999999".to_owned(),
        "entries" | "tiles" => "x".to_owned(),
        "meetings" => "semh-2031-12-03".to_owned(),
        "panels" | "services" | "teams" | "rotas" | "accounts" => "nowhere".to_owned(),
        "schools" => "999999".to_owned(),
        "versions" => "99".to_owned(),
        "figures" | "insights" => "nothing".to_owned(),
        "holds" | "keys" => NIL.to_owned(),
        _ => unknown(after, path),
    }
}

fn unknown(after: &str, path: &str) -> ! {
    panic!("add what stands after “{after}” in {path} to tests/api/matrix/places.rs")
}
