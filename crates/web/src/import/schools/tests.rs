//! Stories of imports: a file, a desk, what would change.

use super::{Counts, Files, SchoolsPlan, What, plan};
use crate::import::difference::FieldChange;
use domain::desk::{Desk, DeskCommand};
use domain::school::ClosureReason;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;
use std::fmt::Write as _;

const HEADER: &str = "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,\
    TypeOfEstablishment (name),EstablishmentTypeGroup (name),EstablishmentStatus (name),\
    ReasonEstablishmentOpened (name),OpenDate,ReasonEstablishmentClosed (name),CloseDate,\
    PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,NumberOfPupils,Postcode,\
    DistrictAdministrative (name)";

const VALE: &str = "126511,865,Downland,2034,Vale Primary School,Community school,\
    Local authority maintained schools,Open,,01-09-1998,,,Primary,4,11,210,BN26 6XX,Downs";
const VALE_CLOSED: &str = "126511,865,Downland,2034,Vale Primary School,Community school,\
    Local authority maintained schools,Closed,,01-09-1998,Academy Converter,31-08-2026,\
    Primary,4,11,,BN26 6XX,Downs";
const VALE_ACADEMY: &str = "149001,865,Downland,2034,Vale Academy,Academy converter,Academies,\
    Open,Academy Converter,01-09-2026,,,Primary,4,11,208,BN26 6XX,Downs";
const LEA: &str = "126512,865,Downland,2035,\"Lea Infant School, Lower Lea\",Community school,\
    Local authority maintained schools,Open,,,,,Primary,4,7,90,BN26 7XX,Downs";
const LEA_MERGED: &str = "126512,865,Downland,2035,\"Lea Infant School, Lower Lea\",\
    Community school,Local authority maintained schools,Closed,,,\
    Result of Amalgamation/Merger,31-08-2026,Primary,4,7,,BN26 7XX,Downs";

fn file(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn planned(rows: &[&str], desk: &Desk) -> SchoolsPlan {
    planned_with(&file(rows), None, false, desk)
}

fn planned_with(schools: &str, links: Option<&str>, skip: bool, desk: &Desk) -> SchoolsPlan {
    let files = Files { schools: schools.as_bytes(), links: links.map(str::as_bytes) };
    plan(files, &"865".parse().unwrap(), skip, desk)
}

/// The desk after the commands of a plan.
fn carried_out(plan: &SchoolsPlan, desk: &Desk) -> Desk {
    assert_eq!(plan.faults, []);
    let mut desk = desk.clone();
    for command in plan.pieces().into_iter().flatten() {
        if let Some(event) = desk.decide(command).unwrap() {
            desk.apply(&event, 1);
        }
    }
    desk
}

fn imported(rows: &[&str]) -> Desk {
    let desk = Desk::default();
    carried_out(&planned(rows, &desk), &desk)
}

fn faults(rows: &[&str]) -> Vec<String> {
    planned(rows, &Desk::default()).faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_new_school_is_entered_with_all_that_the_register_says_of_it() {
    let desk = imported(&[VALE, LEA]);
    let (_, vale) = desk.school_by_urn(&"126511".parse().unwrap()).unwrap();
    insta::assert_json_snapshot!(serde_json::to_value(vale).unwrap());
    let (_, lea) = desk.school_by_urn(&"126512".parse().unwrap()).unwrap();
    assert_eq!(lea.name, "Lea Infant School, Lower Lea");
}

#[test]
fn what_is_so_already_is_not_changed_again() {
    let again = planned(&[VALE, LEA], &imported(&[VALE, LEA]));
    assert_eq!(again.counts, Counts { unchanged: 2, ..Counts::default() });
    assert!(again.pieces().is_empty());
}

#[test]
fn a_changed_cell_is_shown_as_it_was_and_as_it_would_be_and_an_empty_one_changes_nothing() {
    let grown = VALE.replace(",210,", ",231,").replace(",BN26 6XX,", ",,");
    let plan = planned(&[&grown, LEA], &imported(&[VALE, LEA]));
    let fields = vec![FieldChange { field: "pupils".to_owned(), from: json!(210), to: json!(231) }];
    assert_eq!(plan.changes.len(), 1);
    assert_eq!(plan.changes[0].what, [What::Changed { fields }]);
    assert_eq!((plan.counts.changed, plan.counts.unchanged), (1, 1));
}

#[test]
fn a_school_that_becomes_an_academy_keeps_its_id_under_both_urns() {
    let before = imported(&[VALE, LEA]);
    let plan = planned(&[VALE_CLOSED, VALE_ACADEMY, LEA], &before);
    assert_eq!((plan.counts.converted, plan.counts.added, plan.counts.closed), (1, 0, 0));
    let after = carried_out(&plan, &before);
    let [old, new] = ["126511", "149001"].map(|urn| after.urns[&urn.parse().unwrap()]);
    assert_eq!(old, new);
    assert_eq!(old, before.urns[&"126511".parse().unwrap()]);
    assert_eq!(after.schools[&old].name, "Vale Academy");
    let of = |day| after.open_school(old, day).unwrap().to_string();
    assert_eq!(of(date(2026, 8, 31)), "126511");
    assert_eq!(of(date(2026, 9, 1)), "149001");
    let again = planned(&[VALE_CLOSED, VALE_ACADEMY, LEA], &after);
    assert_eq!(again.counts, Counts { unchanged: 2, ..Counts::default() });
    // A file from before the conversion does not undo it.
    assert!(planned(&[VALE, LEA], &after).changes.is_empty());
}

#[test]
fn a_county_that_is_imported_late_knows_the_older_urns_all_the_same() {
    let desk = imported(&[VALE_CLOSED, VALE_ACADEMY]);
    assert_eq!(desk.schools.len(), 1);
    let id = desk.urns[&"126511".parse().unwrap()];
    let urns: Vec<_> = desk.histories[&id].urns.iter().map(|it| it.urn.to_string()).collect();
    assert_eq!(urns, ["126511", "149001"]);
    assert!(desk.open_school(id, date(2026, 12, 1)).is_ok());
}

#[test]
fn an_academy_with_another_number_is_found_by_a_link() {
    let sponsored = VALE_ACADEMY.replace(",2034,", ",4001,");
    let rows = file(&[VALE_CLOSED, &sponsored, LEA]);
    let before = imported(&[VALE, LEA]);
    let apart = planned_with(&rows, None, false, &before);
    assert_eq!((apart.counts.closed, apart.counts.added), (1, 1));

    let links = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n\
        126511,149001,Vale Academy,Successor,01-09-2026\n\
        149001,126511,Vale Primary School,Predecessor,01-09-2026\n\
        126512,999999,A pool,Sixth Form Centre Link,\n";
    let joined = planned_with(&rows, Some(links), false, &before);
    assert_eq!((joined.counts.closed, joined.counts.converted), (0, 1));
    // Entered as two before the link was known: two they stay, one after the other.
    let two = carried_out(&apart, &before);
    let told = planned_with(&rows, Some(links), false, &two);
    let after = carried_out(&told, &two);
    let id = after.urns[&"126511".parse().unwrap()];
    let successor = after.histories[&id].closed.as_ref().unwrap().successor.clone();
    assert_eq!(successor, "149001".parse().ok());
}

#[test]
fn a_school_that_was_joined_with_another_closes_and_names_its_successor() {
    let links = "URN,LinkURN,LinkType\n126512,126511,Successor\n";
    let desk = imported(&[VALE, LEA]);
    let plan = planned_with(&file(&[VALE, LEA_MERGED]), Some(links), false, &desk);
    let (on, reason) = (date(2026, 8, 31), ClosureReason::Amalgamation);
    let closed = What::Closed { on, reason, successor: "126511".parse().ok() };
    assert_eq!(plan.changes[0].what, [closed]);
    let after = carried_out(&plan, &desk);
    // Without the links the successor is not forgotten; and what is open again is open.
    assert!(planned(&[VALE, LEA_MERGED], &after).changes.is_empty());
    assert_eq!(planned(&[VALE, LEA], &after).changes[0].what, [What::Reopened]);
}

#[test]
fn rows_that_are_not_ours_to_keep_are_counted_and_left() {
    let elsewhere = VALE.replace(",865,", ",846,").replace(",210,", ",many,");
    let overseas = LEA.replace("Community school", "British schools overseas");
    let proposed = VALE_ACADEMY.replace(",Open,", ",Proposed to open,");
    let plan = planned(&[&elsewhere, &overseas, &proposed, LEA_MERGED], &Desk::default());
    assert_eq!(plan.faults.len(), 1, "{:?}", plan.faults);
    let rows = [elsewhere.as_str(), &proposed, LEA_MERGED];
    let Counts { of_other_authorities, not_open_yet, closed_before, .. } =
        planned(&rows, &Desk::default()).counts;
    assert_eq!((of_other_authorities, not_open_yet, closed_before), (1, 1, 1));
}

#[test]
fn every_fault_is_found_at_once_with_its_line_and_column_and_nothing_would_be_done() {
    let broken = [
        VALE.replace("126511", "12651"),
        LEA.replace("Community school", "Commune school").replace(",90,", ",ninety,"),
        VALE_ACADEMY.replace("01-09-2026", "31-02-2026"),
        VALE_CLOSED.replace("31-08-2026", "31-08-1990"),
        "126599,865,Downland".to_owned(),
    ];
    let rows: Vec<_> = broken.iter().map(String::as_str).collect();
    insta::assert_snapshot!(faults(&rows).join("\n"));
    assert!(planned(&rows, &Desk::default()).changes.is_empty());
    let twice = faults(&[VALE, LEA, VALE]);
    assert_eq!(twice, ["line 4, URN: 126511 stands on line 2 too"]);
}

#[test]
fn what_is_no_export_of_schools_is_said_to_be_none() {
    for (text, says) in [
        ("", "it is empty"),
        ("%PDF-1.7 URN", "a PDF"),
        ("URN,Name\n1,2\n", "no column “LA (code)”"),
        ("<html><body>Sign in</body></html>", "no column “URN”"),
    ] {
        let plan = planned_with(text, None, true, &Desk::default());
        let said: Vec<_> = plan.faults.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|fault| fault.contains(says)), "{text}: {said:?}");
        assert!(plan.changes.is_empty());
    }
}

#[test]
fn the_rest_may_be_imported_but_never_half_a_school() {
    let broken = VALE_CLOSED.replace("31-08-2026", "soon");
    let rows = file(&[&broken, VALE_ACADEMY, LEA]);
    let plan = planned_with(&rows, None, true, &Desk::default());
    let added: Vec<_> = plan.changes.iter().map(|change| change.urn.to_string()).collect();
    assert_eq!(added, ["126512"]);
    assert_eq!(plan.faults.len(), 2);
    assert!(plan.faults[1].to_string().contains("may be the same school"));
}

#[test]
fn a_known_school_does_not_close_on_a_day_that_nobody_knows() {
    let when = VALE_CLOSED.replace("31-08-2026", "");
    let plan = planned(&[&when, LEA], &imported(&[VALE, LEA]));
    let said = plan.faults[0].to_string();
    assert!(said.starts_with("line 2, CloseDate: "), "{said}");
}

/// A made-up county, as the register writes it down: each school in one, two or three lives.
fn county() -> impl Strategy<Value = String> {
    let school = (0..3_usize, 0..4_usize, 0..900_u32, any::<bool>(), any::<bool>());
    prop::collection::vec(school, 0..40).prop_map(|schools| {
        let mut text = format!("{HEADER}\n");
        for (number, (conversions, sort, pupils, ends, shuffled)) in schools.into_iter().enumerate()
        {
            let sort =
                ["Community school", "Free schools", "EY Setting", "Pupil referral unit"][sort];
            let mut rows = String::new();
            for life in 0..=conversions {
                let urn = 200_000 + number * 10 + if shuffled { 9 - life } else { life };
                let last = life == conversions;
                let (status, reason) = match (last, ends) {
                    (false, _) => ("Closed", "For Academy"),
                    (true, true) => ("Closed", "Closure"),
                    (true, false) => ("Open", ""),
                };
                let closes =
                    if last && !ends { String::new() } else { format!("31-08-{}", 2001 + life) };
                let opens = 2000 + life;
                let establishment = 2000 + number;
                writeln!(
                    rows,
                    "{urn},865,D,{establishment},School {number},{sort},G,{status},,\
                    01-09-{opens},{reason},{closes},Primary,4,11,{pupils},,Downs"
                )
                .unwrap();
            }
            text.push_str(&rows);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Importing a county is done once: a second time there is nothing to do. And whatever was
    /// stored of it before the power went, the second time does the rest and only the rest.
    #[test]
    fn an_import_is_done_once_however_often_it_is_begun(rows in county(), stop in 0..40_usize) {
        let desk = Desk::default();
        let whole = planned_with(&rows, None, false, &desk);
        let done = carried_out(&whole, &desk);
        let again = planned_with(&rows, None, false, &done);
        prop_assert!(again.changes.is_empty(), "{:?}", again.changes);

        let mut begun = desk.clone();
        for command in whole.pieces().into_iter().take(stop).flatten() {
            if let Some(event) = begun.decide(command).unwrap() {
                begun.apply(&event, 1);
            }
        }
        let rest = planned_with(&rows, None, false, &begun);
        let resumed = carried_out(&rest, &begun);
        prop_assert_eq!(&resumed.schools, &done.schools);
        prop_assert_eq!(&resumed.histories, &done.histories);
        prop_assert_eq!(&resumed.urns, &done.urns);
    }

    /// No file, whatever its bytes, brings a reading down or passes unread.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), headed: bool) {
        let mut file = if headed { format!("{HEADER}\n").into_bytes() } else { Vec::new() };
        file.extend(bytes);
        let files = Files { schools: &file, links: None };
        let plan = plan(files, &"865".parse().unwrap(), false, &Desk::default());
        prop_assert!(headed || !plan.faults.is_empty());
        prop_assert!(plan.changes.is_empty() || plan.faults.is_empty());
    }
}

#[test]
fn commands_of_one_school_are_one_piece() {
    let plan = planned(&[VALE_CLOSED, VALE_ACADEMY, LEA], &Desk::default());
    let pieces = plan.pieces();
    assert!(matches!(pieces.last().unwrap().as_slice(), [DeskCommand::RecordImport(_)]));
    assert_eq!(pieces.len(), 3);
    assert!(pieces.iter().any(|piece| matches!(
        piece.as_slice(),
        [
            DeskCommand::RegisterSchool(..),
            DeskCommand::ConvertSchool(..),
            DeskCommand::RegisterSchool(..)
        ]
    )));
}
