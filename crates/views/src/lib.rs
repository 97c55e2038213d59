//! Read models folded from the log into SQLite, and the questions they answer.
//!
//! [`Views`] is a copy of what the log says, in the form in which it is asked for: local to
//! each process, a few milliseconds behind, and disposable. Nothing here is the truth, so
//! whatever is wrong with it (another schema, a damaged file, a log that was restored from a
//! backup) has one cure: it is folded again from the first event, beside the old, and swapped
//! in. `docs/adr/0004-local-read-models.md` says why.
//!
//! - Rows and the position they reach are one transaction; rebuilt equals live, byte for byte.
//! - A request's state is what [`domain::request::Request::evolve`] makes of its timeline.
//! - Every question about requests is asked within a [`Scope`], which is part of its SQL.
//! - Of the directory only names are kept here; the engine's desk answers about the rest.
//! - Personal data stays in its sealed boxes. Nothing here can open one.

mod as_known;
mod behind;
mod clause;
mod column;
#[cfg(test)]
mod county;
mod drafts;
mod dump;
mod error;
mod escalations;
mod feedback;
mod flow;
mod fold;
mod folder;
mod gaps;
mod glass;
mod history;
mod listing;
mod meetings;
mod notices;
mod packages;
mod places;
mod queue;
mod readers;
mod rebuild;
mod refold;
mod requests;
mod response_times;
mod schema;
mod scope;
mod spend;
mod subject_accesses;
mod tail;
#[cfg(test)]
mod tests;
mod timeline;
mod views;
mod words;

pub use as_known::{AsKnown, as_known};
pub use behind::{Behind, BehindRow, Figure, Promised, Said};
pub use drafts::DraftListed;
pub use error::Error;
pub use escalations::{EscalationFilter, EscalationItem};
pub use feedback::{Feedback, FeedbackBy, FeedbackGroup, Verdicts};
pub use flow::{Counted, Flow, FlowBy, FlowOf, FlowPeriod};
pub use gaps::{Gap, Gaps};
pub use glass::GlassItem;
pub use history::History;
pub use listing::{Listing, MOST_ON_A_PAGE, Page};
pub use meetings::{Attended, MeetingFilter, MeetingItem, MeetingState, MemberAttendance};
pub use notices::{NoticeFilter, NoticeItem, NoticeState};
pub use packages::{PackageFilter, PackageItem, PackageSort};
pub use places::{Longest, Place};
pub use queue::{QueueFilter, QueueState, Queued, Standing};
pub use requests::{
    Counts, Detail, Filter, Item, Load, Overdue, Owed, RouteKind, Share, Sort, SortBy, Work,
};
pub use response_times::{Group, GroupBy, ResponseTimes};
pub use scope::Scope;
pub use spend::{Spend, SpendBy, SpendGroup};
pub use subject_accesses::{AccessState, SubjectAccessListed};
pub use timeline::Entry;
pub use views::{Condition, Health, Progress, Replayed, Views};
pub use words::UnknownWord;
