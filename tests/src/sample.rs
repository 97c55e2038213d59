//! The sample: requests of the county, each with the answer that was worked out for it.

use serde_json::Value;

/// One request of the sample.
#[derive(Debug)]
pub struct Line {
    /// Its number, from one.
    pub number: usize,
    /// The phase of the school that asks.
    pub phase: String,
    /// How that school is run.
    pub kind: String,
    /// What is submitted.
    pub request: Value,
    /// `kind`, `target` and `fits`.
    pub expect: Value,
}

/// Every request of the sample.
#[must_use]
pub fn lines() -> Vec<Line> {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/requests-sample.jsonl"));
    (1..).zip(text.lines()).map(|(number, line)| read(number, line)).collect()
}

fn read(number: usize, line: &str) -> Line {
    let line: Value = serde_json::from_str(line).expect("a line of the sample is JSON");
    let school = |member: &str| line["school"][member].as_str().unwrap_or_default().to_owned();
    Line {
        number,
        phase: school("phase"),
        kind: school("kind"),
        request: line["request"].clone(),
        expect: line["expect"].clone(),
    }
}
