//! The memory log is the model: a durable log gives the same answers to any commands, also after
//! power cuts in between.

use frontdoor_log::{Append, CommandId, Log, Version};
use proptest::prelude::*;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::backends::{Backend, Durable, Memory, Sled};
use crate::given::{all, and, command, cursor, moving, stream};

#[derive(Clone, Debug)]
enum Step {
    Append { command: u64, parts: Vec<Part>, cursor: Option<(u64, u64)> },
    PowerCut,
}

/// What to add to a stream, deciding upon its version or upon one that may be wrong.
#[derive(Clone, Debug)]
struct Part {
    stream: u8,
    stale: Option<u32>,
    records: usize,
}

fn part() -> impl Strategy<Value = Part> {
    (0..4_u8, prop::option::weighted(0.2, 0..5_u32), 0..4_usize)
        .prop_map(|(stream, stale, records)| Part { stream, stale, records })
}

fn step() -> impl Strategy<Value = Step> {
    let cursor = prop::option::weighted(0.3, (0..4_u64, 0..12_u64));
    prop_oneof![
        12 => (0..30_u64, prop::collection::vec(part(), 0..3), cursor)
            .prop_map(|(command, parts, cursor)| Step::Append { command, parts, cursor }),
        1 => Just(Step::PowerCut),
    ]
}

async fn request(model: &dyn Log, id: u64, parts: &[Part], step: Option<(u64, u64)>) -> Append {
    let mut request = command();
    request.command = CommandId::new(Uuid::from_u64_pair(1, id));
    for Part { stream: nth, stale, records } in parts {
        let name = format!("s{nth}");
        let known = model.read_stream(&stream(&name), Version::NONE).await.unwrap().len();
        let expected = stale.unwrap_or(u32::try_from(known).unwrap());
        request = and(request, &name, expected, &vec!["x"; *records]);
    }
    match step {
        Some((from, to)) => moving(request, "timers", from, to),
        None => request,
    }
}

async fn agree(steps: Vec<Step>) {
    let (model, mut backend) = (Memory::fresh().log(), Sled::fresh());
    for step in steps {
        match step {
            Step::PowerCut => backend = backend.after_power_cut(),
            Step::Append { command, parts, cursor } => {
                let request = request(&*model, command, &parts, cursor).await;
                let expected = model.append(request.clone()).await.map_err(|e| e.to_string());
                let answer = backend.log().append(request).await.map_err(|e| e.to_string());
                assert_eq!(answer, expected);
            }
        }
    }
    let log = backend.log();
    assert_eq!(all(&*log).await, all(&*model).await);
    let timers = cursor("timers");
    assert_eq!(log.cursor(&timers).await.unwrap(), model.cursor(&timers).await.unwrap());
    for size in 0..=model.head().get() {
        assert_eq!(log.root(size).await.unwrap(), model.root(size).await.unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sled_agrees_with_memory(steps in prop::collection::vec(step(), 0..40)) {
        Runtime::new().unwrap().block_on(agree(steps));
    }
}
