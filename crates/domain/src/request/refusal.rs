//! Why the rules say no. A refusal is an answer, not an error: nothing is broken.

use super::Status;
use crate::ids::{PanelId, ServiceSlug};
use crate::school::Closed;

/// Why something cannot be done to a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such request.
    #[error("there is no such request")]
    NotReceived,
    /// The id is taken.
    #[error("a request with this id was already received")]
    AlreadyReceived,
    /// The school is not in the directory.
    #[error("the school is not in the directory")]
    UnknownSchool,
    /// The school had ended by then.
    #[error("the school {0}")]
    SchoolClosed(Closed),
    /// It has ended.
    #[error("the request is closed; reopen it first")]
    Closed,
    /// It has not ended.
    #[error("the request is not closed")]
    NotClosed,
    /// Not where it stands now.
    #[error("it cannot be {verb} while its status is `{status}`")]
    NotNow {
        /// What would have been done to it.
        verb: &'static str,
        /// Where it stands.
        status: Status,
    },
    /// The directory has no such service.
    #[error("the directory has no service “{0}”")]
    UnknownService(ServiceSlug),
    /// There is no such panel.
    #[error("there is no panel “{0}”")]
    UnknownPanel(PanelId),
    /// It is with another service.
    #[error("the request is with the service “{service}”")]
    AnotherService {
        /// Which.
        service: ServiceSlug,
    },
    /// It is already with this service.
    #[error("the request is already with the service “{0}”")]
    AlreadyWithService(ServiceSlug),
    /// It is already in a panel's queue.
    #[error("the request is already with a panel")]
    AlreadyWithPanel,
    /// The service took it on.
    #[error("the service has already accepted the request")]
    AlreadyAccepted,
    /// The service has not taken it on.
    #[error("the service has not accepted the request yet")]
    NotAccepted,
    /// Asking nothing, advising nothing.
    #[error("there is nothing in it: say something")]
    NothingSaid,
    /// A decline, an overrule or a panel's decision without its reason.
    #[error("{0} needs a reason: a code and a text")]
    ReasonRequired(&'static str),
    /// The survivor of a merge must be another request.
    #[error("a request cannot be merged into itself")]
    IntoItself,
    /// The survivor of a merge has ended.
    #[error("the request to merge into is closed; reopen it first")]
    SurvivorClosed,
    /// No school may see what another one asked.
    #[error(
        "the requests are of different schools, and neither may see the other's: \
         link the children instead, and let both requests go on"
    )]
    OtherSchool,
    /// Not about the same child, as far as anybody said.
    #[error("the requests are not about the same child; link the children first")]
    NotTheSame,
    /// The law's clock runs for the one that would end.
    #[error("a statutory clock runs for this request only: merge the other one into it")]
    LosesStatutoryClock,
    /// A decline without the criteria.
    #[error("a decline names the criteria that are not met")]
    CriteriaRequired,
}
