//! The whole decision table as one picture: every command at every place.

use super::*;
use crate::codes::{Ending, OutcomeCode};
use crate::meeting::event::DeferReason;
use crate::panel::Depth;
use crate::personal::Receipt;
use crate::request::Follows;
use crate::statutory::StatutoryDecision;
use std::fmt::Write as _;

const SERVICE: &str = "specialist-sen";

fn places() -> Vec<(&'static str, Story)> {
    let for_service = received(county::for_a_service());
    let for_panel = received(county::for_a_panel());
    let accepted = for_service.clone().when(accept(SERVICE));
    let on_agenda = on_the_agenda(county::for_a_panel());
    let close = Command::Close(Ending::AdviceGiven, words());
    vec![
        ("not received", given(county::desk())),
        ("consent missing", received(county::without_consent(county::for_a_service()))),
        ("question asked", for_service.clone().when(ask())),
        ("with adviser", received(county::for_advice())),
        ("advised", received(county::for_advice()).when(advise())),
        ("with service", for_service.clone()),
        ("accepted", accepted),
        ("awaiting panel", for_panel),
        ("on agenda", on_agenda.clone()),
        ("supported", on_agenda.when(rule(package()))),
        ("closed", for_service.when(close)),
    ]
}

fn commands() -> Vec<(&'static str, Command)> {
    let reason = || because(ReasonCode::ProfessionalJudgement);
    let by = || county::service(SERVICE);
    vec![
        ("submit", county::submit(county::for_a_service())),
        ("note", Command::Note(words())),
        ("check", Command::Check),
        ("assign", Command::Assign(county::name("mira"), words())),
        ("reopen", Command::Reopen(words())),
        ("withdraw", Command::Withdraw(words())),
        ("close", Command::Close(Ending::Signposted, words())),
        ("advise", advise()),
        ("signpost", Command::Signpost(vec![county::service("sensory-support")], words())),
        ("accept advice", Command::AcceptAdvice(Words::default())),
        ("go on", Command::GoOn(words())),
        ("confirm outcome", Command::ConfirmOutcome(Agreement::Agreed, Words::default())),
        ("dispute outcome", Command::ConfirmOutcome(Agreement::Disputed, words())),
        ("give feedback", feedback()),
        ("ask information", ask()),
        ("supply consent", supply_consent()),
        ("supply words", supply()),
        ("route elsewhere", route("sensory-support", reason())),
        ("route to the same", route(SERVICE, reason())),
        ("refer to panel", Command::ReferToPanel(None, reason())),
        ("accept", accept(SERVICE)),
        ("accept as another", accept("sensory-support")),
        ("decline", decline(SERVICE)),
        ("hand over", hand_over(SERVICE, "sensory-support")),
        ("involve", Command::Involve(None, county::service("sensory-support"), words())),
        ("release", Command::Release(None, county::service("sensory-support"), words())),
        ("redirect", Command::Redirect("846".parse().unwrap(), reason())),
        (
            "record receipt",
            Command::RecordReceipt(jiff::civil::date(2026, 11, 20), Receipt::default()),
        ),
        ("decide by law", Command::DecideStatutory(by(), StatutoryDecision::Assess, reason())),
        ("record contact", Command::RecordContact(by(), words())),
        ("record outcome", Command::RecordOutcome(by(), OutcomeCode::GoalsMet, words())),
        ("put on agenda", Command::PutOnAgenda("2026-12-10".parse().unwrap())),
        ("take off agenda", Command::TakeOffAgenda),
        ("set depth", Command::SetDepth(Depth::InDepth, reason())),
        ("put off", Command::PutOff(meeting(), DeferReason::NoQuorum, Words::default())),
        ("decide at panel", rule(package())),
        ("ratify", Command::Ratify(county::name("head-of-send"), true, Stated::default())),
        ("set aside", Command::SetAside("semh".parse().unwrap(), reason())),
        ("query part", Command::QueryPart(by(), words())),
        ("answer query", Command::AnswerQuery(by(), words())),
        ("review package", packages::review(&[], Follows::Refer)),
        ("add document", merging::document()),
        ("merge", merging::merge(merging::another(county::for_a_service()))),
        ("absorb", Command::Absorb(merging::SURVIVOR)),
    ]
}

/// What happens and where the request then is, or why nothing does.
fn answer(story: Story, command: Command) -> String {
    let story = story.when(command);
    match &story.last {
        Err(refusal) => format!("no: {refusal}"),
        Ok(changes) => {
            let names: Vec<_> = changes.iter().map(|it| short(it.event.name())).collect();
            format!("{} -> {}", names.join(", "), story.case().status())
        }
    }
}

#[test]
fn every_command_at_every_place() {
    let mut table = String::new();
    for (name, command) in commands() {
        writeln!(table, "{name}").unwrap();
        for (place, story) in places() {
            writeln!(table, "  {place:<16} {}", answer(story, command.clone())).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
