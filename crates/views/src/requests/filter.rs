//! Which requests a list is of.

use crate::clause::Clause;
use crate::column::nanoseconds;
use crate::words::words;
use domain::ids::{AccountId, ChildId, PanelId, RequestId, ServiceSlug, Urn};
use domain::need::{Area, Need};
use domain::request::Status;
use domain::triage::Route;
use jiff::Timestamp;
use rusqlite::types::Value;

words! {
    /// Kinds of [`Route`].
    RouteKind {
        /// To one service.
        Service = "service";
        /// To a panel.
        Panel = "panel";
        /// To the duty adviser.
        Duty = "duty";
        /// Back to the school.
        Information = "information";
    }
}

impl RouteKind {
    /// The kind of a route.
    #[must_use]
    pub const fn of(route: &Route) -> Self {
        match route {
            Route::Service { .. } => Self::Service,
            Route::Panel { .. } => Self::Panel,
            Route::Duty { .. } => Self::Duty,
            Route::Information { .. } => Self::Information,
        }
    }

    /// The service a route leads to.
    pub(crate) const fn service(route: &Route) -> Option<&ServiceSlug> {
        if let Route::Service { service } = route { Some(service) } else { None }
    }

    /// The panel a route leads to.
    pub(crate) const fn panel(route: &Route) -> Option<&PanelId> {
        if let Route::Panel { panel, .. } = route { Some(panel) } else { None }
    }
}

/// Whether the school should have heard from us by an instant, and has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// Those that are, or those that are not.
    pub is: bool,
    /// At which instant.
    pub at: Timestamp,
}

/// Which requests: those for which everything said holds. Nothing said: all of the scope.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Whether anything is still to be done about it: it is not closed.
    pub open: Option<bool>,
    /// Whether it is the school's turn.
    pub waits_for_school: Option<bool>,
    /// Where it stands.
    pub status: Option<Status>,
    /// The school, by any URN it ever had.
    pub school_urn: Option<Urn>,
    /// The main need.
    pub need: Option<Need>,
    /// The area of the main need.
    pub area: Option<Area>,
    /// Where it was last sent, in kind.
    pub route: Option<RouteKind>,
    /// The service to which it was last sent.
    pub service: Option<ServiceSlug>,
    /// The panel to which it was last sent.
    pub panel: Option<PanelId>,
    /// Who is accountable.
    pub adviser: Option<AccountId>,
    /// Whether an answer is overdue.
    pub overdue: Option<Overdue>,
    /// Whether a promise about it is late, whichever it is.
    pub late: Option<Overdue>,
    /// Whose answer is open and falls due from one instant up to, and with, another.
    pub respond_between: Option<(Timestamp, Timestamp)>,
    /// Whether anybody was ever warned that a promise about it would soon be due.
    pub warned: Option<bool>,
    /// Whether anything about it was ever escalated.
    pub escalated: Option<bool>,
    /// The whole reference, in capitals or not.
    pub reference: Option<String>,
    /// About this child.
    pub child: Option<ChildId>,
    /// About any of these children: what a search by name found.
    pub children: Option<Vec<ChildId>>,
    /// One of these.
    pub ids: Option<Vec<RequestId>>,
}

impl Filter {
    /// What a row of `requests`, called `r`, must be.
    pub(super) fn restrict(&self, clause: &mut Clause) {
        let code = |code: &'static str| code.to_owned();
        if let Some(open) = self.open {
            // Written out, so that the index of open requests is found.
            clause.and(if open { "r.status <> 'closed'" } else { "r.status = 'closed'" }, []);
        }
        if let Some(waits) = self.waits_for_school {
            let waits = if waits { "r.waits_for_school = 1" } else { "r.waits_for_school = 0" };
            clause.and(waits, []);
        }
        clause.and_if("r.status = ?", self.status.map(|status| code(status.code())));
        clause.and_if(
            "r.school = (SELECT school FROM urns WHERE urn = ?)",
            self.school_urn.clone().map(String::from),
        );
        clause.and_if("r.need = ?", self.need.map(|need| code(need.code())));
        clause.and_if("r.area = ?", self.area.map(|area| code(area.code())));
        clause.and_if("r.route_kind = ?", self.route.map(|route| code(route.as_str())));
        clause.and_if("r.service = ?", self.service.clone().map(String::from));
        clause.and_if("r.panel = ?", self.panel.clone().map(String::from));
        clause.and_if("r.adviser = ?", self.adviser.clone().map(String::from));
        let reference = self.reference.as_deref().map(|text| text.trim().to_ascii_uppercase());
        clause.and_if("r.reference = ?", reference);
        clause.and_if("r.child = ?", self.child.map(|child| child.0.into_bytes().to_vec()));
        if let Some(overdue) = self.overdue {
            overdue.restrict(clause);
        }
        if let Some(Overdue { is, at }) = self.late {
            let late = if is { "r.due_at < ?" } else { "ifnull(r.due_at >= ?, 1)" };
            clause.and(late, [nanoseconds(at).into()]);
        }
        if let Some((from, to)) = self.respond_between {
            let between = [nanoseconds(from).into(), nanoseconds(to).into()];
            clause.and("r.respond_open = 1 AND r.respond_by BETWEEN ? AND ?", between);
        }
        ever("request.promise_warned", self.warned, clause);
        ever("request.escalated", self.escalated, clause);
        if let Some(children) = &self.children {
            any_of("r.child", children.iter().map(|child| child.0), clause);
        }
        if let Some(ids) = &self.ids {
            any_of("r.id", ids.iter().map(|id| id.0), clause);
        }
    }
}

impl Overdue {
    /// The sort value of an unknown due instant is null, which is neither before nor after.
    fn restrict(self, clause: &mut Clause) {
        let at = Value::from(nanoseconds(self.at));
        if self.is {
            clause.and("r.respond_open = 1 AND r.respond_by < ?", [at]);
        } else {
            clause.and("(r.respond_open = 0 OR ifnull(r.respond_by >= ?, 1))", [at]);
        }
    }
}

/// Whether an event of this name is in the request's timeline.
fn ever(name: &str, is: Option<bool>, clause: &mut Clause) {
    let Some(is) = is else { return };
    let not = if is { "" } else { "NOT " };
    let condition =
        format!("{not}EXISTS (SELECT 1 FROM timeline t WHERE t.request = r.number AND t.name = ?)");
    clause.and(&condition, [name.to_owned().into()]);
}

/// One value for however many ids: a JSON array, which SQLite takes apart again.
fn any_of(column: &str, ids: impl Iterator<Item = uuid::Uuid>, clause: &mut Clause) {
    let ids: Vec<_> = ids.map(|id| format!(r#""{}""#, id.simple())).collect();
    let condition = format!("{column} IN (SELECT unhex(value) FROM json_each(?))");
    clause.and(&condition, [format!("[{}]", ids.join(",")).into()]);
}
