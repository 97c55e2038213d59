//! The published order of the decision: the first step that decides ends the matter.

use super::*;
use crate::codes::{About, Concern, Missing, Support};
use crate::ids::ServiceSlug;
use crate::triage::{Route, RuleSetDraft, Why};

fn seeking(intake: Intake, support_sought: &[Support]) -> Intake {
    Intake { support_sought: support_sought.to_vec(), ..intake }
}

fn worried(intake: Intake, concern: Concern) -> Intake {
    Intake { concerns: vec![concern], ..intake }
}

fn living_in(mut intake: Intake, authority: &str) -> Intake {
    intake.child.as_mut().unwrap().home_authority = Some(authority.parse().unwrap());
    intake
}

fn to(service: &str) -> Route {
    Route::Service { service: county::service(service) }
}

fn panel(panel: &str, candidates: &[&str]) -> Route {
    let candidates = candidates.iter().map(|it| county::service(it)).collect();
    Route::Panel { panel: panel.parse().unwrap(), candidates }
}

fn duty(why: Why) -> Route {
    Route::Duty { why }
}

/// Every step beside the step after it: a request to which both apply.
#[test]
fn an_earlier_step_decides_before_a_later_one() {
    use Support::{Advice, Assessment, EhcAssessment, Inreach, Training};
    let child = || county::child_with("ASD");
    let untried = || Intake { tried: vec![], ..child() };
    let redirect = Why::Redirect { authority: "835".parse().unwrap() };
    let incident = |intake| worried(intake, Concern::CriticalIncident);
    let missing = vec![Missing::Consent];
    let communication = "communication-interaction";
    for (step, intake, expected) in [
        (
            "1 before 2",
            county::without_consent(living_in(child(), "835")),
            Route::Information { missing },
        ),
        ("2 before 3", incident(living_in(child(), "835")), duty(redirect)),
        ("3 before 4", incident(seeking(child(), &[EhcAssessment])), duty(Why::CriticalIncident)),
        ("4 before 5", seeking(child(), &[Inreach, EhcAssessment]), to("statutory-sen")),
        (
            "5 before 6",
            seeking(child(), &[Assessment, Inreach]),
            panel(communication, &["specialist-sen"]),
        ),
        ("6 before 7", seeking(child(), &[Advice]), to("specialist-sen")),
        ("7 before 8", seeking(untried(), &[Advice]), duty(Why::Advice)),
        ("8: none", seeking(untried(), &[Advice, Training]), panel(communication, &[])),
        (
            "8: several",
            worried(child(), Concern::TravellerFamily),
            panel(communication, &["specialist-sen", "traveller-education"]),
        ),
    ] {
        assert_eq!(decide(&intake, &rules()).outcome, expected, "{step}");
    }
}

#[test]
fn the_panel_is_that_of_the_area_or_else_of_other_needs() {
    let seeking_funding = |intake| seeking(intake, &[Support::Funding]);
    let about_the_school = Intake {
        about: About::School,
        primary_need: None,
        child: None,
        ..county::child_with("HI")
    };
    for (intake, expected) in [
        (county::child_with("SEMH"), "semh"),
        (county::child_with("HI"), "sensory-physical"),
        (county::child_with("SPLD"), "cognition-learning"),
        (county::child_with("DS"), "cognition-learning"),
        (about_the_school, "cognition-learning"),
    ] {
        let outcome = decide(&seeking_funding(intake), &rules()).outcome;
        assert!(
            matches!(&outcome, Route::Panel { panel, .. } if panel.as_str() == expected),
            "{outcome:?} instead of {expected}"
        );
    }
}

#[test]
fn a_child_whose_home_is_not_told_is_ours_and_so_is_every_child_of_an_unnamed_council() {
    let mut intake = county::child_with("ASD");
    intake.child.as_mut().unwrap().home_authority = None;
    assert_eq!(decide(&intake, &rules()).outcome, to("specialist-sen"));
    let elsewhere = county::for_another_authority();
    let facts = Facts::of(&elsewhere, &primary_school());
    let triage = Triage::decide(&elsewhere, facts, &rules(), None);
    assert_eq!((triage.outcome, triage.elsewhere), (to("specialist-sen"), None));
}

#[test]
fn consent_is_missing_only_for_a_child() {
    for about in [About::Group, About::School] {
        let intake = Intake { about, child: None, ..county::child_with("ASD") };
        assert_eq!(decide(&county::without_consent(intake), &rules()).missing, []);
    }
}

#[test]
fn services_are_explained_also_where_they_decided_nothing() {
    let triage = decide(&county::for_another_authority(), &rules());
    assert_eq!(triage.services.len(), rules().services().len());
    assert!(triage.services.iter().all(|service| service.fits.is_none()));
    assert_eq!(triage.fitting(), Vec::<ServiceSlug>::new());
    assert_eq!(triage.services[2].ways_in[0], [Some(true), Some(true)], "autism, one cycle");
}

#[test]
fn the_statutory_service_fits_by_law_and_no_other_is_considered() {
    let triage = decide(&county::for_an_ehc_assessment(), &rules());
    assert_eq!(triage.fitting(), [ServiceSlug::statutory()]);
    assert!(triage.services[1..].iter().all(|service| service.fits.is_none()));
}

#[test]
fn a_council_can_name_another_statutory_service() {
    let draft = RuleSetDraft { statutory_service: Some("ehc-team".to_owned()), ..county::rules() };
    let rules = RuleSet::check(&draft, 8).unwrap();
    assert_eq!(decide(&county::for_an_ehc_assessment(), &rules).outcome, to("ehc-team"));
}

#[test]
fn a_decision_names_the_version_of_its_rules() {
    assert_eq!(decide(&county::for_a_service(), &rules()).ruleset_version, 7);
}

#[test]
fn assisted_rules_recommend_where_automatic_ones_decide() {
    let draft = RuleSetDraft { mode: Some("assisted".to_owned()), ..county::rules() };
    let assisted = RuleSet::check(&draft, 8).unwrap();
    for intake in [county::for_a_service(), county::for_a_panel(), county::for_an_ehc_assessment()]
    {
        let recommended = Box::new(decide(&intake, &rules()).outcome);
        assert_eq!(decide(&intake, &assisted).outcome, duty(Why::Confirm { recommended }));
    }
    for intake in [
        county::for_advice(),
        county::for_a_critical_incident(),
        county::for_another_authority(),
        county::without_consent(county::for_a_service()),
    ] {
        assert_eq!(decide(&intake, &assisted).outcome, decide(&intake, &rules()).outcome);
    }
}

#[test]
fn before_any_rules_are_written_every_request_goes_to_the_panel_of_its_area() {
    let outcome = decide(&county::for_a_service(), &RuleSet::unwritten()).outcome;
    assert_eq!(outcome, panel("communication-interaction", &[]));
}
