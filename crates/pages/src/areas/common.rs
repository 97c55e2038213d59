//! What everybody comes by: the start, the door, one's own account.

use crate::ask::{for_role, may};
use crate::form::Form;
use crate::page::{OpenTo, Page};

/// Messages that did not reach whom they were for.
const FAILED: &str = "/notices?state=given_up&limit=50";
/// When nobody will be on duty.
const GAPS: &str = "/rotas/front-door/gaps";
/// What a person ought to look at, of the last week.
const UNUSUAL: &str = "/audit/access/unusual";
/// Who asked what is held about a child, and was not answered.
const ASKED: &str = "/subject-access-requests?state=open";

pub(super) static HOME: Page = Page {
    at: "/",
    template: "home.html",
    asks: &[
        may("duty", "/duty", "read_duty"),
        may("drafts", "/drafts", "list_drafts"),
        for_role("requests", "/requests?open=true&sort=due_at&limit=5", "school"),
        may("counts", "/requests/counts", "count_requests"),
        may(
            "meetings_today",
            "/meetings?from={today.date}&to={today.date}&limit=20",
            "read_attendance",
        ),
        may("teams", "/teams", "list_teams"),
        may("swaps", "/rotas/{teams.items.0.id}/swaps?waiting=true", "read_swaps"),
        may("service", "/services/{me.service}", "read_service"),
        may("inbox", "/services/{me.service}/inbox?limit=200", "read_inbox"),
        may("caseload", "/services/{me.service}/caseload?limit=200", "read_caseload"),
        for_role("failed", FAILED, "coordinator"),
        for_role("gaps", GAPS, "coordinator"),
        for_role("coming", "/meetings?from={today.date}&limit=20", "coordinator"),
        for_role("failed", FAILED, "admin"),
        for_role("gaps", GAPS, "admin"),
        for_role("rule_drafts", "/rulesets/triage/drafts", "admin"),
        for_role("calendar", "/calendar", "admin"),
        for_role("checkpoint", "/audit/checkpoint", "auditor"),
        for_role("unusual", UNUSUAL, "auditor"),
        for_role("glass", "/audit/break-glass", "auditor"),
        for_role("asked", ASKED, "auditor"),
        for_role("unusual", UNUSUAL, "dpo"),
        for_role("asked", ASKED, "dpo"),
        for_role("due", "/retention/due", "dpo"),
        for_role("queues", "/insights/queues", "commissioner"),
        for_role("times", "/insights/response-times?group_by=promise", "commissioner"),
        for_role("flow", "/insights/flow", "commissioner"),
        // Of a school alone: what waits for it.
        may("waiting", "/requests?waits_for_school=true&limit=5", "save_draft"),
        for_role("panels", "/panels", "panel"),
        for_role("coming", "/meetings?from={today.date}&limit=20", "panel"),
        for_role("terms", "/panels/{each.id}", "panel").for_each("panels.items"),
        for_role("to_read", "/meetings/{each.id}", "panel").for_each("coming.items"),
    ],
    open_to: OpenTo::Everybody,
};

static ACCESSIBILITY: Page = Page {
    at: "/accessibility",
    template: "accessibility.html",
    asks: &[],
    open_to: OpenTo::Everybody,
};

static DEMO_SIGN_IN: Page =
    Page { at: "/sign-in", template: "sign_in.html", asks: &[], open_to: OpenTo::Everybody };

pub(super) const PAGES: &[&Page] = &[&HOME, &ACCESSIBILITY];

/// Where one chooses whom to play, in a demonstration.
pub(super) const SIGN_IN: &[&Page] = &[&DEMO_SIGN_IN];

pub(super) static FORMS: &[Form] = &[Form::post(&HOME, "/sign-out", "/").at("/leave")];
