//! What a page asks of the API: by name, at once, and as whoever came.
//!
//! A question may lead on from the answer to another: `/children/{request.child.id}` is asked
//! when `request` has been answered. An answer's `ETag` stands under `etags`, by the same
//! name, for a form that must not undo what somebody else did meanwhile.
//!
//! And a question may be asked once for each of a list in an answer.

mod each;

use crate::api::Answer;
use crate::faults::Faults;
use crate::look::House;
use crate::place::{self, Answers, Pairs, Params};
use crate::times;
use crate::visit::Visit;
use axum::http::{HeaderValue, StatusCode, header};
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

/// Whoever asks, and for which page.
#[derive(Clone, Copy)]
pub(crate) struct Asker<'a> {
    pub(crate) house: &'a House,
    pub(crate) visit: Option<&'a Visit>,
    /// What the page's address names.
    pub(crate) params: &'a Params,
    /// What else it says.
    pub(crate) query: &'a Pairs,
}

impl Asker<'_> {
    /// Asks all of it.
    pub(crate) async fn all(self, asks: &'static [Ask]) -> Asked {
        let asks = asks.iter().filter(|ask| self.may(ask));
        let (each, once): (Vec<_>, Vec<_>) = asks.partition(|ask| ask.each.is_some());
        let (later, first): (Vec<_>, Vec<_>) =
            once.into_iter().partition(|ask| place::leads_on(ask.path));
        let today = json!({"date": times::date(&(self.house.now)().to_string())});
        let (mut answers, mut beside) = (Answers::from([("today", today)]), Beside::default());
        for round in [first, later] {
            answers.extend(self.at_once(round, &answers, &mut beside).await?);
        }
        for ask in each {
            let says = each::of_each(ask, self, &answers).await?;
            answers.insert(ask.name, says);
        }
        answers.insert("etags", Value::Object(beside.versions));
        Ok((answers, beside.faults))
    }

    fn may(self, ask: &Ask) -> bool {
        let allowed = match ask.need {
            Need::Must => true,
            Need::May(operation) => self.visit.is_some_and(|visit| visit.may.contains(operation)),
            Need::As(role) => self.visit.is_some_and(|visit| visit.is(role)),
        };
        allowed && ask.once_said.is_none_or(|name| place::says(self.query, name))
    }

    /// Asks one of them, if what is known fills its address.
    async fn one(self, ask: &Ask, known: &Answers) -> Option<Answer> {
        let path = place::fill(ask.path, self.params, self.visit, known)?;
        let path = place::with_query(&path, self.query, ask.passed);
        let headers = self.visit.map(|visit| visit.headers.clone()).unwrap_or_default();
        Some(self.house.api.read(&path, &headers).await)
    }

    async fn at_once(
        self,
        asks: Vec<&'static Ask>,
        known: &Answers,
        beside: &mut Beside,
    ) -> Result<Answers, StatusCode> {
        let questions =
            asks.into_iter().map(|ask| async move { (ask, self.one(ask, known).await) });
        let mut answers = Answers::new();
        for (ask, answer) in join_all(questions).await {
            answers.insert(ask.name, beside.heard(ask, answer)?);
        }
        Ok(answers)
    }
}

/// What is heard beside the answers.
#[derive(Default)]
struct Beside {
    /// Their versions, by the names of the questions.
    versions: Map<String, Value>,
    /// What was wrong with the page's query.
    faults: Faults,
}

impl Beside {
    /// What an answer says: nothing, where it may say nothing.
    fn heard(&mut self, ask: &Ask, answer: Option<Answer>) -> Result<Value, StatusCode> {
        let answer = answer.unwrap_or_else(Answer::nowhere);
        if let Some(Ok(version)) = answer.headers.get(header::ETAG).map(HeaderValue::to_str) {
            self.versions.insert(ask.name.to_owned(), version.into());
        }
        match answer.status {
            status if status.is_success() => Ok(answer.says),
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
                self.faults.add(Faults::of(&answer.says));
                Ok(Value::Null)
            }
            status if status.is_server_error() => Err(StatusCode::SERVICE_UNAVAILABLE),
            StatusCode::TOO_MANY_REQUESTS => Err(answer.status),
            _ if ask.need != Need::Must => Ok(Value::Null),
            _ => Err(StatusCode::NOT_FOUND),
        }
    }
}
