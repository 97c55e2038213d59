//! The county's published files, as the journeys read them.

use serde_json::Value;

macro_rules! county_file {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/frontdoor/county/", $name))
    };
}

/// The triage criteria.
#[must_use]
pub fn ruleset() -> Value {
    parse(county_file!("ruleset-triage.json"))
}

/// The bank holidays of England and Wales, as `YYYY-MM-DD`.
#[must_use]
pub fn bank_holidays() -> Vec<String> {
    let file = parse(county_file!("bank-holidays.json"));
    let days = file["england-and-wales"]["events"].as_array().expect("a list of days").iter();
    days.map(|day| day["date"].as_str().expect("a date").to_owned()).collect()
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("a file of the county is JSON")
}
