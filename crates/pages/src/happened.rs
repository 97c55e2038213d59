//! What happened, in plain words: the names of events as a person would tell them.

use serde_json::{Value, json};

/// Names of events and what they tell.
const TOLD: &[(&str, &str)] = &[
    // A request.
    ("request.received", "The request came"),
    ("request.triaged", "The criteria were applied to it"),
    ("request.assigned", "An adviser became accountable for it"),
    ("request.information_asked", "The school was asked for something"),
    ("request.information_supplied", "The school answered"),
    ("request.question_lapsed", "A question was left unanswered too long"),
    ("request.reminded", "The school was reminded"),
    ("request.advised", "Advice was given"),
    ("request.advice_accepted", "The school said that the advice helps"),
    ("request.advice_declined", "The school asked to go on"),
    ("request.signposted", "The school was told where to turn"),
    ("request.routed", "It went to another place"),
    ("request.redirected", "It went to another authority"),
    ("request.receipt_recorded", "The other authority confirmed that it has it"),
    ("request.accepted", "The service took it on"),
    ("request.declined", "The service could not take it on"),
    ("request.first_contact_made", "The service was in touch with the school"),
    ("request.involved", "Another service was asked to take part"),
    ("request.contribution_accepted", "A service agreed to take part"),
    ("request.contribution_declined", "A service could not take part"),
    ("request.contribution_ended", "A service’s part ended"),
    ("request.released", "A service was let go"),
    ("request.outcome_recorded", "The service said what came of it"),
    ("request.outcome_confirmed", "The school agreed with the outcome"),
    ("request.outcome_disputed", "The school disagreed with the outcome"),
    ("request.feedback_given", "The school told how it found us"),
    ("request.noted", "A note was kept"),
    ("request.document_added", "A document was added"),
    ("request.glass_broken", "Somebody opened it by exception"),
    ("request.closed", "It was closed"),
    ("request.reopened", "It was opened again"),
    ("request.withdrawn", "The school took it back"),
    ("request.merged", "It became part of another request"),
    ("request.absorbed", "Another request became part of it"),
    ("request.statutory_decided", "The statutory decision was made"),
    ("request.excusal_recorded", "A reason for taking longer was recorded"),
    ("request.promise_warned", "Three quarters of the promised time had gone"),
    ("request.promise_breached", "A promise was broken"),
    ("request.promises_recalculated", "The promised dates were worked out again"),
    ("request.escalated", "The line manager was told"),
    ("request.rota_gap_found", "Nobody was on duty for it"),
    ("request.criteria_gap_found", "No criterion fitted it"),
    ("request.depth_set", "The panel’s depth of discussion was set"),
    ("request.put_on_agenda", "It was put on an agenda"),
    ("request.taken_off_agenda", "It was taken off an agenda"),
    ("request.interest_declared", "A panel member declared an interest"),
    ("request.panel_decided", "The panel decided"),
    ("request.decision_ratified", "The decision was ratified"),
    ("request.decision_set_aside", "The decision was set aside"),
    ("request.deferred", "The panel put it off"),
    ("request.part_queried", "A service questioned its part"),
    ("request.query_answered", "The panel answered the service"),
    ("request.package_reviewed", "The package was reviewed"),
    ("request.package_ended", "The package ended"),
    ("request.review_fell_due", "The review of the package fell due"),
    ("request.review_chased", "The review of the package was chased"),
    // A child’s own record.
    ("child.registered", "A child’s record was begun"),
    ("child.consent_recorded", "Consent was recorded"),
    ("child.linked", "Two records were said to be one child"),
    ("child.unlinked", "Two records were said not to be one child"),
    ("child.held", "A hold was put on the record"),
    ("child.hold_released", "A hold was released"),
    ("child.erased", "The child was erased"),
    ("child.subject_access_asked", "Somebody asked what is held"),
    ("child.subject_access_paused", "The clock of a subject access request stopped"),
    ("child.subject_access_resumed", "The clock of a subject access request went on"),
    ("child.subject_access_extended", "A subject access request takes two months longer"),
    ("child.subject_access_answered", "A subject access request was answered"),
    // Panels and their meetings.
    ("panel.established", "A panel’s terms of reference were set"),
    ("meeting.scheduled", "A meeting was called"),
    ("meeting.cancelled", "The meeting was cancelled"),
    ("meeting.agenda_set", "The agenda was set"),
    ("meeting.packs_published", "The papers were published"),
    ("meeting.pack_opened", "A member opened the papers"),
    ("meeting.apologies_given", "A member sent apologies"),
    ("meeting.arrived", "A member arrived"),
    ("meeting.departed", "A member left"),
    ("meeting.recused", "A member stepped aside"),
    ("meeting.interest_dismissed", "The chair dismissed an interest"),
    ("meeting.decided", "The meeting decided an item"),
    ("meeting.deferred", "The meeting put an item off"),
    ("meeting.delegation_reviewed", "A decision made between meetings was reviewed"),
    ("meeting.closed", "The meeting ended"),
    ("meeting.minutes_signed", "The minutes were signed"),
    ("meeting.decision_ratified", "A decision was ratified"),
    ("diary.meeting_entered", "A meeting was entered in the panel’s diary"),
    ("diary.meeting_struck", "A meeting was struck from the panel’s diary"),
    ("diary.meeting_held", "A meeting in the panel’s diary was held"),
    ("diary.decision_delegated", "A decision was made between meetings"),
    ("diary.delegation_settled", "A decision made between meetings was settled"),
    // Rotas and teams.
    ("team.formed", "A team was formed"),
    ("rota.shifts_set", "The shifts of a month were set"),
    ("rota.overridden", "Somebody else was put on duty"),
    ("rota.overrides_set", "The exceptions of a month were set"),
    ("rota.swap_offered", "A swap was offered"),
    ("rota.swap_settled", "A swap was answered"),
    ("rota.absence_recorded", "An absence was recorded"),
    ("rota.absence_ended", "An absence ended"),
    // What the desk goes by.
    ("ruleset.drafted", "A draft of other criteria was begun"),
    ("ruleset.draft_saved", "A draft of criteria was changed"),
    ("ruleset.activated", "Criteria came into force"),
    ("calendar.published", "A calendar was published"),
    ("policy.set", "The promises were set"),
    ("retention.set", "The retention schedule was set"),
    ("council.named", "The council was named"),
    ("service.listed", "A service was listed"),
    ("school.registered", "A school was registered"),
    ("school.converted", "A school became an academy"),
    ("school.closed", "A school closed"),
    ("school.reopened", "A school opened again"),
    ("schools.imported", "Schools were imported"),
    // Who comes in.
    ("account.opened", "An account was opened"),
    ("account.invited", "Somebody was invited to an account"),
    ("account.changed", "An account was changed"),
    ("account.closed", "An account was closed"),
    ("account.sign_in_bound", "An account was bound to a sign-in"),
    ("account.signed_in", "Somebody signed in"),
    ("account.session_ended", "Somebody signed out"),
    ("account.sessions_ended", "An account’s sessions were ended"),
    ("account.key_issued", "A key was issued"),
    ("account.key_rotated", "A key was replaced"),
    ("account.key_revoked", "A key was revoked"),
    ("account.feed_issued", "A calendar’s address was issued"),
    ("account.feed_revoked", "A calendar’s address was revoked"),
    ("keys.master_rotated", "The master key was replaced"),
    // Drafts and messages.
    ("draft.saved", "A draft was saved"),
    ("draft.submitted", "A draft was sent"),
    ("draft.discarded", "A draft was thrown away"),
    ("notice.intended", "A message was to be sent"),
    ("notice.sent", "A message was sent"),
    ("notice.attempt_failed", "A message could not be sent yet"),
    ("notice.given_up", "A message could not be sent"),
    ("notice.put_back", "A message is tried again"),
    ("updates.chosen", "Somebody chose how to be told"),
];

/// What an event tells; of one without words, its name.
pub(crate) fn told(name: &str) -> String {
    let known = TOLD.iter().find(|(it, _)| *it == name).map(|(_, told)| (*told).to_owned());
    known.unwrap_or_else(|| crate::words::of(name.split_once('.').map_or(name, |(_, what)| what)))
}

/// To what events happen, by the first part of their names.
const THINGS: &[(&str, &str)] = &[
    ("request", "A request"),
    ("child", "A child’s record"),
    ("panel", "A panel"),
    ("meeting", "A meeting"),
    ("diary", "A panel’s diary"),
    ("team", "A team"),
    ("rota", "A rota"),
    ("ruleset", "The criteria"),
    ("calendar", "The calendar"),
    ("policy", "The promises"),
    ("retention", "The retention schedule"),
    ("council", "The council"),
    ("service", "A service"),
    ("school", "A school"),
    ("schools", "The directory of schools"),
    ("account", "An account"),
    ("keys", "The keys"),
    ("draft", "A draft"),
    ("notice", "A message"),
    ("updates", "How somebody is told"),
];

/// Every kind of event that there is, in words, by what it happens to: for whoever looks for one.
pub(crate) fn kinds() -> Value {
    let of = |thing: &str| -> Vec<Value> {
        let kinds = TOLD.iter().filter(|(name, _)| thing_of(name) == thing);
        kinds.map(|(name, told)| json!([name, told])).collect()
    };
    THINGS
        .iter()
        .map(|(thing, says)| json!({"thing": thing, "says": says, "kinds": of(thing)}))
        .collect()
}

fn thing_of(name: &str) -> &str {
    name.split_once('.').map_or(name, |(thing, _)| thing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn whoever_looks_for_a_kind_of_event_can_choose_any_that_is_ever_stored() {
        let stored = include_str!("../../domain/src/event.rs").lines();
        let stored = stored.filter_map(|line| line.split_once("\" @ ")?.0.split_once(" = \""));
        let stored: BTreeSet<&str> = stored.map(|(_, name)| name).collect();
        let kinds = kinds();
        let offered =
            kinds.as_array().unwrap().iter().flat_map(|it| it["kinds"].as_array().unwrap());
        let offered: BTreeSet<&str> = offered.map(|kind| kind[0].as_str().unwrap()).collect();
        assert_eq!(offered, stored);
    }

    #[test]
    fn an_event_is_told_and_one_without_words_is_named() {
        assert_eq!(told("request.advised"), "Advice was given");
        assert_eq!(told("request.sent_to_the_moon"), "Sent to the moon");
    }

    #[test]
    fn every_event_is_told_once() {
        let mut names: Vec<_> = TOLD.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TOLD.len());
    }
}
