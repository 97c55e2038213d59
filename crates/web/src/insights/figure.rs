//! A number of a figure, as a question says it: with the parameters of the figure itself, the key
//! of a row, and which of the row's numbers it is.

use super::{asked, days, flow, spend};
use crate::access::Operation;
use crate::query::Query;
use domain::ids::ServiceSlug;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::str::FromStr;
use utoipa::IntoParams;
use views::{BehindRow, Counted, Feedback, FeedbackBy, Figure, FlowOf, Gaps};

/// Which number; and the figure's own parameters, which it reads as the figure does.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct FigureQuery {
    /// The row of this key, as the figure gives it; of gaps, the area of need. `none`: the row
    /// without a key. Every row when left out.
    key: Option<String>,
    /// Which of the row's numbers: of `response-times`, `kept`, `breached`, `running` or
    /// `answered`; of `feedback`, `quick_yes`, `quick_partly`, `quick_no`, `helped_yes` and so on;
    /// of `gaps`, the services with commas between; of `flow`, `received` (when left out),
    /// `answered`, `closed`, `reopened`, `open`, or where it was at the end. All that the row
    /// counts when left out.
    of: Option<String>,
    /// From this day on (not of `spend`).
    from: Option<String>,
    /// To this day (not of `spend`).
    to: Option<String>,
    /// How the figure groups (not of `gaps`).
    group_by: Option<String>,
    /// Only this promise (of `response-times`).
    promise: Option<String>,
    /// From this financial year on (of `spend`).
    from_year: Option<i16>,
    /// Up to this financial year (of `spend`).
    to_year: Option<i16>,
}

/// The figure of this name as it is asked for, with the row; `None`: there is none.
pub(crate) fn named(name: &str, query: &mut Query, now: Timestamp) -> Option<(Figure, BehindRow)> {
    let figure = match name {
        "response-times" => Figure::ResponseTimes(asked(query, now), query.read("of")),
        "feedback" => {
            let (from, to) = days(query, now);
            let group_by = query.read("group_by").unwrap_or(FeedbackBy::Service);
            Figure::Feedback(Feedback { from, to, group_by }, query.read("of"))
        }
        "gaps" => {
            let (from, to) = days(query, now);
            let between = query.read::<Services>("of").map(|services| services.0);
            Figure::Gaps(Gaps { from, to }, between)
        }
        "spend" => Figure::Spend(spend::asked(query, now)),
        "flow" => {
            let of = query.read("of").unwrap_or(FlowOf::All(Counted::Received));
            Figure::Flow(flow::asked(query, now), of)
        }
        _ => return None,
    };
    let row = match query.text("key").as_deref() {
        None => BehindRow::Any,
        Some("none") => BehindRow::OfNone,
        Some(key) => BehindRow::Of(key.to_owned()),
    };
    Some((figure, row))
}

/// The operation that reads the figure itself, which says whose requests it counts.
pub(crate) const fn read_by(figure: &Figure) -> Operation {
    match figure {
        Figure::ResponseTimes(..) => Operation::ReadResponseTimes,
        Figure::Feedback(..) => Operation::ReadFeedback,
        Figure::Gaps(..) => Operation::ReadCriteriaGaps,
        Figure::Spend(..) => Operation::ReadSpend,
        Figure::Flow(..) => Operation::ReadFlow,
    }
}

/// Services, with commas between.
struct Services(BTreeSet<ServiceSlug>);

impl FromStr for Services {
    type Err = <ServiceSlug as FromStr>::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split(',').map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}
