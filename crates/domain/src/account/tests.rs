//! Who comes in, decided and followed.

use super::*;
use crate::county;
use crate::desk::{Desk, DeskCommand, DeskRefusal};
use crate::event::DeskEvent;
use crate::ids::{KeyId, SessionId};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

const SESSION: SessionId = SessionId(Uuid::from_u128(1));

fn now() -> Timestamp {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

fn hours(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

fn asha() -> AccountId {
    county::name("asha-rao")
}

fn account(id: AccountId, role: Role) -> Account {
    Account { id, name: "Asha Rao".to_owned(), role, school: None, service: None }
}

fn hash(text: &str) -> KeyHash {
    KeyHash(text.to_owned())
}

fn identity(text: &str) -> IdentityHash {
    IdentityHash(text.to_owned())
}

fn key(id: u128, issued_at: Timestamp, days: i64) -> Key {
    Key {
        id: KeyId(Uuid::from_u128(id)),
        account: asha(),
        label: "Case system".to_owned(),
        scope: KeyScope::Everything,
        issued_at,
        expires_at: issued_at + SignedDuration::from_hours(24 * days),
    }
}

/// A desk, as commands leave it.
struct Door(Desk);

impl Door {
    /// With an adviser who may come in.
    fn new() -> Self {
        let mut door = Self(county::desk());
        let opened = door.0.decide(DeskCommand::OpenAccount(account(asha(), Role::Adviser)));
        door.follow(&opened.unwrap().unwrap());
        door
    }

    fn follow(&mut self, event: &DeskEvent) {
        self.0.apply(event, 1);
    }

    fn ask(&self, command: AccountCommand) -> Result<Option<DeskEvent>, DeskRefusal> {
        self.0.decide(DeskCommand::Account(command))
    }

    #[track_caller]
    fn given(mut self, command: AccountCommand) -> Self {
        let event = self.ask(command).unwrap().expect("something happens");
        self.follow(&event);
        self
    }

    #[track_caller]
    fn refuses(&self, command: AccountCommand, refusal: AccountRefusal) {
        assert_eq!(self.ask(command), Err(DeskRefusal::Account(refusal)));
    }

    fn admits(&self, started_at: Timestamp) -> bool {
        self.0.admits(&asha(), SESSION, started_at)
    }
}

fn issue(id: u128, text: &str) -> AccountCommand {
    AccountCommand::IssueKey { key: key(id, now(), 30), hash: hash(text) }
}

fn rotate(old: u128, id: u128, overlap_hours: i64) -> AccountCommand {
    AccountCommand::RotateKey {
        old: KeyId(Uuid::from_u128(old)),
        old_until: hours(overlap_hours),
        key: key(id, now(), 30),
        hash: hash(&format!("hash of {id}")),
    }
}

fn change(account: Account) -> AccountCommand {
    AccountCommand::Change { account, by: Some(county::name("jo")), at: now() }
}

fn close() -> AccountCommand {
    AccountCommand::Close { account: asha(), by: Some(county::name("jo")), at: now() }
}

fn invite(account: AccountId, email: &str) -> AccountCommand {
    AccountCommand::Invite { account, email: identity(email), at: now() }
}

fn bind(account: AccountId, who: &str, invited: Option<&str>) -> AccountCommand {
    let invited = invited.map(identity);
    AccountCommand::Bind { account, identity: identity(who), invited, at: now() }
}

#[test]
fn a_key_is_known_until_it_is_revoked() {
    let door = Door::new().given(issue(1, "one"));
    assert_eq!(door.0.keys[&hash("one")].account, asha());
    let key = KeyId(Uuid::from_u128(1));
    let door = door.given(AccountCommand::RevokeKey { account: asha(), key });
    assert!(door.0.keys.is_empty());
    assert_eq!(door.ask(AccountCommand::RevokeKey { account: asha(), key }), Ok(None));
}

#[test]
fn a_key_is_somebodys_who_may_come_in() {
    let nobody = county::name("nobody");
    let of_nobody = Key { account: nobody.clone(), ..key(1, now(), 30) };
    let refused = Door::new().ask(AccountCommand::IssueKey { key: of_nobody, hash: hash("x") });
    assert_eq!(refused, Err(DeskRefusal::UnknownAccount(nobody)));
    Door::new().given(close()).refuses(issue(1, "one"), AccountRefusal::Closed(asha()));
}

#[test]
fn a_key_of_another_account_is_not_there_to_be_revoked_or_rotated() {
    let jo = Account { id: county::name("jo"), ..account(asha(), Role::Admin) };
    let mut door = Door::new().given(issue(1, "one"));
    let opened = door.0.decide(DeskCommand::OpenAccount(jo)).unwrap().unwrap();
    door.follow(&opened);
    let (account, key) = (county::name("jo"), KeyId(Uuid::from_u128(1)));
    assert_eq!(door.ask(AccountCommand::RevokeKey { account, key }), Ok(None));
    let of_jo = Key { account: county::name("jo"), ..self::key(2, now(), 30) };
    let rotate =
        AccountCommand::RotateKey { old: key, old_until: now(), key: of_jo, hash: hash("2") };
    door.refuses(rotate, AccountRefusal::UnknownKey);
}

#[test]
fn a_rotated_key_is_good_for_the_overlap_and_no_longer() {
    let door = Door::new().given(issue(1, "one")).given(rotate(1, 2, 24));
    let old = &door.0.keys[&hash("one")];
    assert!(old.is_good(hours(23)) && !old.is_good(hours(24)));
    assert!(door.0.keys[&hash("hash of 2")].is_good(hours(24 * 29)));
}

#[test]
fn an_overlap_lengthens_no_life_and_lasts_a_week_at_most() {
    let short = AccountCommand::IssueKey { key: key(1, now(), 1), hash: hash("one") };
    let door = Door::new().given(short).given(rotate(1, 2, 100));
    assert_eq!(door.0.keys[&hash("one")].expires_at, hours(24));
    let door = Door::new().given(issue(1, "one"));
    door.refuses(rotate(1, 2, LONGEST_OVERLAP_HOURS + 1), AccountRefusal::LongOverlap);
}

#[test]
fn a_key_that_is_over_is_not_brought_back_by_rotating_it() {
    let over = AccountCommand::IssueKey { key: key(1, hours(-48), 1), hash: hash("one") };
    Door::new().given(over).refuses(rotate(1, 2, 24), AccountRefusal::KeyOver);
}

#[test]
fn an_account_that_does_something_else_starts_without_keys_and_sessions() {
    let door = Door::new().given(issue(1, "one"));
    let renamed = Account { name: "Asha Rao-Hill".to_owned(), ..account(asha(), Role::Adviser) };
    let door = door.given(change(renamed));
    assert!(door.admits(now()) && door.0.keys.len() == 1, "a name changes nothing");

    let door = door.given(change(account(asha(), Role::Coordinator)));
    assert!(!door.admits(now()) && door.0.keys.is_empty());
    assert!(door.admits(hours(1)), "whoever signs in again comes in");
}

#[test]
fn a_closed_account_lets_nobody_in_and_an_opened_one_nobody_from_before() {
    let door = Door::new().given(issue(1, "one")).given(close());
    assert!(!door.admits(hours(1)) && door.0.keys.is_empty());
    let door = door.given(change(account(asha(), Role::Adviser)));
    assert!(door.admits(hours(1)) && !door.admits(now()) && door.0.keys.is_empty());
}

#[test]
fn nobody_makes_themselves_something_else_or_locks_themselves_out() {
    let (by, at) = (Some(asha()), now());
    let account = account(asha(), Role::Admin);
    let promoted = AccountCommand::Change { account, by: by.clone(), at };
    Door::new().refuses(promoted, AccountRefusal::OwnAccount);
    let closed = AccountCommand::Close { account: asha(), by, at };
    Door::new().refuses(closed, AccountRefusal::OwnAccount);
}

#[test]
fn an_account_acts_for_a_school_or_service_that_there_is() {
    let opened = |account| county::desk().decide(DeskCommand::OpenAccount(account));
    let nowhere = Some(crate::ids::SchoolId(Uuid::from_u128(999)));
    for (faulty, refusal) in [
        (account(asha(), Role::School), AccountRefusal::ForNobody("school")),
        (account(asha(), Role::Service), AccountRefusal::ForNobody("service")),
        (
            Account { school: nowhere, ..account(asha(), Role::School) },
            AccountRefusal::UnknownSchool,
        ),
        (
            Account { service: "magic".parse().ok(), ..account(asha(), Role::Service) },
            AccountRefusal::UnknownService,
        ),
    ] {
        assert_eq!(opened(faulty), Err(DeskRefusal::Account(refusal)));
    }
}

#[test]
fn an_account_is_opened_once() {
    let door = Door::new();
    let again = |role| door.0.decide(DeskCommand::OpenAccount(account(asha(), role)));
    assert_eq!(again(Role::Adviser), Ok(None));
    assert_eq!(again(Role::Admin), Err(DeskRefusal::Account(AccountRefusal::Taken(asha()))));
}

#[test]
fn an_invitation_is_taken_up_once_by_whoever_shows_its_address() {
    let door = Door::new().given(invite(asha(), "asha@council.example"));
    let wrong = bind(asha(), "mallory", Some("mallory@council.example"));
    door.refuses(wrong, AccountRefusal::NotInvited);
    let door = door.given(bind(asha(), "asha", Some("asha@council.example")));
    assert_eq!(door.0.bound_to(&identity("asha")).unwrap().id, asha());
    assert_eq!(door.0.invited_by(&identity("asha@council.example")), None);
    let later = bind(asha(), "mallory", Some("asha@council.example"));
    door.refuses(later, AccountRefusal::NotInvited);
}

#[test]
fn one_sign_in_opens_one_account() {
    let jo = Account { id: county::name("jo"), ..account(asha(), Role::Admin) };
    let mut door = Door::new().given(bind(asha(), "asha", None));
    let opened = door.0.decide(DeskCommand::OpenAccount(jo)).unwrap().unwrap();
    door.follow(&opened);
    door.refuses(bind(county::name("jo"), "asha", None), AccountRefusal::SignInTaken);
    let door = door.given(invite(asha(), "asha@council.example"));
    let both = invite(county::name("jo"), "asha@council.example");
    door.refuses(both, AccountRefusal::SignInTaken);
}

#[test]
fn whoever_was_bound_before_is_out() {
    let door = Door::new().given(bind(asha(), "asha", None)).given(bind(asha(), "new asha", None));
    assert!(door.0.bound_to(&identity("asha")).is_none() && !door.admits(now()));
}

#[test]
fn a_session_that_ended_is_remembered_until_it_would_have_ended_anyway() {
    let end =
        |session, at, until| AccountCommand::EndSession { account: asha(), session, at, until };
    let door = Door::new().given(end(SESSION, now(), hours(10)));
    assert!(!door.admits(hours(-1)));
    assert_eq!(door.ask(end(SESSION, hours(1), hours(10))), Ok(None));
    let other = SessionId(Uuid::from_u128(2));
    let door = door.given(end(other, hours(11), hours(20)));
    let remembered: Vec<_> = door.0.entrances[&asha()].ended.keys().copied().collect();
    assert_eq!(remembered, [other]);
}

proptest! {
    #[test]
    fn ending_all_sessions_ends_those_that_had_begun_and_no_others(
        ended in 0_i64..100, more in 0_i64..100, started in 0_i64..100,
    ) {
        let end = |at| AccountCommand::EndSessions { account: asha(), before: hours(at) };
        let door = Door::new().given(end(ended)).given(end(more));
        prop_assert_eq!(door.admits(hours(started)), started > ended.max(more));
    }

    #[test]
    fn a_key_lives_a_year_at_most_and_ends_after_it_begins(days in -400_i64..800) {
        let issue = AccountCommand::IssueKey { key: key(1, now(), days), hash: hash("one") };
        prop_assert_eq!(Door::new().ask(issue).is_ok(), (1..=LONGEST_KEY_DAYS).contains(&days));
    }

    #[test]
    fn a_scope_of_named_operations_allows_these_and_no_others(
        named in proptest::collection::btree_set("[a-d]{1,2}", 0..6), asked in "[a-d]{1,2}",
    ) {
        let allowed = named.contains(&asked);
        let scope = KeyScope::Operations(named);
        prop_assert_eq!(scope.allows(&asked, true), allowed);
        prop_assert_eq!(scope.allows(&asked, false), allowed);
    }
}

#[test]
fn a_key_for_reading_changes_nothing() {
    assert!(KeyScope::Reading.allows("read_request", true));
    assert!(!KeyScope::Reading.allows("advise", false));
}
