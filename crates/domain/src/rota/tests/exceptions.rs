//! Overrides, absences and swaps, in examples.

use super::*;
use crate::ids::{AbsenceId, SwapId};
use jiff::civil::date;
use uuid::Uuid;

fn instead(from: &str, to: &str, adviser: Option<&str>) -> Override {
    Override { from: at(from), to: at(to), adviser: adviser.map(name) }
}

/// Amara's November, changed.
fn amaras_with(changes: impl IntoIterator<Item = RotaChange>) -> Rota {
    let mut rota = amaras();
    for (version, change) in (2..).zip(changes) {
        rota.apply(november(), version, change);
    }
    rota
}

fn morning(adviser: Option<&str>) -> RotaChange {
    RotaChange::Override(instead("2026-11-23T09:00:00Z", "2026-11-23T12:00:00Z", adviser))
}

fn away(adviser: &str, from: &str, to: &str) -> RotaChange {
    let id = AbsenceId(Uuid::from_u128(1));
    RotaChange::Absence(Absence { id, adviser: name(adviser), from: at(from), to: at(to) })
}

/// Ben and Chloe are both on from Monday to Friday; Ben's Monday goes to Chloe, who gives
/// her Tuesday.
fn swap() -> Swap {
    let turn = |layer: &str, day| Turn { layer: layer.parse().unwrap(), date: date(2026, 11, day) };
    Swap {
        id: SwapId(Uuid::from_u128(2)),
        turn: turn("bens", 23),
        holder: name("ben"),
        colleague: name("chloe"),
        in_return: Some(turn("chloes", 24)),
    }
}

fn swapped(state: SwapState) -> Rota {
    let mut bens = nine_to_five("bens", vec![person("ben")]);
    let mut chloes = nine_to_five("chloes", vec![person("chloe")]);
    (bens.days, chloes.days) = (vec![Day::Monday], vec![Day::Tuesday]);
    let mut rota = rota_of(vec![bens, chloes]);
    rota.apply(november(), 2, RotaChange::SwapOffered(swap()));
    rota.apply(november(), 3, RotaChange::SwapSettled(swap().id, state));
    rota
}

#[test]
fn an_override_stands_before_the_weekly_shift_and_names_its_version() {
    let rota = amaras_with([morning(Some("ben"))]);
    let duty = rota.duty(at("2026-11-23T09:00:00Z"));
    assert_eq!((duty.adviser, duty.rota_version), (Some(name("ben")), Some(2)));
    assert_eq!(rota.duty(at("2026-11-23T12:00:00Z")).adviser, Some(name("amara")));
}

#[test]
fn an_override_stands_before_every_layer() {
    let mut rota = rota_of(vec![
        nine_to_five("first", vec![person("amara")]),
        nine_to_five("second", vec![person("chloe")]),
    ]);
    rota.apply(november(), 2, morning(Some("ben")));
    assert_eq!(who(&rota, "2026-11-23T10:00:00Z"), ["ben"]);
    assert_eq!(who(&rota, "2026-11-23T13:00:00Z"), ["amara", "chloe"]);
}

#[test]
fn when_nobody_is_on_the_shift_after_the_override_takes_over() {
    let duty = amaras_with([morning(None)]).duty(at("2026-11-23T09:00:00Z"));
    assert_eq!(duty.from_next_shift_at, Some(at("2026-11-23T12:00:00Z")));
}

#[test]
fn the_latest_override_stands_before_the_earlier_ones() {
    let rota = amaras_with([morning(Some("ben")), morning(Some("chloe"))]);
    assert_eq!(rota.duty(at("2026-11-23T09:00:00Z")).adviser, Some(name("chloe")));
}

#[test]
fn an_extra_duty_at_the_weekend_comes_before_mondays_shift() {
    let sunday = instead("2026-11-22T10:00:00Z", "2026-11-22T12:00:00Z", Some("ben"));
    let duty = amaras_with([RotaChange::Override(sunday.clone())]).duty(at("2026-11-21T12:00:00Z"));
    assert_eq!((duty.adviser, duty.from_next_shift_at), (Some(name("ben")), Some(sunday.from)));
}

#[test]
fn an_override_counts_for_its_whole_stretch_also_over_the_end_of_a_month() {
    let over_the_end = instead("2026-11-30T12:00:00Z", "2026-12-02T12:00:00Z", Some("ben"));
    let mut rota = amaras();
    for (month, part) in over_the_end.by_month() {
        rota.apply(month, 2, RotaChange::Override(part));
    }
    let hours = ["2026-11-30T12:00:00Z", "2026-12-01T00:00:00Z", "2026-12-02T11:59:00Z"];
    assert!(hours.iter().all(|hour| who(&rota, hour) == ["ben"]));
    assert!(who(&rota, "2026-12-02T12:00:00Z").is_empty());
}

#[test]
fn whoever_is_absent_is_not_on_duty_not_even_by_an_override() {
    let (from, to) = ("2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z");
    let rota = amaras_with([away("amara", from, to), morning(Some("amara"))]);
    assert_eq!(who(&rota, "2026-11-23T09:30:00Z"), ["amara"]);
    assert!(who(&rota, from).is_empty());
    assert_eq!(rota.answering(at(from)).from_next_shift_at, Some(at(to)));
}

#[test]
fn another_with_the_skill_takes_the_slot_of_one_who_is_absent() {
    let mut rota = rota_of(vec![nine_to_five("sensory", vec![Slot::Skill(Skill::Sensory)])]);
    rota.apply(november(), 2, away("ben", "2026-11-09T00:00:00Z", "2026-11-11T00:00:00Z"));
    let days = ["2026-11-09", "2026-11-10", "2026-11-11"];
    let on = days.map(|day| who(&rota, &format!("{day}T10:00:00Z")).concat());
    assert_eq!(on, ["chloe", "chloe", "ben"]);
}

#[test]
fn somebody_who_is_back_early_is_on_again_and_one_who_never_left_was_never_away() {
    let (id, from) = (AbsenceId(Uuid::from_u128(1)), "2026-11-23T00:00:00Z");
    let back = at("2026-11-24T00:00:00Z");
    let rota = amaras_with([
        away("amara", from, "2026-11-28T00:00:00Z"),
        RotaChange::AbsenceEnds(id, back),
    ]);
    assert!(who(&rota, "2026-11-23T10:00:00Z").is_empty());
    assert_eq!(who(&rota, "2026-11-24T10:00:00Z"), ["amara"]);

    let rota = amaras_with([
        away("amara", from, "2026-11-28T00:00:00Z"),
        RotaChange::AbsenceEnds(id, at(from)),
    ]);
    assert!(rota.month(november()).unwrap().absences.is_empty());
}

#[test]
fn a_swap_moves_both_turns_once_it_is_accepted() {
    let (monday, tuesday) = ("2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z");
    for state in [SwapState::Offered, SwapState::Refused, SwapState::Withdrawn] {
        let rota = swapped(state);
        assert_eq!(
            (who(&rota, monday).concat(), who(&rota, tuesday).concat()),
            ("ben".to_owned(), "chloe".to_owned(),)
        );
    }
    let rota = swapped(SwapState::Accepted);
    assert_eq!(
        (who(&rota, monday).concat(), who(&rota, tuesday).concat()),
        ("chloe".to_owned(), "ben".to_owned(),)
    );
    assert_eq!(who(&rota, "2026-11-30T10:00:00Z"), ["ben"], "other Mondays stay");
}

#[test]
fn a_swap_follows_a_shift_that_moves_and_ends_with_a_shift_that_is_somebody_elses() {
    let mut rota = swapped(SwapState::Accepted);
    let mut bens = nine_to_five("bens", vec![person("ben")]);
    (bens.days, bens.from, bens.to) = (vec![Day::Monday], time(12, 0, 0, 0), time(20, 0, 0, 0));
    rota.apply(november(), 4, RotaChange::Layers(vec![bens.clone()]));
    assert_eq!(who(&rota, "2026-11-23T19:00:00Z"), ["chloe"]);

    bens.slots = vec![person("amara")];
    rota.apply(november(), 5, RotaChange::Layers(vec![bens]));
    assert_eq!(who(&rota, "2026-11-23T19:00:00Z"), ["amara"]);
}

mod deciding {
    use super::*;

    const NOW: &str = "2026-11-20T10:00:00Z";

    fn offered(rota: &Rota, swap: Swap) -> Result<Option<crate::event::DeskEvent>, RotaRefusal> {
        let command = RotaCommand::OfferSwap(swap, at(NOW));
        rota.decide(TeamId::front_door(), november(), command)
    }

    #[test]
    fn a_turn_is_offered_by_whoever_has_it_for_a_turn_that_the_colleague_has() {
        let rota = swapped(SwapState::Refused);
        assert!(offered(&rota, swap()).is_ok());
        let not_bens = Swap { holder: name("amara"), ..swap() };
        assert_eq!(offered(&rota, not_bens), Err(RotaRefusal::NotTheirTurn(swap().turn)));
        let tuesday = swap().in_return.unwrap();
        let not_chloes = Swap { colleague: name("amara"), ..swap() };
        assert_eq!(offered(&rota, not_chloes), Err(RotaRefusal::NotTheirTurn(tuesday)));
        let stranger = Swap { colleague: name("zoe"), ..swap() };
        assert_eq!(offered(&rota, stranger), Err(RotaRefusal::UnknownPerson(name("zoe"))));
        let alone = Swap { colleague: name("ben"), ..swap() };
        assert_eq!(offered(&rota, alone), Err(RotaRefusal::WithThemselves));
    }

    #[test]
    fn only_a_turn_of_the_rota_that_has_not_begun_is_offered() {
        let rota = swapped(SwapState::Refused);
        let on = |day| {
            let turn = Turn { date: date(2026, 11, day), ..swap().turn };
            (turn.clone(), offered(&rota, Swap { turn, ..swap() }))
        };
        let (past, decided) = on(16);
        assert_eq!(decided, Err(RotaRefusal::TurnHasBegun(past)));
        let (unplanned, decided) = on(24);
        assert_eq!(decided, Err(RotaRefusal::UnknownTurn(unplanned)));
    }

    #[test]
    fn a_turn_is_in_one_swap_at_a_time() {
        for (state, free) in [
            (SwapState::Offered, false),
            (SwapState::Accepted, false),
            (SwapState::Refused, true),
            (SwapState::Withdrawn, true),
        ] {
            let another = Swap { id: SwapId(Uuid::from_u128(3)), in_return: None, ..swap() };
            let refused = RotaRefusal::SwapsOverlap(another.turn.clone());
            let decided = offered(&swapped(state), another);
            assert_eq!(decided.err(), (!free).then_some(refused), "{state}");
        }
    }

    #[test]
    fn the_colleague_answers_an_offer_once_and_whoever_made_it_takes_it_back() {
        let rota = swapped(SwapState::Offered);
        let settle = |how, by: &str| {
            let command = RotaCommand::SettleSwap(swap().id, how, Some(name(by)), at(NOW));
            rota.decide(TeamId::front_door(), november(), command)
        };
        for (how, by) in [
            (SwapState::Accepted, "chloe"),
            (SwapState::Refused, "chloe"),
            (SwapState::Withdrawn, "ben"),
        ] {
            assert!(settle(how, by).is_ok(), "{how}");
            let other = if by == "ben" { "chloe" } else { "ben" };
            assert_eq!(settle(how, other), Err(RotaRefusal::NotTheirSwap), "{how}");
        }
        let settled = swapped(SwapState::Refused);
        let again = RotaCommand::SettleSwap(swap().id, SwapState::Accepted, None, at(NOW));
        assert_eq!(
            settled.decide(TeamId::front_door(), november(), again),
            Err(RotaRefusal::SwapIsSettled(SwapState::Refused))
        );
    }

    #[test]
    fn an_offer_is_not_accepted_after_the_turn_has_begun() {
        let rota = swapped(SwapState::Offered);
        let late = at("2026-11-23T09:00:00Z");
        let command = RotaCommand::SettleSwap(swap().id, SwapState::Accepted, None, late);
        let refused = RotaRefusal::TurnHasBegun(swap().turn);
        assert_eq!(rota.decide(TeamId::front_door(), november(), command), Err(refused));
    }
}
