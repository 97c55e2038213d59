//! How a request is shown after something was done to it.

use crate::written::Written;
use domain::codes::Missing;
use domain::ids::TeamId;
use domain::request::{Case, Status};
use domain::triage::Route;
use engine::{Configured, Done};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Where a request stands, for whoever just did something to it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Standing {
    #[schema(value_type = String, format = Uuid)]
    id: uuid::Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    #[schema(value_type = String, example = "with_service")]
    status: Status,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    /// By when the school hears from us; null while we wait for the school.
    #[schema(value_type = Option<String>, format = DateTime)]
    respond_by: Option<Timestamp>,
    /// Where it was sent.
    #[schema(value_type = Object, example = json!({"kind": "service", "service": "sensory-support"}))]
    route: Option<Route>,
    duty: Duty,
    /// What must be supplied before anybody may look at it.
    #[schema(value_type = Vec<String>, example = json!([]))]
    missing: Vec<Missing>,
}

/// Who is accountable for a request.
#[derive(Serialize, ToSchema)]
pub(crate) struct Duty {
    /// The team.
    #[schema(example = "front-door")]
    pub(crate) team: String,
    /// The adviser, by account.
    #[schema(example = "amara-okafor")]
    pub(crate) adviser: Option<String>,
    /// The version of the rota that says so.
    pub(crate) rota_version: Option<u32>,
}

impl Standing {
    pub(crate) fn of(case: &Case) -> Self {
        let waiting = case.status() == Status::AwaitingInformation;
        Self {
            id: case.id.0,
            reference: case.id.reference(),
            status: case.status(),
            received_at: case.received_at,
            respond_by: case.respond_by(),
            route: case.route.clone(),
            duty: Duty {
                team: TeamId::front_door().to_string(),
                adviser: case.adviser.as_ref().map(ToString::to_string),
                rota_version: case.rota_version,
            },
            missing: if waiting { case.intake.missing() } else { vec![] },
        }
    }
}

/// The answer to a command that was carried out.
pub(crate) type Answer = Written<Standing>;

impl Answer {
    /// 201, with the address of what was made.
    pub(crate) fn created(done: &Done) -> Self {
        Self::changed(done).at(format!("/api/v1/requests/{}", done.case.id))
    }

    /// 200.
    pub(crate) fn changed(done: &Done) -> Self {
        let Done { case, version, position, replayed } = done;
        let configured = Configured { position: *position, replayed: *replayed };
        Self::now(configured, Some(*version), Standing::of(case))
    }
}
