//! Administration: what the county goes by. Schools, services, teams, the calendar, how strictly
//! promises are watched, and the messages that went out.

use crate::ask::{Ask, may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};
use axum::http::Method;

static HUB: Page = Page {
    at: "/administration",
    template: "administration/hub.html",
    asks: &[may("failed", "/notices?state=given_up&limit=1", "list_notices")],
    open_to: OpenTo::Who("open_account"),
};

static SCHOOLS: Page = Page {
    at: "/schools",
    template: "administration/schools.html",
    asks: &[must("schools", "/schools?limit=50")
        .with(&["q", "urn", "phase", "kind", "district", "open", "cursor"])],
    open_to: OpenTo::Who("list_schools"),
};

static SCHOOL: Page = Page {
    at: "/schools/{urn}",
    template: "administration/school.html",
    asks: &[
        must("school", "/schools/{urn}"),
        may("updates", "/schools/{urn}/updates", "import_schools"),
        may("notices", "/notices?school_urn={urn}&limit=5", "retry_notice"),
    ],
    open_to: OpenTo::Who("read_school"),
};

static SCHOOL_UPDATES: Page = Page {
    at: "/schools/{urn}/updates",
    template: "administration/school_updates.html",
    asks: &[must("school", "/schools/{urn}"), must("updates", "/schools/{urn}/updates")],
    open_to: OpenTo::Who("choose_updates"),
};

static NEW_SERVICE: Page = Page {
    at: "/services/new",
    template: "administration/service_entry.html",
    asks: &[],
    open_to: OpenTo::Who("list_service"),
};

static SERVICE: Page = Page {
    at: "/services/{slug}/edit",
    template: "administration/service_entry.html",
    asks: &[must("service", "/services/{slug}")],
    open_to: OpenTo::Who("list_service"),
};

const CALENDAR: &[Ask] = &[must("calendar", "/calendar")];

static CALENDAR_SHOWN: Page = Page {
    at: "/calendar",
    template: "administration/calendar.html",
    asks: CALENDAR,
    open_to: OpenTo::Who("read_calendar"),
};

static CALENDAR_ENTRY: Page = Page {
    at: "/calendar/edit",
    template: "administration/calendar_entry.html",
    asks: CALENDAR,
    open_to: OpenTo::Who("publish_calendar"),
};

static POLICY: Page = Page {
    at: "/policy",
    template: "administration/policy.html",
    asks: &[must("policy", "/policy"), must("accounts", "/accounts?limit=200")],
    open_to: OpenTo::Who("set_policy"),
};

static TEAMS: Page = Page {
    at: "/teams",
    template: "administration/teams.html",
    asks: &[must("teams", "/teams")],
    open_to: OpenTo::Who("list_teams"),
};

/// Who could be in a team. Schools, of which there are hundreds, could not.
const ADVISERS: Ask = of_role("advisers", "/accounts?limit=200&role=adviser");
const COORDINATORS: Ask = of_role("coordinators", "/accounts?limit=200&role=coordinator");
const SERVICES: Ask = of_role("managers", "/accounts?limit=200&role=service");
const PANELS: Ask = of_role("panel_people", "/accounts?limit=200&role=panel");
const ADMINISTRATORS: Ask = of_role("administrators", "/accounts?limit=200&role=admin");

const fn of_role(name: &'static str, path: &'static str) -> Ask {
    may(name, path, "list_accounts")
}

static NEW_TEAM: Page = Page {
    at: "/teams/new",
    template: "administration/team_entry.html",
    asks: &[ADVISERS, COORDINATORS, SERVICES, PANELS, ADMINISTRATORS],
    open_to: OpenTo::Who("form_team"),
};

static TEAM: Page = Page {
    at: "/teams/{team}/edit",
    template: "administration/team_entry.html",
    asks: &[
        must("formed", "/teams/{team}"),
        ADVISERS,
        COORDINATORS,
        SERVICES,
        PANELS,
        ADMINISTRATORS,
    ],
    open_to: OpenTo::Who("form_team"),
};

static NOTICES: Page = Page {
    at: "/notices",
    template: "administration/notices.html",
    asks: &[must("notices", "/notices?limit=50").with(&["state", "kind", "school_urn", "cursor"])],
    open_to: OpenTo::Who("retry_notice"),
};

pub(super) const PAGES: &[&Page] = &[
    &HUB,
    &SCHOOLS,
    &SCHOOL,
    &SCHOOL_UPDATES,
    &NEW_SERVICE,
    &SERVICE,
    &CALENDAR_SHOWN,
    &CALENDAR_ENTRY,
    &POLICY,
    &TEAMS,
    &NEW_TEAM,
    &TEAM,
    &NOTICES,
];

pub(super) static FORMS: &[Form] = &[
    Form::tell(&SCHOOL_UPDATES, Method::PUT, "/schools/{urn}/updates"),
    Form::put(
        &NEW_SERVICE,
        "/services/{typed.slug}",
        "/services/{answer.slug}?done=service-listed",
    ),
    Form::put(&SERVICE, "/services/{slug}", "/services/{slug}?done=saved"),
    Form::put(&CALENDAR_ENTRY, "/calendar", "/calendar?done=calendar-published"),
    Form::put(&POLICY, "/policy", "/policy?done=saved"),
    Form::put(&NEW_TEAM, "/teams/{typed.id}", "/teams?done=saved"),
    Form::put(&TEAM, "/teams/{team}", "/teams?done=saved"),
    Form::post(&NOTICES, "/notices/{id}/retry", "/notices?done=retried").at("/notices/{id}/retry"),
];
