//! Terms of reference as somebody writes them, whole: what is left out is not said any more.

use crate::form::{Faults, Form, code, date, list, money, number, text, via};
use domain::codes::Support;
use domain::desk::Desk;
use domain::ids::{AccountId, PanelId, SchoolId, ServiceSlug, Urn};
use domain::panel::{
    Cycle, DecidesBy, Member, MemberRole, MinutesFor, Panel, PanelFault, Quorum, Standing,
};
use jiff::civil::Time;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

const MOST_MEMBERS: usize = 60;
/// A million pounds: nobody's word is asked for more only.
const MOST_PENCE: i64 = 100_000_000;

/// A panel's terms of reference, whole.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"name": "Sensory and physical panel", "area": "sensory_physical",
    "cycle": {"first_on": "2026-01-07", "every_weeks": 4, "starts": "09:30"},
    "chair_role": "education_adviser", "chair": "ruth-cole",
    "membership_roles": ["education_adviser", "school_leader", "health"],
    "members": [{"account": "ruth-cole", "role": "education_adviser"},
        {"account": "tom-hale", "role": "school_leader", "school_urn": "126512"}],
    "quorum": {"total": 2, "roles": {"school_leader": 1}},
    "papers_due_working_days_before": 5, "minutes_available": 180,
    "can_grant": ["funding", "outreach", "equipment"],
    "ratify_above": {"pence": 1_000_000}, "ratified_by": "demo-panel"}))]
pub(crate) struct TermsBody {
    /// As in the address, if it is said at all.
    id: Option<String>,
    #[schema(max_length = 120)]
    name: String,
    /// `cognition_learning communication_interaction semh sensory_physical other`.
    area: String,
    cycle: CycleBody,
    /// One of the membership roles: what a chair must be.
    chair_role: String,
    /// Who chairs, by account: a member of that role.
    chair: Option<String>,
    /// Who chairs when the chair does not: a member.
    vice_chair: Option<String>,
    /// Who calls its meetings and sends out its papers, without a vote.
    manager: Option<String>,
    /// `education_adviser educational_psychologist school_leader senco service_manager health
    /// social_care sen_lead`.
    membership_roles: Vec<String>,
    #[schema(max_items = 60)]
    members: Option<Vec<PanelMemberBody>>,
    quorum: QuorumBody,
    #[schema(minimum = 0, maximum = 60)]
    papers_due_working_days_before: u32,
    #[schema(minimum = 15, maximum = 480)]
    minutes_available: u16,
    minutes_for: Option<MinutesForBody>,
    /// As in a request's `support_sought`.
    can_grant: Vec<String>,
    /// `decides` or `advises`; `decides` when left out.
    standing: Option<String>,
    /// `consensus` or `majority`; `consensus` when left out.
    decides_by: Option<String>,
    /// The cost of a package above which the officer ratifies it.
    ratify_above: Option<AmountBody>,
    /// The officer, by account.
    ratified_by: Option<String>,
}

/// When a panel meets.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(as = PanelCycleBody)]
pub(crate) struct CycleBody {
    #[schema(format = Date)]
    first_on: String,
    #[schema(minimum = 1, maximum = 52)]
    every_weeks: u8,
    #[schema(example = "09:30")]
    starts: String,
}

/// Somebody appointed.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct PanelMemberBody {
    account: String,
    role: String,
    /// The school they work for.
    school_urn: Option<String>,
    /// The service they work for.
    service: Option<String>,
}

/// Who must be in the room.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct QuorumBody {
    total: u8,
    roles: Option<BTreeMap<String, u8>>,
}

/// How long an item takes, by its depth, in minutes; 3, 15 and 30 when left out.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct MinutesForBody {
    consent: u16,
    standard: u16,
    in_depth: u16,
}

/// An amount of money.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AmountBody {
    #[schema(minimum = 0, maximum = 100_000_000)]
    pence: i64,
}

/// Reads them, with every fault that they have: also that accounts, schools and services are
/// those of this county. `known` says who could show a key.
pub(super) fn terms(
    body: &Value,
    id: &PanelId,
    desk: &Desk,
    known: &impl Fn(&AccountId) -> bool,
    faults: &mut Faults,
) -> Option<Panel> {
    let panel = read(body, id, &Known { desk, known }, faults)?;
    for PanelFault { at, says } in panel.faults() {
        faults.say(&format!("/{at}"), says);
    }
    Some(panel)
}

/// What a county has.
struct Known<'a, F> {
    desk: &'a Desk,
    known: &'a F,
}

impl<F: Fn(&AccountId) -> bool> Known<'_, F> {
    fn account(&self, value: &Value, at: &str, faults: &mut Faults) -> Option<AccountId> {
        via(value, at, faults, |text| {
            let account: AccountId = text.parse().map_err(|error| format!("{error}"))?;
            if (self.known)(&account) {
                Ok(account)
            } else {
                Err("nobody has this account".to_owned())
            }
        })
    }

    fn school(&self, value: &Value, at: &str, faults: &mut Faults) -> Option<SchoolId> {
        via(value, at, faults, |text| {
            let urn: Urn = text.parse().map_err(|error| format!("{error}"))?;
            let found = self.desk.school_by_urn(&urn).map(|(id, _)| id);
            found.ok_or_else(|| "there is no school with this URN".to_owned())
        })
    }

    fn service(&self, value: &Value, at: &str, faults: &mut Faults) -> Option<ServiceSlug> {
        via(value, at, faults, |text| {
            let slug: ServiceSlug = text.parse().map_err(|error| format!("{error}"))?;
            if self.desk.services.contains_key(&slug) {
                Ok(slug)
            } else {
                Err("there is no such service".to_owned())
            }
        })
    }

    fn member(&self, value: &Value, at: &str, faults: &mut Faults) -> Option<Member> {
        let mut form = Form::of(value, at, faults)?;
        let account = form.required("account", faults, |value, at, it| self.account(value, at, it));
        let role = form.required("role", faults, code);
        let school =
            form.optional("school_urn", faults, |value, at, it| self.school(value, at, it));
        let service = form.optional("service", faults, |value, at, it| self.service(value, at, it));
        form.done(faults);
        Some(Member { account: account?, role: role?, school, service })
    }
}

fn read<F: Fn(&AccountId) -> bool>(
    body: &Value,
    id: &PanelId,
    known: &Known<'_, F>,
    faults: &mut Faults,
) -> Option<Panel> {
    let mut form = Form::of(body, "", faults)?;
    let said: Option<PanelId> = form.optional("id", faults, code);
    if said.is_some_and(|said| said != *id) {
        faults.say("/id", format!("the address says “{id}”"));
    }
    let account = |value: &_, at: &_, it: &mut _| known.account(value, at, it);
    let roles = MemberRole::ALL.len();
    let name = form.required("name", faults, text(120));
    let area = form.required("area", faults, code);
    let cycle = form.required("cycle", faults, cycle);
    let chair_role = form.required("chair_role", faults, code);
    let chair = form.optional("chair", faults, account);
    let vice_chair = form.optional("vice_chair", faults, account);
    let manager = form.optional("manager", faults, account);
    let membership_roles = form.required("membership_roles", faults, list(roles, code));
    let member = |value: &_, at: &str, it: &mut _| known.member(value, at, it);
    let members = form.list("members", MOST_MEMBERS, faults, member);
    let quorum = form.required("quorum", faults, quorum);
    let papers = form.required("papers_due_working_days_before", faults, number(0, 60));
    let minutes_available = form.required("minutes_available", faults, number(15, 480));
    let minutes_for = form.optional("minutes_for", faults, minutes_for).unwrap_or_default();
    let can_grant = form.required("can_grant", faults, list(Support::ALL.len(), code));
    let standing = form.optional("standing", faults, code).unwrap_or(Standing::Decides);
    let decides_by = form.optional("decides_by", faults, code).unwrap_or(DecidesBy::Consensus);
    let ratify_above = form.optional("ratify_above", faults, money(MOST_PENCE));
    let ratified_by = form.optional("ratified_by", faults, account);
    form.done(faults);
    Some(Panel {
        id: id.clone(),
        name: name?,
        area: area?,
        cycle: cycle?,
        chair_role: chair_role?,
        chair,
        vice_chair,
        manager,
        membership_roles: membership_roles?,
        members,
        quorum: quorum?,
        papers_due_working_days_before: papers?,
        minutes_available: minutes_available?,
        minutes_for,
        can_grant: can_grant?,
        standing,
        decides_by,
        ratify_above,
        ratified_by,
    })
}

fn cycle(value: &Value, at: &str, faults: &mut Faults) -> Option<Cycle> {
    let mut form = Form::of(value, at, faults)?;
    let first_on = form.required("first_on", faults, date);
    let every_weeks = form.required("every_weeks", faults, number(1, 52));
    let starts = form.required("starts", faults, time);
    form.done(faults);
    Some(Cycle { first_on: first_on?, every_weeks: every_weeks?, starts: starts? })
}

fn time(value: &Value, at: &str, faults: &mut Faults) -> Option<Time> {
    via(value, at, faults, |text| {
        let time = (5..=8).contains(&text.len()).then(|| text.parse().ok()).flatten();
        time.ok_or_else(|| "a time of the clock, written 09:30".to_owned())
    })
}

fn quorum(value: &Value, at: &str, faults: &mut Faults) -> Option<Quorum> {
    let mut form = Form::of(value, at, faults)?;
    let total = form.required("total", faults, number(1, 60));
    let roles = form.optional("roles", faults, of_roles).unwrap_or_default();
    form.done(faults);
    Some(Quorum { total: total?, roles })
}

/// How many of each role: `{"school_leader": 1}`.
fn of_roles(value: &Value, at: &str, faults: &mut Faults) -> Option<BTreeMap<MemberRole, u8>> {
    let Value::Object(roles) = value else {
        faults.say(at, "an object of roles, in braces");
        return None;
    };
    let read = roles.iter().filter_map(|(name, count)| {
        let shown: String = name.chars().take(60).collect();
        let at = format!("{at}/{}", shown.replace('~', "~0").replace('/', "~1"));
        let role = name.parse().map_err(|error| faults.say(&at, format!("{error}"))).ok();
        let count = number(1, 60)(count, &at, faults);
        Some((role?, count?))
    });
    Some(read.collect())
}

fn minutes_for(value: &Value, at: &str, faults: &mut Faults) -> Option<MinutesFor> {
    let mut form = Form::of(value, at, faults)?;
    let [consent, standard, in_depth] = ["consent", "standard", "in_depth"]
        .map(|depth| form.required(depth, faults, number(1, 480)));
    form.done(faults);
    Some(MinutesFor { consent: consent?, standard: standard?, in_depth: in_depth? })
}
