//! Until when the records of a child are kept, in codes and in a sentence.

use crate::app::App;
use crate::problem::Problem;
use crate::prose::day;
use domain::ids::RequestId;
use domain::retention::{Ended, KeptUntil, RecordClass};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Until when the records of a child are kept.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct KeptShown {
    /// The class whose rule keeps it longest; null while a request is open, or when a date of
    /// birth is needed that nobody can read.
    #[schema(value_type = Option<String>, example = "supported")]
    pub(crate) class: Option<RecordClass>,
    /// The day from which the period counts,
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) since: Option<Date>,
    /// and the first day on which it need not be kept any more.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) due_on: Option<Date>,
    #[schema(example = "until 9 April 2042, since a request that led to support is kept so long")]
    pub(crate) says: String,
}

impl KeptShown {
    /// Until when these requests of one child are kept.
    pub(crate) async fn of(
        app: &App,
        requests: &[RequestId],
        born: Option<Date>,
    ) -> Result<Self, Problem> {
        let Some(ended) = all_ended(app, requests).await? else {
            return Ok(Self::unknown("for as long as a request is open, and after it"));
        };
        let desk = app.engine.desk().await?;
        let kept = desk.retention.kept_until(&ended, born).map(Self::until);
        Ok(kept.unwrap_or_else(|| Self::unknown("until a person decides; no rule says when")))
    }

    fn until(kept: KeptUntil) -> Self {
        let KeptUntil { class, since, due_on } = kept;
        let says = format!("until {}, since {} is kept so long", day(due_on), class.says());
        Self { class: Some(class), since: Some(since), due_on: Some(due_on), says }
    }

    fn unknown(says: &str) -> Self {
        Self { class: None, since: None, due_on: None, says: says.to_owned() }
    }
}

/// When each of these ended; `None` when one has not.
pub(crate) async fn all_ended(
    app: &App,
    requests: &[RequestId],
) -> Result<Option<Vec<Ended>>, Problem> {
    let mut all = Vec::with_capacity(requests.len());
    for request in requests {
        match app.engine.ended(*request).await? {
            Some(ended) => all.push(ended),
            None => return Ok(None),
        }
    }
    Ok(Some(all))
}
