//! What a page asks of the API: by name, at once, and as whoever came.
//!
//! A question may lead on from the answer to another: `/children/{request.child.id}` is asked
//! when `request` has been answered. An answer's `ETag` stands under `etags`, by the same
//! name, for a form that must not undo what somebody else did meanwhile.
//!
//! And a question may be asked once for each of a list in an answer.

mod each;

use crate::faults::Faults;
use crate::look::House;
use crate::page::Told;
use crate::place::{self, Answers};
use crate::times;
use crate::visit::Visit;
use axum::http::{StatusCode, header};
use futures::future::join_all;
use serde_json::{Map, Value, json};

/// Something that a page asks of the API.
#[derive(Debug)]
pub(crate) struct Ask {
    /// As which the template knows it.
    pub(crate) name: &'static str,
    /// Where it stands in the API.
    pub(crate) path: &'static str,
    /// What of the page's own query is passed on.
    pub(crate) passed: &'static [&'static str],
    /// Whether the page is nothing without it.
    pub(crate) need: Need,
    /// Asked only of a page whose own query says this.
    pub(crate) once_said: Option<&'static str>,
    /// The list in another answer, for each of which it is asked: `meeting.items`.
    pub(crate) each: Option<&'static str>,
}

/// Whether a page is nothing without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Who may not have it may not see that there is such a page.
    Must,
    /// Who may do this operation of the API's table is shown it. Nobody else asks: a question
    /// that is refused is told to whoever watches the door.
    May(&'static str),
    /// Who has this role is shown it, and nobody else asks.
    As(&'static str),
}

/// What a page must have.
pub(crate) const fn must(name: &'static str, path: &'static str) -> Ask {
    Ask { name, path, passed: &[], need: Need::Must, once_said: None, each: None }
}

/// What a page shows to whom it may.
pub(crate) const fn may(name: &'static str, path: &'static str, operation: &'static str) -> Ask {
    Ask { name, path, passed: &[], need: Need::May(operation), once_said: None, each: None }
}

/// What a page shows to those of one role, who may ask for it.
pub(crate) const fn for_role(name: &'static str, path: &'static str, role: &'static str) -> Ask {
    Ask { need: Need::As(role), ..must(name, path) }
}

impl Ask {
    /// Only once the page's query says this: nothing is looked up before somebody has said what.
    pub(crate) const fn once_said(mut self, name: &'static str) -> Self {
        self.once_said = Some(name);
        self
    }

    /// With these of the page's query.
    pub(crate) const fn with(mut self, passed: &'static [&'static str]) -> Self {
        self.passed = passed;
        self
    }

    /// Once for each of a list in another answer, which its path names as `{each.…}`: the
    /// answers stand in the list's order, with nothing where there is none.
    pub(crate) const fn for_each(mut self, list: &'static str) -> Self {
        self.each = Some(list);
        self
    }
}

/// Answers to all that a page asked, by name; a list of faults, when its query had some; or how
/// it failed.
type Asked = Result<(Answers, Faults), StatusCode>;

/// Asks all of it.
pub(crate) async fn all(
    asks: &'static [Ask],
    house: &House,
    visit: Option<&Visit>,
    told: &Told<'_>,
) -> Asked {
    let may = |operation: &str| visit.is_some_and(|visit| visit.may.contains(operation));
    let asks = asks.iter().filter(|ask| match ask.need {
        Need::Must => true,
        Need::May(operation) => may(operation),
        Need::As(role) => visit.is_some_and(|visit| visit.is(role)),
    });
    let asks = asks.filter(|ask| ask.once_said.is_none_or(|name| place::says(&told.query, name)));
    let (each, once): (Vec<_>, Vec<_>) = asks.partition(|ask| ask.each.is_some());
    let (later, first): (Vec<_>, Vec<_>) =
        once.into_iter().partition(|ask| place::leads_on(ask.path));
    let today = json!({"date": times::date(&(house.now)().to_string())});
    let (mut answers, mut beside) = (Answers::from([("today", today)]), Beside::default());
    for round in [first, later] {
        if !round.is_empty() {
            answers.extend(at_once(round, house, visit, (told, &answers), &mut beside).await?);
        }
    }
    for ask in each {
        let says = each::of_each(ask, house, visit, (told, &answers)).await?;
        answers.insert(ask.name, says);
    }
    answers.insert("etags", Value::Object(beside.versions));
    Ok((answers, beside.faults))
}

/// What is heard beside the answers.
#[derive(Default)]
struct Beside {
    /// Their versions, by the names of the questions.
    versions: Map<String, Value>,
    /// What was wrong with the page's query.
    faults: Faults,
}

async fn at_once(
    asks: Vec<&'static Ask>,
    house: &House,
    visit: Option<&Visit>,
    (told, known): (&Told<'_>, &Answers),
    beside: &mut Beside,
) -> Result<Answers, StatusCode> {
    let questions = asks.into_iter().map(|ask| async move {
        let Some(path) = place::fill(ask.path, &told.params, visit, known) else {
            return (ask, None);
        };
        let path = place::with_query(&path, &told.query, ask.passed);
        let headers = visit.map(|visit| visit.headers.clone()).unwrap_or_default();
        (ask, Some(house.api.read(&path, &headers).await))
    });
    let mut answers = Answers::new();
    for (ask, answer) in join_all(questions).await {
        let status = answer.as_ref().map_or(StatusCode::NOT_FOUND, |answer| answer.status);
        let version = answer.as_ref().and_then(|answer| answer.headers.get(header::ETAG));
        if let Some(version) = version.and_then(|version| version.to_str().ok()) {
            beside.versions.insert(ask.name.to_owned(), version.into());
        }
        let says = answer.map(|answer| answer.says).unwrap_or_default();
        let says = match status {
            status if status.is_success() => says,
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
                beside.faults.add(&says);
                Value::Null
            }
            status if status.is_server_error() => return Err(StatusCode::SERVICE_UNAVAILABLE),
            StatusCode::TOO_MANY_REQUESTS => return Err(status),
            _ if ask.need != Need::Must => Value::Null,
            _ => return Err(StatusCode::NOT_FOUND),
        };
        answers.insert(ask.name, says);
    }
    Ok(answers)
}
