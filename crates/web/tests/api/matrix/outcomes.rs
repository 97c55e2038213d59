//! Every operation, as everybody, of everything: what the table says is what happens.

use super::described::{Described, described};
use super::people::{NO_GOOD, PEOPLE, Person};
use super::places::{Target, filled};
use super::world::World;
use crate::county::{Answer, asking};
use axum::body::Body;
use axum::http::StatusCode;
use web::access::{Operation, Reach};

/// Operations that make what there is not, so that a new name is no fault; and one that first
/// looks at what else it was told.
const MAKE: &[Operation] = &[
    Operation::ListService,
    Operation::EstablishPanel,
    Operation::FormTeam,
    Operation::MergeRequest,
];

/// Operations that go no further than one's own account, or to what the world of these tests
/// does not have: what is one's own may not be there either.
const MAY_BE_ABSENT: &[Operation] = &[
    Operation::ReadAccountUpdates,
    Operation::ChooseAccountUpdates,
    Operation::ReadPackage,
    Operation::ReadFamilySummary,
    Operation::EndAbsence,
    Operation::AcceptSwap,
    Operation::RefuseSwap,
    Operation::WithdrawSwap,
    Operation::RetryNotice,
    Operation::ReviewDelegated,
    Operation::CosignCheckpoint,
    Operation::ReadEntries,
    Operation::RotateKey,
    Operation::RevokeKey,
    Operation::ReleaseHold,
    Operation::AnswerSubjectAccess,
    Operation::ClarifySubjectAccess,
    Operation::ExtendSubjectAccess,
    Operation::ReadTile,
    Operation::ReadRuleDraft,
    Operation::SaveRuleDraft,
    Operation::ReadRuleEffect,
    Operation::ActivateRules,
];

/// What the name in the path says is nobody's: only what the answer holds is one's own, which the
/// test of leaks looks at.
const SHARED: &[Operation] = &[Operation::ReadFigure, Operation::ListFigureRequests];

/// Operations of which a role may do some and not others, which the answer says.
const MAY_DO_SOME: &[Operation] =
    &[Operation::SubmitRequest, Operation::RecordAbsence, Operation::PutAbsence];

/// As asked, but never done where there is anything: it stands on a version that never was.
async fn ask(world: &World, key: &str, what: &Described, path: &str, target: Target) -> Answer {
    let path = format!("{path}{}", what.must_be_said());
    let mut request = asking(&what.method, key, &path);
    let mut body = Body::empty();
    if !what.reads() {
        request = request.header("content-type", &what.body.media_type);
        if target != Target::Nowhere || MAKE.contains(&what.operation) {
            request = request.header("if-match", "\"9999\"");
        }
        body = Body::from(what.body.bytes.clone());
    }
    world.county.send(request.body(body).unwrap()).await
}

#[test]
fn every_operation_of_the_table_is_described_and_the_other_way_round() {
    let mut described: Vec<_> = described().iter().map(Described::name).collect();
    let mut listed: Vec<_> = Operation::ALL.iter().map(|each| each.name()).collect();
    described.sort_unstable();
    listed.sort_unstable();
    assert_eq!(described, listed);
}

#[tokio::test]
async fn without_a_good_key_every_operation_answers_the_same_and_nothing_else() {
    let world = World::made().await;
    let mut first = None;
    for what in described() {
        let path = filled(&world, &what.path, &PEOPLE[0], Target::Own);
        for key in NO_GOOD {
            let answer = ask(&world, key, &what, &path, Target::Own).await;
            let of = format!("{} with “{key}”", what.name());
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{of}");
            assert_eq!(answer.headers["www-authenticate"], "Bearer", "{of}");
            let body = first.get_or_insert_with(|| answer.body.clone());
            assert_eq!(answer.body, *body, "{of}");
        }
    }
}

#[tokio::test]
async fn everybody_gets_as_far_as_the_table_says() {
    let world = World::made().await;
    let mut wrong = Vec::new();
    for what in described() {
        for person in &PEOPLE {
            wrong.extend(faults(&world, &what, person).await);
        }
    }
    assert!(wrong.is_empty(), "{} of the matrix:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is not as the table says of this operation and this person.
async fn faults(world: &World, what: &Described, person: &Person) -> Vec<String> {
    let mut faults = Vec::new();
    let reach = what.operation.reach(person.role);
    let named = what.path.contains('{');
    let ask = async |target| {
        let path = filled(world, &what.path, person, target);
        ask(world, person.key, what, &path, target).await
    };
    let mut say = |target: Target, answer: &Answer, must: &str| {
        let Answer { status, body, .. } = answer;
        let (name, key) = (what.name(), person.key);
        faults.push(format!("{name} as {key}, {target:?}: {must}; {status} {body}"));
    };
    let nowhere = ask(Target::Nowhere).await;
    let other = ask(Target::Other).await;
    let own = ask(Target::Own).await;
    for (target, answer) in
        [(Target::Nowhere, &nowhere), (Target::Other, &other), (Target::Own, &own)]
    {
        if answer.status.is_server_error() {
            say(target, answer, "never a fault of ours");
        }
        if is_refused(what, answer) != (reach == Reach::No) {
            say(target, answer, "403 exactly where the table says no");
        }
        if answer.status == StatusCode::UNAUTHORIZED {
            say(target, answer, "the key is good");
        }
    }
    if reach == Reach::No || !named {
        return faults;
    }
    if nowhere.status != StatusCode::NOT_FOUND && !MAKE.contains(&what.operation) {
        say(
            Target::Nowhere,
            &nowhere,
            "404, as there is no such thing; 422 means that its body wants an example",
        );
    }
    if own.status == StatusCode::NOT_FOUND && !MAY_BE_ABSENT.contains(&what.operation) {
        say(Target::Own, &own, "it is theirs");
    }
    let apart = is_partial(reach) && !SHARED.contains(&what.operation);
    if apart && (other.status, &other.body) != (nowhere.status, &nowhere.body) {
        say(Target::Other, &other, "as if it were not there");
    }
    faults
}

/// Whether the table refused it, and not one of the few rules that say more than it does.
fn is_refused(what: &Described, answer: &Answer) -> bool {
    let by_table =
        || answer.body["detail"].as_str().is_some_and(|it| it.starts_with("The operation"));
    let says_more = MAY_DO_SOME.contains(&what.operation);
    answer.status == StatusCode::FORBIDDEN && (!says_more || by_table())
}

/// Whether a reach ends somewhere within the county.
const fn is_partial(reach: Reach) -> bool {
    match reach {
        Reach::OwnSchool | Reach::OwnService | Reach::OwnLead | Reach::Panels => true,
        Reach::No | Reach::All | Reach::Nameless => false,
    }
}
