//! A request as it is shown, and the opening of what is sealed about it.
//!
//! Names and words are opened only for who may see them, and only after the access is on
//! record. For everybody else, and after an erasure, they are null.

use super::owed::OwedShown;
use crate::access::Reach;
use crate::answer::Duty;
use crate::app::{App, Permit};
use crate::problem::Problem;
use domain::calendar::Calendar;
use domain::codes::{About, Support};
use domain::ids::{ChildId, TeamId};
use domain::need::{Area, Need};
use domain::personal::{Identity, Particulars, Personal, Receipt, Words};
use domain::request::Status;
use domain::triage::Route;
use engine::{Opened, SealedBox};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use views::{Item, Scope};

/// A request as one line of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Line {
    id: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    #[schema(value_type = String, example = "with_service")]
    status: Status,
    /// Whether it is the school's turn: to answer, or to choose.
    waits_for_school: bool,
    #[schema(example = "900001")]
    school_urn: String,
    school_name: Option<String>,
    #[schema(value_type = String, example = "child")]
    about: About,
    child: Option<ChildShown>,
    #[schema(value_type = Option<String>, example = "HI")]
    primary_need: Option<Need>,
    #[schema(value_type = Option<String>, example = "sensory_physical")]
    area: Option<Area>,
    #[schema(value_type = Vec<String>)]
    support_sought: Vec<Support>,
    #[schema(value_type = Option<Object>)]
    route: Option<Route>,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    /// By when the school hears from us; null while we wait for the school.
    #[schema(value_type = Option<String>, format = DateTime)]
    respond_by: Option<Timestamp>,
    /// The promise that matters now.
    owed: Option<OwedShown>,
    duty: Duty,
    /// For `If-Match`.
    version: u32,
}

/// When a line is read, and by which calendar its time is counted.
#[derive(Clone, Copy)]
pub(crate) struct Today<'a> {
    pub(crate) now: Timestamp,
    pub(crate) calendar: &'a Calendar,
}

/// A child, as far as the reader may know who it is.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct ChildShown {
    /// The pseudonym.
    id: Uuid,
    given_name: Option<String>,
    family_name: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    date_of_birth: Option<Date>,
    upn: Option<String>,
    home_postcode: Option<String>,
    /// The child was erased: nobody can know who it was.
    erased: bool,
}

/// What was sealed about one request, as far as it could be opened.
#[derive(Default)]
pub(crate) struct Unsealed {
    pub(crate) identity: Option<Identity>,
    pub(crate) particulars: Option<Particulars>,
}

impl ChildShown {
    /// What is known of who it is, each with its name; `None` when nothing is.
    pub(crate) fn known(&self) -> Option<Vec<(&'static str, String)>> {
        let name = [self.given_name.as_deref()?, self.family_name.as_deref()?].join(" ");
        let born = self.date_of_birth.map(crate::prose::day);
        let facts = [
            ("Name", Some(name)),
            ("Date of birth", born),
            ("Unique pupil number", self.upn.clone()),
            ("Postcode", self.home_postcode.clone()),
        ];
        Some(facts.into_iter().filter_map(|(name, fact)| Some((name, fact?))).collect())
    }

    pub(crate) fn of(child: ChildId, identity: Option<Identity>, erased: bool) -> Self {
        let Some(identity) = identity else {
            return Self { id: child.0, erased, ..Self::default() };
        };
        Self {
            id: child.0,
            given_name: Some(identity.given_name),
            family_name: Some(identity.family_name),
            date_of_birth: Some(identity.date_of_birth),
            upn: identity.upn.map(String::from),
            home_postcode: identity.home_postcode,
            erased,
        }
    }
}

impl Line {
    pub(crate) fn of(item: &Item, identity: Option<Identity>, today: &Today<'_>) -> Self {
        let Today { now, calendar } = *today;
        let erased = item.child_erased;
        Self {
            id: item.id.0,
            reference: item.reference.clone(),
            status: item.status,
            waits_for_school: item.waits_for_school,
            school_urn: item.urn.to_string(),
            school_name: item.school_name.clone(),
            about: item.about,
            child: item.child.map(|child| ChildShown::of(child, identity, erased)),
            primary_need: item.primary_need,
            area: item.area,
            support_sought: item.support_sought.clone(),
            route: item.route.clone(),
            received_at: item.received_at,
            respond_by: item.respond_by,
            owed: item.owed.as_ref().map(|owed| OwedShown::of(owed, now, calendar)),
            duty: Duty {
                team: TeamId::front_door().to_string(),
                adviser: item.adviser.as_ref().map(ToString::to_string),
                rota_version: item.rota_version,
            },
            version: item.version,
        }
    }
}

impl Permit {
    /// Whose requests an answer may be about.
    pub(crate) fn scope(&self) -> Scope {
        self.scope_of(self.reach)
    }

    /// Whose requests lie within a reach of this caller.
    pub(crate) fn scope_of(&self, reach: Reach) -> Scope {
        match reach {
            Reach::No => Scope::Nothing,
            Reach::OwnSchool => self.caller.school().map_or(Scope::Nothing, Scope::School),
            Reach::OwnService => {
                self.caller.service().cloned().map_or(Scope::Nothing, Scope::Service)
            }
            Reach::OwnLead => self.caller.service().cloned().map_or(Scope::Nothing, Scope::Lead),
            Reach::Panels => Scope::Panels(self.caller.panels().clone()),
            Reach::All | Reach::Nameless => Scope::All,
        }
    }

    /// Opens boxes for this caller, if it may see names, after recording that it does.
    pub(crate) async fn open(
        &self,
        app: &App,
        boxes: Vec<SealedBox>,
    ) -> Result<Vec<Option<Personal>>, Problem> {
        if !self.reach.names() {
            return Ok(boxes.iter().map(|_| None).collect());
        }
        let who = (self.caller.id().as_str(), self.caller.role().code());
        let (operation, why) = self.doing();
        let opened = app.engine.open(who, (operation, &why), &boxes).await?;
        let read = opened.into_iter().map(|opened| match opened {
            Opened::Personal(personal) => Some(personal),
            Opened::Erased => None,
        });
        Ok(read.collect())
    }
}

/// Who a child is, if that is what was in the box.
pub(crate) fn identity(personal: Option<Personal>) -> Option<Identity> {
    if let Some(Personal::Child(identity)) = personal { Some(identity) } else { None }
}

/// Who asks and in which words, if that is what was in the box.
pub(crate) fn particulars(personal: Option<Personal>) -> Option<Particulars> {
    if let Some(Personal::Request(particulars)) = personal { Some(*particulars) } else { None }
}

/// What another authority says, if that is what was in the box.
pub(crate) fn receipt(personal: Option<Personal>) -> Option<Receipt> {
    if let Some(Personal::Receipt(receipt)) = personal { Some(receipt) } else { None }
}

/// Words, if that is what was in the box.
pub(crate) fn words(personal: Option<Personal>) -> Option<Words> {
    if let Some(Personal::Words(words)) = personal { Some(words) } else { None }
}
