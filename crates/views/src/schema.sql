-- The read models: rows folded from the log, and nothing else.
--
-- Ids are 16 bytes. Instants by which rows are sorted or compared are nanoseconds since 1970;
-- those of the timeline are text, exact. A request is known here by its number: the position
-- of its `request.received`. Columns hold codes; everything personal stays in its box.

-- How far the log has been folded, and by what.
CREATE TABLE fold (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    made_by TEXT NOT NULL,
    position INTEGER NOT NULL,
    event BLOB
) STRICT;

CREATE TABLE requests (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    school BLOB NOT NULL,
    urn TEXT NOT NULL,
    about TEXT NOT NULL,
    child BLOB,
    need TEXT,
    area TEXT,
    support_sought TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- What follows changes as the request goes on.
    status TEXT NOT NULL,
    -- Since when it is where its last stay is.
    stands_since INTEGER NOT NULL,
    waits_for_school INTEGER NOT NULL,
    route TEXT,
    route_kind TEXT,
    service TEXT,
    panel TEXT,
    adviser TEXT,
    rota_version INTEGER,
    respond_by INTEGER,
    respond_open INTEGER NOT NULL,
    -- The promise that matters now; and when it falls due, while it can.
    owed TEXT,
    due_at INTEGER,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX requests_by_reference ON requests (reference);
CREATE INDEX requests_by_received_at ON requests (received_at);
CREATE INDEX requests_by_respond_by ON requests (respond_by);
CREATE INDEX requests_by_school ON requests (school, received_at);
CREATE INDEX requests_by_status ON requests (status, received_at);
CREATE INDEX requests_by_need ON requests (need, received_at) WHERE need IS NOT NULL;
CREATE INDEX requests_by_service ON requests (service, received_at) WHERE service IS NOT NULL;
CREATE INDEX requests_by_panel ON requests (panel, received_at) WHERE panel IS NOT NULL;
-- With the status, so that open ones are counted without a look at their rows.
CREATE INDEX requests_by_adviser ON requests (adviser, received_at, status)
    WHERE adviser IS NOT NULL;
CREATE INDEX requests_by_child ON requests (child) WHERE child IS NOT NULL;
CREATE INDEX requests_by_due_at ON requests (due_at);
CREATE INDEX requests_waiting_for_school ON requests (school) WHERE waits_for_school = 1;
CREATE INDEX requests_by_position ON requests (position);
CREATE INDEX requests_by_place
    ON requests (status, service, panel, stands_since, respond_open, respond_by)
    WHERE status <> 'closed';
CREATE INDEX requests_open ON requests (due_at) WHERE status <> 'closed';
CREATE INDEX requests_unanswered ON requests (respond_by) WHERE respond_open = 1;

-- The services that have a part in a request: the one that leads, and those that contribute.
CREATE TABLE request_services (
    service TEXT NOT NULL,
    request INTEGER NOT NULL,
    leads INTEGER NOT NULL,
    state TEXT NOT NULL,
    contact_by INTEGER,
    contacted_at INTEGER,
    PRIMARY KEY (service, request)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_services_by_request ON request_services (request);
CREATE INDEX request_services_open ON request_services (service, state) WHERE state <> 'over';

-- The panels that have to do with a request: the one that has it before it, and the one that
-- decided it.
CREATE TABLE request_panels (
    panel TEXT NOT NULL,
    request INTEGER NOT NULL,
    PRIMARY KEY (panel, request)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_panels_by_request ON request_panels (request);

-- Every event of a request, whole: a request's state is folded from here when it is needed.
CREATE TABLE timeline (
    position INTEGER PRIMARY KEY,
    request INTEGER NOT NULL,
    version INTEGER NOT NULL,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    effective_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    data TEXT,
    clocks TEXT,
    sealed TEXT
) STRICT;
CREATE INDEX timeline_by_request ON timeline (request);
CREATE INDEX timeline_escalated ON timeline (position) WHERE name = 'request.escalated';
CREATE INDEX timeline_glass_broken ON timeline (position) WHERE name = 'request.glass_broken';

-- Where each request was, from when until when; without an end where it is now. None overlap.
-- The position is that of the event that brought it there.
CREATE TABLE stays (
    request INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    place TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (request, since)
) STRICT, WITHOUT ROWID;

-- Every promise, with what the figures are grouped by as it was when the promise was made; in
-- the order in which figures read them.
CREATE TABLE promises (
    promise TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    request INTEGER NOT NULL,
    number INTEGER NOT NULL,
    month TEXT NOT NULL,
    school BLOB NOT NULL,
    district TEXT,
    area TEXT,
    need TEXT,
    service TEXT,
    due_at INTEGER,
    stopped_at INTEGER,
    met INTEGER,
    kept INTEGER,
    working_minutes INTEGER,
    PRIMARY KEY (promise, started_at, request, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX promises_answered ON promises (stopped_at) WHERE promise = 'respond' AND met = 1;

-- How it went, by request, in the words said last; with what the figures are grouped by.
CREATE TABLE feedback (
    request INTEGER PRIMARY KEY,
    given_at INTEGER NOT NULL,
    month TEXT NOT NULL,
    service TEXT,
    quick TEXT NOT NULL,
    helped TEXT NOT NULL
) STRICT;
CREATE INDEX feedback_by_given_at ON feedback (given_at);

-- Every time that a request went from service to service too often.
CREATE TABLE gaps (
    position INTEGER PRIMARY KEY,
    request INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    services TEXT NOT NULL,
    codes TEXT NOT NULL
) STRICT;
CREATE INDEX gaps_by_found_at ON gaps (found_at);

-- Every request that a panel has before it and has not decided: in its queue, on the agenda of
-- a meeting, or back from either to the school until it answers.
CREATE TABLE panel_queue (
    request INTEGER PRIMARY KEY,
    panel TEXT NOT NULL,
    state TEXT NOT NULL,
    meeting TEXT,
    since INTEGER NOT NULL,
    due_at INTEGER,
    depth TEXT NOT NULL,
    depth_set INTEGER NOT NULL,
    suggested TEXT NOT NULL,
    reasons TEXT NOT NULL,
    deferrals INTEGER NOT NULL
) STRICT;
-- What sorts last: a due instant that is not known.
CREATE INDEX panel_queue_by_promise
    ON panel_queue (panel, ifnull(due_at, 9223372036854775807), request);

-- Panels' meetings, and where each stands.
CREATE TABLE meetings (
    id TEXT PRIMARY KEY,
    panel TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    papers_due_at INTEGER NOT NULL,
    terms_version INTEGER NOT NULL,
    cancelled_because TEXT,
    moved_to TEXT,
    called_at INTEGER NOT NULL,
    cancelled_at INTEGER,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX meetings_by_start ON meetings (starts_at, id);
CREATE INDEX meetings_by_panel ON meetings (panel, starts_at, id);

-- What each takes up, and what came of it: `deferred`, or the kind of decision.
CREATE TABLE meeting_items (
    meeting TEXT NOT NULL,
    request BLOB NOT NULL,
    place INTEGER NOT NULL,
    depth TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    outcome TEXT,
    PRIMARY KEY (meeting, request)
) STRICT, WITHOUT ROWID;

-- What each member did at each meeting; a stay that is not over began at `here_since`.
CREATE TABLE attendance (
    meeting TEXT NOT NULL,
    member TEXT NOT NULL,
    came INTEGER NOT NULL DEFAULT 0,
    apologised INTEGER NOT NULL DEFAULT 0,
    here_since INTEGER,
    stayed INTEGER NOT NULL DEFAULT 0,
    decisions INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (meeting, member)
) STRICT, WITHOUT ROWID;
CREATE TABLE recusals (
    meeting TEXT NOT NULL,
    member TEXT NOT NULL,
    request BLOB NOT NULL,
    PRIMARY KEY (meeting, member, request)
) STRICT, WITHOUT ROWID;

-- Every package of support that a panel agreed, as it stands or ended. Dates are text, which
-- sorts as it should.
CREATE TABLE packages (
    request INTEGER PRIMARY KEY,
    panel TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    review_on TEXT,
    review_due_since INTEGER,
    chased INTEGER NOT NULL,
    reviews INTEGER NOT NULL,
    contributions INTEGER NOT NULL,
    queries INTEGER NOT NULL,
    over TEXT
) STRICT;
CREATE INDEX packages_by_end ON packages (ends, request) WHERE over IS NULL;
CREATE INDEX packages_by_review ON packages (review_on, request) WHERE over IS NULL;

-- What each contribution commits, by financial year, whatever became of its package.
CREATE TABLE package_costs (
    request INTEGER NOT NULL,
    number INTEGER NOT NULL,
    from_year INTEGER NOT NULL,
    panel TEXT NOT NULL,
    agency TEXT NOT NULL,
    service TEXT,
    funding TEXT NOT NULL,
    pence INTEGER NOT NULL,
    PRIMARY KEY (request, number, from_year)
) STRICT, WITHOUT ROWID;
CREATE INDEX package_costs_by_year ON package_costs (from_year);

CREATE TABLE children (
    id BLOB PRIMARY KEY,
    event BLOB,
    sealed TEXT,
    erased INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Which pseudonyms a person said are one child. Each link stands here twice, once for each.
CREATE TABLE links (
    child BLOB NOT NULL,
    other BLOB NOT NULL,
    PRIMARY KEY (child, other)
) STRICT, WITHOUT ROWID;

-- Drafts that can still be written on. What they say is not here.
CREATE TABLE drafts (
    id BLOB PRIMARY KEY,
    school BLOB NOT NULL,
    begun_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_by_school ON drafts (school, saved_at);

-- Messages to schools and line managers. Where they go is not here.
CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    school BLOB,
    account TEXT,
    request BLOB NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    failures INTEGER NOT NULL,
    why TEXT,
    intended_at INTEGER NOT NULL,
    next_at INTEGER,
    settled_at INTEGER,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_by_number ON notices (number);
CREATE INDEX notices_by_school ON notices (school, number);
CREATE INDEX notices_by_state ON notices (state, number);
CREATE INDEX notices_by_request ON notices (request);

-- Names, to stand beside figures and in lists.
CREATE TABLE schools (
    id BLOB PRIMARY KEY,
    urn TEXT NOT NULL,
    name TEXT NOT NULL,
    district TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every URN that a school ever had.
CREATE TABLE urns (
    urn TEXT PRIMARY KEY,
    school BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE services (
    slug TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Requests for access to what is held about a child. Days are text, which sorts as they do.
CREATE TABLE subject_accesses (
    id BLOB PRIMARY KEY,
    child BLOB NOT NULL,
    received_on TEXT NOT NULL,
    due_on TEXT,
    open INTEGER NOT NULL,
    standing TEXT NOT NULL
) STRICT, WITHOUT ROWID;
