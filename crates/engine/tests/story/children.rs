//! One child under several pseudonyms: linked, parted, merged and erased.

use crate::county::{County, SCHOOL, by_adviser, submission};
use domain::child::ChildRefusal;
use domain::ids::ChildId;
use domain::personal::Words;
use domain::request::{Case, Refusal};
use engine::{Failure, Reason};
use uuid::Uuid;

async fn submitted(county: &County, command: u128) -> Case {
    county.engine.submit(&by_adviser(command), SCHOOL, submission()).await.unwrap().case
}

async fn three_children(county: &County) -> [ChildId; 3] {
    let mut children = Vec::new();
    for command in 10..13 {
        children.push(submitted(county, command).await.child.unwrap());
    }
    children.try_into().unwrap()
}

#[tokio::test]
async fn a_link_is_one_append_over_both_streams_and_reaches_through_others() {
    let county = County::founded().await;
    let [one, two, three] = three_children(&county).await;
    let before = county.engine.head();
    county.engine.link(&by_adviser(20), one, two).await.unwrap();
    let stored = county.engine.history(before, 10).await.unwrap();
    let names: Vec<_> = stored.iter().map(|event| (event.name.as_str(), event.child())).collect();
    assert_eq!(names, [("child.linked", Some(one)), ("child.linked", Some(two))]);

    let all = county.engine.link(&by_adviser(21), two, three).await.unwrap();
    assert_eq!(all.children, [one, two, three]);
    let again = county.engine.link(&by_adviser(22), two, one).await.unwrap();
    assert_eq!((again.children, again.position), (vec![one, two, three], county.engine.head()));
}

#[tokio::test]
async fn a_retried_link_gets_its_first_answer_whatever_happened_since() {
    let county = County::founded().await;
    let [one, two, three] = three_children(&county).await;
    let first = county.engine.link(&by_adviser(20), one, two).await.unwrap();
    county.engine.link(&by_adviser(21), one, three).await.unwrap();
    county.engine.unlink(&by_adviser(22), one, two).await.unwrap();
    let again = county.engine.link(&by_adviser(20), one, two).await.unwrap();
    assert_eq!((&again.children, again.position), (&first.children, first.position));
    assert!(again.replayed && !first.replayed);
}

#[tokio::test]
async fn an_erasure_reaches_whoever_is_linked_and_nobody_else() {
    let county = County::founded().await;
    let [one, two, three] = three_children(&county).await;
    county.engine.link(&by_adviser(20), one, two).await.unwrap();
    assert_eq!(county.engine.children_alike(three).await.unwrap().len(), 2);

    let erased = county.engine.erase(&by_adviser(21), two, None).await.unwrap();

    assert_eq!(erased.children, [one, two]);
    let shredded = |child: ChildId| county.engine.vault().is_shredded(child.0.into());
    assert!(shredded(one) && shredded(two) && !shredded(three));
    assert!(county.engine.children_alike(three).await.unwrap().is_empty());
    let again = county.engine.erase(&by_adviser(22), one, None).await.unwrap();
    assert_eq!((again.children, again.erased_at), (erased.children, erased.erased_at));
    let link = county.engine.link(&by_adviser(23), three, one).await;
    assert!(matches!(link, Err(Failure::ChildRefused(ChildRefusal::Erased))));
}

#[tokio::test]
async fn likeness_says_why_and_links_nobody() {
    let county = County::founded().await;
    let [one, two, _] = three_children(&county).await;
    let head = county.engine.head();
    let alike = county.engine.children_alike(one).await.unwrap();
    let second = alike.iter().find(|alike| alike.child == two).unwrap();
    assert_eq!(second.reasons, [Reason::SameUpn, Reason::SameNameSameBirthDate]);
    assert_eq!(county.engine.head(), head);
    let nobody = ChildId(Uuid::from_u128(1));
    assert!(county.engine.children_alike(nobody).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_merge_is_one_append_over_both_requests_and_is_made_once() {
    let county = County::founded().await;
    let (from, into) = (submitted(&county, 10).await, submitted(&county, 11).await);
    let context = by_adviser(20);
    let merge = || county.engine.merge(&context, from.id, into.id, Words::default());
    assert!(matches!(merge().await, Err(Failure::Refused(Refusal::NotTheSame))));
    county.engine.link(&by_adviser(19), from.child.unwrap(), into.child.unwrap()).await.unwrap();
    let before = county.engine.head();
    let merged = merge().await.unwrap();
    let stored = county.engine.history(before, 10).await.unwrap();
    let names: Vec<_> = stored.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["request.merged", "request.absorbed"]);
    assert_eq!(merged.case.merged_into, Some(into.id));
    let again = merge().await.unwrap();
    assert!(again.replayed);
    assert_eq!((again.case.merged_into, county.engine.head()), (Some(into.id), before + 2));
}
