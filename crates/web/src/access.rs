//! Who may do what: one table, from which enforcement comes.
//!
//! Every route is registered under an [`Operation`], every operation has a row, and the
//! guard in front of a route asks this table before anything else happens. A route without
//! an operation does not compile; an operation without a row does not either.

pub(crate) mod exception;
mod told;
pub(crate) mod why;

pub use told::page;

use domain::account::Role;
use domain::request::Case;

use crate::identity::Caller;

/// How far somebody's permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    No,
    /// To requests of the caller's own school.
    OwnSchool,
    /// To requests in which the caller's own service has a part: it leads, or contributes.
    OwnService,
    /// To requests that were sent to the caller's own service, so that it leads.
    OwnLead,
    /// To requests that are before one of the caller's own panels or that it decided, and to the
    /// meetings of those panels: panels whose terms of reference name the caller.
    Panels,
    /// To everything, names included.
    All,
    /// To everything, without anybody's name.
    Nameless,
}

use Reach::{All, Nameless, No, OwnLead, OwnSchool, OwnService, Panels};

macro_rules! operations {
    ($($(#[$meta:meta])* $variant:ident = $name:literal:
        $school:ident $adviser:ident $coordinator:ident $service:ident $panel:ident
        $commissioner:ident $auditor:ident $dpo:ident $admin:ident;)+) => {
        /// Something that may be done through the API. Its name is the `operationId`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Operation {
            $($(#[$meta])* #[doc = concat!("`", $name, "`.")] $variant,)+
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name, in the API description and in the record of accesses.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// How far a role's permission reaches.
            #[must_use]
            pub const fn reach(self, role: Role) -> Reach {
                match self {
                    $(Self::$variant => match role {
                        Role::School => $school,
                        Role::Adviser => $adviser,
                        Role::Coordinator => $coordinator,
                        Role::Service => $service,
                        Role::Panel => $panel,
                        Role::Commissioner => $commissioner,
                        Role::Auditor => $auditor,
                        Role::Dpo => $dpo,
                        Role::Admin => $admin,
                    },)+
                }
            }
        }
    };
}

operations! {
    //                                             school    adviser coord. service    panel  commiss. auditor  dpo      admin
    SubmitRequest      = "submit_request":         OwnSchool All     All    No         No     No       No       No       No;
    ListRequests       = "list_requests":          OwnSchool All     All    OwnService Panels Nameless Nameless All      No;
    CountRequests      = "count_requests":         OwnSchool All     All    OwnService Panels Nameless Nameless All      No;
    ReadRequest        = "read_request":           OwnSchool All     All    OwnService Panels Nameless Nameless All      No;
    ReadTimeline       = "read_timeline":          OwnSchool All     All    OwnService Panels No       Nameless All      No;
    ReadTriage         = "read_triage":            OwnSchool All     All    OwnService Panels Nameless Nameless No       No;
    ReadClocks         = "read_clocks":            OwnSchool All     All    OwnService Panels Nameless Nameless No       No;
    ReadReceipt        = "read_receipt":           OwnSchool All     All    OwnService Panels No       Nameless All      No;
    SupplyInformation  = "supply_information":     OwnSchool No      All    No         No     No       No       No       No;
    Withdraw           = "withdraw":               OwnSchool No      No     No         No     No       No       No       No;
    AcceptAdvice       = "accept_advice":          OwnSchool No      No     No         No     No       No       No       No;
    GoOn               = "go_on":                  OwnSchool No      No     No         No     No       No       No       No;
    ConfirmOutcome     = "confirm_outcome":        OwnSchool No      No     No         No     No       No       No       No;
    GiveFeedback       = "give_feedback":          OwnSchool No      No     No         No     No       No       No       No;
    AskInformation     = "ask_information":        No        All     All    OwnLead    No     No       No       No       No;
    Advise             = "advise":                 No        All     No     No         No     No       No       No       No;
    Signpost           = "signpost":               No        All     No     No         No     No       No       No       No;
    RouteRequest       = "route":                  No        All     No     No         No     No       No       No       No;
    ReferToPanel       = "refer_to_panel":         No        All     No     No         No     No       No       No       No;
    CloseRequest       = "close":                  No        All     No     No         No     No       No       No       No;
    ReopenRequest      = "reopen":                 No        All     No     No         No     No       No       No       No;
    BreakGlass         = "break_glass":            No        No      No     All        All    No       Nameless No       No;
    NoteRequest        = "note":                   No        All     All    OwnService Panels No       No       No       No;
    AcceptRequest      = "accept":                 No        No      No     OwnService No     No       No       No       No;
    DeclineRequest     = "decline":                No        No      No     OwnService No     No       No       No       No;
    HandOver           = "hand_over":              No        No      No     OwnService No     No       No       No       No;
    Involve            = "involve":                No        All     No     OwnService No     No       No       No       No;
    Release            = "release":                No        All     No     OwnService No     No       No       No       No;
    Redirect           = "redirect":               No        All     No     No         No     No       No       No       No;
    RecordReceipt      = "record_receipt":         No        All     All    No         No     No       No       No       No;
    ReadHandOverRecord = "read_hand_over_record":  No        All     All    No         No     No       No       No       No;
    DecideStatutory    = "record_statutory_decision": No     No      No     OwnService No     No       No       No       No;
    RecordExcusal      = "record_excusal":         No        No      No     OwnService No     No       No       No       No;
    RecordContact      = "record_contact":         No        No      No     OwnService No     No       No       No       No;
    RecordOutcome      = "record_outcome":         No        No      No     OwnService No     No       No       No       No;
    ReadPackage        = "read_package":           OwnSchool All     All    OwnService Panels Nameless Nameless All      No;
    ReadFamilySummary  = "read_family_summary":    OwnSchool All     All    OwnService Panels No       No       All      No;
    QueryPart          = "query_part":             No        No      No     OwnService No     No       No       No       No;
    AnswerQuery        = "answer_query":           No        No      No     No         Panels No       No       No       No;
    ReviewPackage      = "review_package":         No        No      No     OwnService Panels No       No       No       No;
    ListPackages       = "list_packages":          OwnSchool All     All    OwnService Panels Nameless Nameless No       No;
    PricePackage       = "price_package":          No        No      No     OwnService Panels No       No       No       No;
    LinkChild          = "link_child":             No        All     No     No         No     No       No       No       No;
    UnlinkChild        = "unlink_child":           No        All     No     No         No     No       No       No       No;
    MergeRequest       = "merge":                  No        All     No     No         No     No       No       No       No;
    FindSameChild      = "find_same_child":        No        All     All    No         No     No       No       No       No;
    ReadChild          = "read_child":             No        All     All    No         No     No       No       All      No;
    SaveDraft          = "save_draft":             OwnSchool No      No     No         No     No       No       No       No;
    ListDrafts         = "list_drafts":            OwnSchool No      No     No         No     No       No       No       No;
    ReadDraft          = "read_draft":             OwnSchool No      No     No         No     No       No       No       No;
    ResaveDraft        = "resave_draft":           OwnSchool No      No     No         No     No       No       No       No;
    DiscardDraft       = "discard_draft":          OwnSchool No      No     No         No     No       No       No       No;
    SubmitDraft        = "submit_draft":           OwnSchool No      No     No         No     No       No       No       No;
    AddDocument        = "add_document":           OwnSchool All     All    OwnService Panels No       No       No       No;
    ListDocuments      = "list_documents":         OwnSchool All     All    OwnService Panels No       No       All      No;
    ReadDocument       = "read_document":          OwnSchool All     All    OwnService Panels No       No       All      No;
    ListSchools        = "list_schools":           All       All     All    All        All    All      All      All      All;
    ImportSchools      = "import_schools":         No        No      No     No         No     No       No       No       All;
    ReadSchool         = "read_school":            All       All     All    All        All    All      All      All      All;
    ListServices       = "list_services":          All       All     All    All        All    All      All      All      All;
    ReadService        = "read_service":           All       All     All    All        All    All      All      All      All;
    ReadInbox          = "read_inbox":             No        All     All    OwnService No     Nameless Nameless No       No;
    ReadCaseload       = "read_caseload":          No        All     All    OwnService No     Nameless Nameless No       No;
    ListService        = "list_service":           No        No      No     No         No     No       No       No       All;
    ListRulesets       = "list_rulesets":          All       All     All    All        All    All      All      All      All;
    ReadRuleset        = "read_ruleset":           All       All     All    All        All    All      All      All      All;
    ListRuleFacts      = "list_rule_facts":        All       All     All    All        All    All      All      All      All;
    ListRuleDrafts     = "list_rule_drafts":       No        No      No     No         No     Nameless Nameless No       All;
    DraftRules         = "draft_rules":            No        No      No     No         No     Nameless No       No       All;
    ReadRuleDraft      = "read_rule_draft":        No        No      No     No         No     Nameless Nameless No       All;
    SaveRuleDraft      = "save_rule_draft":        No        No      No     No         No     Nameless No       No       All;
    ReadRuleEffect     = "read_rule_effect":       No        No      No     No         No     Nameless Nameless No       Nameless;
    ActivateRules      = "activate_rules":         No        No      No     No         No     No       No       No       All;
    AssignRequest      = "assign":                 No        All     All    No         No     No       No       No       No;
    ListTeams          = "list_teams":             No        All     All    No         No     Nameless Nameless All      All;
    ReadTeam           = "read_team":              No        All     All    No         No     Nameless Nameless All      All;
    FormTeam           = "form_team":              No        No      All    No         No     No       No       No       All;
    ReadShifts         = "read_shifts":            No        All     All    No         No     Nameless Nameless All      All;
    ReadRotaDays       = "read_rota_days":         No        All     All    No         No     Nameless Nameless All      All;
    SetShifts          = "set_shifts":             No        No      All    No         No     No       No       No       All;
    ReadOverrides      = "read_overrides":         No        All     All    No         No     Nameless Nameless All      All;
    SetOverrides       = "set_overrides":          No        No      All    No         No     No       No       No       All;
    AddOverride        = "add_override":           No        No      All    No         No     No       No       No       All;
    ReadAbsences       = "read_absences":          No        All     All    No         No     No       No       All      All;
    RecordAbsence      = "record_absence":         No        All     All    No         No     No       No       No       All;
    PutAbsence         = "put_absence":            No        All     All    No         No     No       No       No       All;
    EndAbsence         = "end_absence":            No        All     All    No         No     No       No       No       All;
    ReadSwaps          = "read_swaps":             No        All     All    No         No     No       No       All      All;
    OfferSwap          = "offer_swap":             No        All     All    No         No     No       No       No       All;
    PutSwap            = "put_swap":               No        All     All    No         No     No       No       No       All;
    AcceptSwap         = "accept_swap":            No        All     All    No         No     No       No       No       All;
    RefuseSwap         = "refuse_swap":            No        All     All    No         No     No       No       No       All;
    WithdrawSwap       = "withdraw_swap":          No        All     All    No         No     No       No       No       All;
    ReadGaps           = "read_gaps":              No        All     All    No         No     Nameless Nameless No       Nameless;
    IssueFeed          = "issue_feed":             No        All     All    No         No     No       No       No       All;
    RevokeFeed         = "revoke_feed":            No        All     All    No         No     No       No       No       All;
    ReadDuty           = "read_duty":              All       All     All    All        All    All      All      All      All;
    ReadCalendar       = "read_calendar":          All       All     All    All        All    All      All      All      All;
    PublishCalendar    = "publish_calendar":       No        No      No     No         No     No       No       No       All;
    ReadPolicy         = "read_policy":            No        All     All    No         No     Nameless Nameless All      All;
    SetPolicy          = "set_policy":             No        No      No     No         No     No       No       No       All;
    ListEscalations    = "list_escalations":       No        All     All    No         No     Nameless Nameless No       No;
    ReadResponseTimes  = "read_response_times":    OwnSchool Nameless Nameless OwnLead    Panels   Nameless Nameless No      No;
    ReadResponseTimesCsv = "read_response_times_csv": OwnSchool Nameless Nameless OwnLead    Panels   Nameless Nameless No     No;
    ReadFeedback       = "read_feedback":          OwnSchool Nameless Nameless OwnService Panels   Nameless Nameless No      No;
    ReadFeedbackCsv    = "read_feedback_csv":      OwnSchool Nameless Nameless OwnService Panels   Nameless Nameless No      No;
    ReadCriteriaGaps   = "read_criteria_gaps":     No        Nameless Nameless No        Panels  Nameless Nameless No      No;
    ReadCriteriaGapsCsv = "read_criteria_gaps_csv": No       Nameless Nameless No        Panels  Nameless Nameless No      No;
    ReadSpend          = "read_spend":             No        Nameless Nameless No        Panels  Nameless Nameless No      No;
    ReadSpendCsv       = "read_spend_csv":         No        Nameless Nameless No        Panels  Nameless Nameless No      No;
    ReadFlow           = "read_flow":              No        Nameless Nameless OwnService Panels   Nameless Nameless No      No;
    ReadFlowCsv        = "read_flow_csv":          No        Nameless Nameless OwnService Panels   Nameless Nameless No      No;
    ReadQueues         = "read_queues":            No        Nameless Nameless OwnService Panels   Nameless Nameless No      No;
    ReadQueuesCsv      = "read_queues_csv":        No        Nameless Nameless OwnService Panels   Nameless Nameless No      No;
    ListFigureRequests = "list_figure_requests":   OwnSchool All     All    OwnService Panels Nameless Nameless No       No;
    ReadUpdates        = "read_updates":           OwnSchool No      All    No         No     No       No       No       All;
    ChooseUpdates      = "choose_updates":         OwnSchool No      All    No         No     No       No       No       All;
    ReadAccountUpdates = "read_account_updates":   No        All     All    All        All    Nameless Nameless All      All;
    ChooseAccountUpdates = "choose_account_updates": No      All     All    All        All    Nameless Nameless All      All;
    CallMeeting        = "call_meeting":           No        No      All    No         Panels No       No       No       No;
    ReadMeeting        = "read_meeting":           No        No      All    No         Panels Nameless Nameless All      No;
    CancelMeeting      = "cancel_meeting":         No        No      All    No         Panels No       No       No       No;
    ReadAgenda         = "read_agenda":            No        No      All    No         Panels Nameless Nameless All      No;
    SetAgenda          = "set_agenda":             No        No      All    No         Panels No       No       No       No;
    PutAgenda          = "put_agenda":             No        No      All    No         Panels No       No       No       No;
    PublishPacks       = "publish_packs":          No        No      All    No         Panels No       No       No       No;
    RenewPack          = "renew_pack":             No        No      All    No         Panels No       No       No       No;
    ReadPack           = "read_pack":              No        No      All    No         Panels Nameless Nameless All      No;
    ReadAttendance     = "read_attendance":        No        No      All    No         Panels Nameless Nameless All      No;
    RecordAttendance   = "record_attendance":      No        No      All    No         Panels No       No       No       No;
    Recuse             = "recuse":                 No        No      All    No         Panels No       No       No       No;
    DismissInterest    = "dismiss_interest":       No        No      No     No         Panels No       No       No       No;
    DecideItem         = "decide_item":            No        No      No     No         Panels No       No       No       No;
    DeferItem          = "defer_item":             No        No      No     No         Panels No       No       No       No;
    ReviewDelegated    = "review_delegated":       No        No      No     No         Panels No       No       No       No;
    CloseMeeting       = "close_meeting":          No        No      No     No         Panels No       No       No       No;
    SignMinutes        = "sign_minutes":           No        No      No     No         Panels No       No       No       No;
    RatifyMeeting      = "ratify_meeting":         No        No      No     No         Panels No       No       No       No;
    DecideForPanel     = "decide_for_panel":       No        No      No     No         Panels No       No       No       No;
    RatifyDecision     = "ratify":                 No        No      No     No         Panels No       No       No       No;
    ListPanels         = "list_panels":            All       All     All    All        All    All      All      All      All;
    ReadPanel          = "read_panel":             All       All     All    All        All    All      All      All      All;
    ReadPanelTerms     = "read_panel_terms":       All       All     All    All        All    All      All      All      All;
    EstablishPanel     = "establish_panel":        No        No      No     No         No     No       No       No       All;
    ReadPanelQueue     = "read_panel_queue":       No        All     All    No         Panels Nameless Nameless No       No;
    SetDepth           = "set_depth":              No        No      No     No         Panels No       No       No       No;
    ReadPanelDates     = "read_panel_dates":       All       All     All    All        All    All      All      All      All;
    ProposeAgenda      = "propose_agenda":         No        No      All    No         Panels No       Nameless No       No;
    ListMeetings       = "list_meetings":          No        All     All    All        Panels Nameless Nameless All      All;
    ReadPanelAttendance = "read_panel_attendance": No        No      All    No         Panels Nameless Nameless No       No;
    ReadPanelAttendanceCsv = "read_panel_attendance_csv": No No      All    No         Panels Nameless Nameless No       No;
    ReadPanelCalendar  = "read_panel_calendar":    No        All     All    All        Panels Nameless Nameless All      All;
    IssuePanelFeed     = "issue_panel_feed":       No        All     All    No         Panels No       No       No       No;
    RevokePanelFeed    = "revoke_panel_feed":      No        All     All    No         Panels No       No       No       No;
    ListNotices        = "list_notices":           OwnSchool All     All    No         No     No       No       No       All;
    RetryNotice        = "retry_notice":           No        No      All    No         No     No       No       No       All;
    ReadMinutes        = "read_minutes":           No        No      All    No         Panels Nameless Nameless All      No;
    ReadMeetingPapers  = "read_meeting_papers":    No        No      All    No         Panels Nameless Nameless All      No;
    ReadRequestAsAt    = "read_request_as_at":     No        All     No     No         No     No       Nameless All      No;
    ReadDifference     = "read_difference":        No        All     No     No         No     No       Nameless All      No;
    ReplayTriage       = "replay_triage":          No        All     No     No         No     No       Nameless All      No;
    ReplayTriages      = "replay_triages":         No        No      No     No         No     No       Nameless Nameless No;
    ReadSeenBy         = "read_seen_by":           No        No      No     No         No     No       Nameless All      No;
    ReadBrokenGlass    = "read_broken_glass":      No        No      No     No         No     No       Nameless Nameless No;
    ReadMeetingAsAt    = "read_meeting_as_at":     No        No      No     No         No     No       Nameless All      No;
    ReadRotaAsAt       = "read_rota_as_at":        No        No      No     No         No     No       Nameless All      No;
    ReadRulesetAsAt    = "read_ruleset_as_at":     No        No      No     No         No     No       Nameless All      No;
    ReadPanelAsAt      = "read_panel_as_at":       No        No      No     No         No     No       Nameless All      No;
    ReadFigure         = "read_figure":            OwnSchool No      No     No         No     Nameless Nameless No       No;
    ReadEvents         = "read_events":            No        No      No     No         No     No       Nameless Nameless No;
    ReadEvent          = "read_event":             No        No      No     No         No     No       Nameless Nameless No;
    ReadAccesses       = "read_accesses":          No        No      No     No         No     No       Nameless Nameless No;
    ReadUnusualAccesses = "read_unusual_accesses": No        No      No     No         No     No       Nameless Nameless No;
    ReadCheckpoint     = "read_checkpoint":        All       All     All    All        All    All      All      All      All;
    ReadInclusionProof = "read_inclusion_proof":   All       All     All    All        All    All      All      All      All;
    ReadConsistencyProof = "read_consistency_proof": All     All     All    All        All    All      All      All      All;
    ListCheckpoints    = "list_checkpoints":       All       All     All    All        All    All      All      All      All;
    CosignCheckpoint   = "cosign_checkpoint":      No        No      No     No         No     No       Nameless Nameless Nameless;
    ReadTilesCheckpoint = "read_tiles_checkpoint": All       All     All    All        All    All      All      All      All;
    ReadTile           = "read_tile":              All       All     All    All        All    All      All      All      All;
    ReadEntries        = "read_entries":           No        No      No     No         No     No       Nameless Nameless No;
    ExportEvents       = "export_events":          No        No      No     No         No     No       Nameless Nameless No;
    VerifyLog          = "verify_log":             No        No      No     No         No     No       Nameless Nameless No;
    ListAccounts       = "list_accounts":          No        No      No     No         No     No       Nameless All      All;
    ReadAccount        = "read_account":           No        No      No     No         No     No       Nameless All      All;
    OpenAccount        = "open_account":           No        No      No     No         No     No       No       No       All;
    ChangeAccount      = "change_account":         No        No      No     No         No     No       No       No       All;
    InviteAccount      = "invite_account":         No        No      No     No         No     No       No       No       All;
    EndSessions        = "end_sessions":           No        No      No     No         No     No       No       No       All;
    ListKeys           = "list_keys":              No        No      No     No         No     No       Nameless All      All;
    IssueKey           = "issue_key":              No        No      No     No         No     No       No       No       All;
    RotateKey          = "rotate_key":             No        No      No     No         No     No       No       No       All;
    RevokeKey          = "revoke_key":             No        No      No     No         No     No       No       No       All;
    ReadMe             = "read_me":                OwnSchool All     All    OwnService All    Nameless Nameless All      All;
    ReadSession        = "read_session":           OwnSchool All     All    OwnService All    Nameless Nameless All      All;
    SignOut            = "sign_out":               OwnSchool All     All    OwnService All    Nameless Nameless All      All;
    HoldChild          = "hold_child":             No        No      No     No         No     No       No       All      No;
    ListHolds          = "list_holds":             No        No      No     No         No     No       Nameless All      No;
    ReleaseHold        = "release_hold":           No        No      No     No         No     No       No       All      No;
    ReadSubjectAccess  = "read_subject_access":    No        No      No     No         No     No       No       All      No;
    AskSubjectAccess   = "ask_subject_access":     No        No      No     No         No     No       No       All      No;
    ListSubjectAccess  = "list_subject_access_requests": No  No      No     No         No     No       Nameless All      No;
    ClarifySubjectAccess = "clarify_subject_access": No      No      No     No         No     No       No       All      No;
    ExtendSubjectAccess = "extend_subject_access": No        No      No     No         No     No       No       All      No;
    AnswerSubjectAccess = "answer_subject_access": No        No      No     No         No     No       No       All      No;
    RotateMasterKey    = "rotate_master_key":      No        No      No     No         No     No       No       No       Nameless;
    ReadRetention      = "read_retention":         No        No      No     No         No     No       Nameless All      All;
    SetRetention       = "set_retention":          No        No      No     No         No     No       No       All      No;
    ReadRetentionDue   = "read_retention_due":     No        No      No     No         No     No       No       All      No;
    Dispose            = "dispose":                No        No      No     No         No     No       No       All      No;
    ReadErasure        = "read_erasure":           No        No      No     No         No     No       Nameless All      No;
    EraseChild         = "erase_child":            No        No      No     No         No     No       No       All      No;
}

impl Reach {
    /// Whether a request lies within reach of this caller.
    #[must_use]
    pub fn covers(self, caller: &Caller, case: &Case) -> bool {
        match self {
            No => false,
            OwnSchool => caller.school() == Some(case.school),
            OwnService => caller.service().is_some_and(|service| case.is_with(service)),
            OwnLead => caller.service().is_some_and(|service| case.leading() == Some(service)),
            Panels => case.panels().iter().any(|panel| caller.panels().contains(*panel)),
            All | Nameless => true,
        }
    }

    /// Its name, for whoever asks what they may do.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            No => "no",
            OwnSchool => "own_school",
            OwnService => "own_service",
            OwnLead => "own_lead",
            Panels => "panels",
            All => "all",
            Nameless => "nameless",
        }
    }

    /// Whether names and free text may be shown within this reach.
    #[must_use]
    pub const fn names(self) -> bool {
        !matches!(self, No | Nameless)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is published anyway, and about nobody.
    const PUBLISHED: &[Operation] = &[
        Operation::ListSchools,
        Operation::ReadSchool,
        Operation::ListServices,
        Operation::ReadService,
        Operation::ListRulesets,
        Operation::ReadRuleset,
        Operation::ListRuleFacts,
        Operation::ReadDuty,
        Operation::ReadCalendar,
        Operation::ReadCheckpoint,
        Operation::ReadInclusionProof,
        Operation::ReadConsistencyProof,
        Operation::ListCheckpoints,
        Operation::ReadTilesCheckpoint,
        Operation::ReadTile,
        Operation::ListPanels,
        Operation::ReadPanel,
        Operation::ReadPanelTerms,
        Operation::ReadPanelDates,
    ];

    fn about_children() -> impl Iterator<Item = Operation> {
        Operation::ALL.iter().copied().filter(|operation| !PUBLISHED.contains(operation))
    }

    #[test]
    fn a_commissioner_and_an_auditor_never_see_a_name() {
        for operation in about_children() {
            for role in [Role::Commissioner, Role::Auditor] {
                assert!(!operation.reach(role).names(), "{operation:?} {role:?}");
            }
        }
    }

    #[test]
    fn a_school_never_reaches_beyond_itself_where_requests_are_concerned() {
        for operation in about_children() {
            let reach = operation.reach(Role::School);
            assert!(matches!(reach, No | OwnSchool), "{operation:?}");
        }
    }

    #[test]
    fn an_administrator_cannot_read_a_case() {
        assert_eq!(Operation::ReadRequest.reach(Role::Admin), No);
        assert_eq!(Operation::ListRequests.reach(Role::Admin), No);
    }
}
