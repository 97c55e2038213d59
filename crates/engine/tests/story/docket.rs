//! The docket: what is open, and nothing else.

use crate::county::{County, SCHOOL, by_adviser, submission};
use domain::codes::AdviceKind;
use domain::codes::Ending;
use domain::ids::RequestId;
use domain::personal::Words;
use domain::request::Command;

fn close() -> Command {
    Command::Close(Ending::AdviceGiven, Words::default())
}

async fn submitted(county: &County, command: u128) -> RequestId {
    county.engine.submit(&by_adviser(command), SCHOOL, submission()).await.unwrap().case.id
}

async fn open(county: &County) -> Vec<RequestId> {
    county.engine.docket().await.unwrap().all().iter().map(|it| it.case.id).collect()
}

#[tokio::test]
async fn a_request_is_on_the_docket_as_the_log_has_it() {
    let county = County::founded().await;
    let request = submitted(&county, 2).await;
    let advise = Command::Advise(AdviceKind::Strategies, Words::text("Try."));
    county.engine.act(&by_adviser(3), request, advise).await.unwrap();

    let docketed = county.engine.docket().await.unwrap().find(request).unwrap();

    let (state, version) = county.engine.request(request).await.unwrap();
    assert_eq!((Some(&*docketed.case), docketed.version), (state.case(), version));
}

#[tokio::test]
async fn a_closed_request_leaves_the_docket_and_a_reopened_one_is_back_on_it() {
    let county = County::founded().await;
    let request = submitted(&county, 2).await;
    county.engine.act(&by_adviser(3), request, close()).await.unwrap();
    assert_eq!(open(&county).await, []);

    county.engine.act(&by_adviser(4), request, Command::Note(Words::text("?"))).await.unwrap();
    assert_eq!(open(&county).await, []);

    county.engine.act(&by_adviser(5), request, Command::Reopen(Words::default())).await.unwrap();
    let docketed = county.engine.docket().await.unwrap().find(request).unwrap();
    let (state, version) = county.engine.request(request).await.unwrap();
    assert_eq!((Some(&*docketed.case), docketed.version), (state.case(), version));
}

#[tokio::test]
async fn the_workload_counts_open_requests_by_adviser() {
    let county = County::founded().await;
    let first = submitted(&county, 2).await;
    submitted(&county, 3).await;
    submitted(&county, 4).await;
    county.engine.act(&by_adviser(5), first, close()).await.unwrap();

    let workload = county.engine.docket().await.unwrap().workload();

    assert_eq!(workload.of(&"amara".parse().unwrap()), 2);
}
