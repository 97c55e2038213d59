//! Names of the directory, to stand beside figures and in lists.

use domain::event::DeskEvent;
use domain::ids::{SchoolId, Urn};
use domain::school::School;
use rusqlite::{Result, Transaction, params};

/// Follows one event of the directory.
pub(super) fn follow(rows: &Transaction<'_>, event: &DeskEvent) -> Result<()> {
    match event {
        DeskEvent::SchoolRegistered(registered) => school(rows, registered.id, &registered.school),
        DeskEvent::ServiceListed(listed) => {
            let service = &listed.service;
            rows.prepare_cached("INSERT OR REPLACE INTO services VALUES (?, ?)")?
                .execute(params![service.slug.as_str(), service.name])?;
            Ok(())
        }
        DeskEvent::SchoolConverted(it) => convert(rows, it.id, &it.to),
        // The engine's desk answers about these.
        DeskEvent::CouncilNamed(_)
        | DeskEvent::PolicySet(_)
        | DeskEvent::RetentionSet(_)
        | DeskEvent::MasterKeyRotated(_)
        | DeskEvent::CalendarPublished(_)
        | DeskEvent::RulesDrafted(_)
        | DeskEvent::RulesDraftSaved(_)
        | DeskEvent::RuleSetActivated(_)
        | DeskEvent::TeamFormed(_)
        | DeskEvent::ShiftsSet(_)
        | DeskEvent::ShiftOverridden(_)
        | DeskEvent::OverridesSet(_)
        | DeskEvent::AbsenceRecorded(_)
        | DeskEvent::AbsenceEnded(_)
        | DeskEvent::SwapOffered(_)
        | DeskEvent::SwapSettled(_)
        | DeskEvent::PanelEstablished(_)
        | DeskEvent::MeetingEntered(_)
        | DeskEvent::MeetingStruck(_)
        | DeskEvent::MeetingHeld(_)
        | DeskEvent::DecisionDelegated(_)
        | DeskEvent::DelegationSettled(_)
        | DeskEvent::SchoolClosed(_)
        | DeskEvent::SchoolReopened(_)
        | DeskEvent::SchoolsImported(_)
        | DeskEvent::UpdatesChosen(_)
        | DeskEvent::AccountOpened(_)
        | DeskEvent::AccountChanged(_)
        | DeskEvent::AccountClosed(_)
        | DeskEvent::AccountInvited(_)
        | DeskEvent::SignInBound(_)
        | DeskEvent::SignedIn(_)
        | DeskEvent::SessionEnded(_)
        | DeskEvent::SessionsEnded(_)
        | DeskEvent::KeyIssued(_)
        | DeskEvent::KeyRotated(_)
        | DeskEvent::FeedIssued(_)
        | DeskEvent::FeedRevoked(_)
        | DeskEvent::KeyRevoked(_) => Ok(()),
    }
}

fn school(rows: &Transaction<'_>, id: SchoolId, school: &School) -> Result<()> {
    let (id, urn) = (id.0.as_bytes(), school.urn.as_str());
    rows.prepare_cached("INSERT OR REPLACE INTO schools VALUES (?, ?, ?, ?)")?.execute(params![
        id,
        urn,
        school.name,
        school.district
    ])?;
    rows.prepare_cached("INSERT OR REPLACE INTO urns VALUES (?, ?)")?.execute(params![urn, id])?;
    Ok(())
}

/// Both URNs find the school from here on; it shows the new one.
fn convert(rows: &Transaction<'_>, id: SchoolId, to: &Urn) -> Result<()> {
    let (id, urn) = (id.0.as_bytes(), to.as_str());
    rows.prepare_cached("UPDATE schools SET urn = ? WHERE id = ?")?.execute(params![urn, id])?;
    rows.prepare_cached("INSERT OR REPLACE INTO urns VALUES (?, ?)")?.execute(params![urn, id])?;
    Ok(())
}
