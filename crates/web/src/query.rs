//! Reading a query string, so that every fault in it is found at once.

use crate::problem::{Fault, Problem};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::calendar::london;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use std::fmt::Display;
use std::str::FromStr;

/// The most items of a page.
const MOST_ITEMS: u64 = 200;
/// The items of a page when nothing is said.
const USUAL_ITEMS: u64 = 50;

/// The parameters of a question, being read.
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    asked: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl Query {
    /// A text as it was sent. Empty, it is left out.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        self.sent(name).filter(|value| !value.is_empty())
    }

    /// A parameter as it was sent. Sent twice, it is a fault. An empty one is there: a filter that
    /// a program forgot to fill in is no wish for everything.
    fn sent(&mut self, name: &'static str) -> Option<String> {
        self.asked.push(name);
        let mut values = self.pairs.iter().filter(|(key, _)| key == name);
        let value = values.next().map(|(_, value)| value.clone());
        if values.next().is_some() {
            self.say(name, "this may be given once");
        }
        value
    }

    /// Whether a parameter was sent, and says something.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(key, value)| key == name && !value.is_empty())
    }

    /// Whether a parameter is nothing but digits.
    pub(crate) fn digits(&self, name: &str) -> bool {
        let is = |value: &str| !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit());
        self.pairs.iter().any(|(key, value)| key == name && is(value))
    }

    /// A parameter that means something.
    pub(crate) fn read<T: FromStr<Err: Display>>(&mut self, name: &'static str) -> Option<T> {
        let text = self.sent(name)?;
        text.parse().map_err(|error: T::Err| self.say(name, &error.to_string())).ok()
    }

    /// An instant, or a date that stands for its first instant in London.
    pub(crate) fn instant(&mut self, name: &'static str) -> Option<Timestamp> {
        self.moment(name, Some)
    }

    /// An instant up to which, or a date that is itself included.
    pub(crate) fn until(&mut self, name: &'static str) -> Option<Timestamp> {
        self.moment(name, |date| date.tomorrow().ok())
    }

    fn moment(
        &mut self,
        name: &'static str,
        midnight_of: impl FnOnce(Date) -> Option<Date>,
    ) -> Option<Timestamp> {
        let text = self.sent(name)?;
        let midnight =
            |date: Date| Some(london::instant(midnight_of(date)?.to_datetime(Time::midnight())));
        let dated = || text.parse().ok().filter(|_| text.len() == 10).and_then(midnight);
        let moment = text.parse().ok().or_else(dated);
        if moment.is_none() {
            self.say(name, "an instant, written 2026-11-23T09:30:00Z, or a date");
        }
        moment
    }

    /// A number within bounds, or what is usual.
    pub(crate) fn number(&mut self, name: &'static str, usual: u64, most: u64) -> u64 {
        let Some(text) = self.sent(name) else { return usual };
        let number = text.parse().ok().filter(|number| *number <= most);
        number.unwrap_or_else(|| {
            self.say(name, &format!("a whole number from 0 to {most}"));
            usual
        })
    }

    /// A number that must be there.
    pub(crate) fn needed(&mut self, name: &'static str) -> u64 {
        let text = self.text(name);
        let number = text.as_deref().and_then(|text| text.parse().ok());
        number.unwrap_or_else(|| {
            let missing = text.is_none();
            self.say(name, if missing { "this is required" } else { "a whole number" });
            0
        })
    }

    /// `limit`: how many items a page has.
    pub(crate) fn limit(&mut self) -> usize {
        usize::try_from(self.count("limit", USUAL_ITEMS, MOST_ITEMS)).unwrap_or(1)
    }

    /// How many of something: at least one.
    pub(crate) fn count(&mut self, name: &'static str, usual: u64, most: u64) -> u64 {
        let count = self.number(name, usual, most);
        if count == 0 {
            self.say(name, "at least 1");
        }
        count
    }

    /// `at_least`: the position that the answer must know of.
    pub(crate) fn at_least(&mut self) -> u64 {
        self.number("at_least", 0, u64::MAX)
    }

    pub(crate) fn say(&mut self, name: &str, detail: &str) {
        self.faults.push(Fault { pointer: name.to_owned(), detail: detail.to_owned() });
    }

    /// Ends the reading: whatever was not asked for is unknown.
    pub(crate) fn done(mut self) -> Result<(), Problem> {
        let unknown = self.pairs.iter().filter(|(name, _)| !self.asked.contains(&name.as_str()));
        let known = self.asked.join(", ");
        let detail = format!("there is no such parameter here; there are: {known}");
        let name = |name: &str| name.chars().take(60).collect();
        let unknown: Vec<_> =
            unknown.map(|(key, _)| Fault { pointer: name(key), detail: detail.clone() }).collect();
        self.faults.extend(unknown);
        if self.faults.is_empty() { Ok(()) } else { Err(Problem::invalid(self.faults)) }
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let axum::extract::Query(pairs) =
            axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
                .map_err(|_| Problem::unreadable("The query string cannot be read."))?;
        Ok(Self { pairs, asked: Vec::new(), faults: Vec::new() })
    }
}
