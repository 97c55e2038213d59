//! Every route, each under the operation that its guard asks the table about.

use crate::access::Operation as O;
use crate::accounts::{
    self, change as change_account, invite, issue, keys, open, rotate, sessions,
};
use crate::app::{App, guard};
use crate::audit::{
    self, access, as_at, break_glass as audit_glass, checkpoint, checkpoints, cosign, difference,
    events, export, proofs, replay, replays, seen_by, tiles, unusual, verify,
};
use crate::directory::{
    self, calendar, escalations, list_service, open_referral, policy, rulesets, schools, services,
    work,
};
use crate::documents::{self, upload};
use crate::drafts::{self, save};
use crate::import::post;
use crate::meetings::{
    agenda, attendance, cancel, decide, delegated, ending, interests, live, pack, papers, ratify,
    schedule,
};
use crate::notices::{self, updates};
use crate::openapi::{Description, described};
use crate::panels::{
    self, agenda_proposal, dates, establish, meetings as calendar_of_meetings, meetings_ics, queue,
    terms,
};
use crate::requests::actions::{
    advice, assign, break_glass, child, choice, duty, elsewhere, hand_over, package, panel, parts,
    school, service, set_depth, statutory,
};
use crate::requests::{
    clocks, counts, hand_over_record, list, read, receipt, same_child, submit, timeline, triage,
};
use crate::rota::{absences, days, feed, gaps, overrides, shifts, swaps, teams};
use crate::{
    children, erase, erasure, holds, insights, master_key, me, minutes, packages, retention,
    subject_access,
};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use utoipa::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
use utoipa_axum::routes;

/// Where the API lives.
pub(crate) const BASE: &str = "/api/v1";

/// The API's routes, each behind its guard.
pub(crate) fn guarded(app: &App) -> Router<App> {
    let (router, _) = collect(|operation, (schemas, paths, method)| {
        let state = (app.clone(), operation);
        (schemas, paths, method.layer(from_fn_with_state(state, guard)))
    })
    .split_for_parts();
    router
}

/// The API's description, which needs nothing that runs.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    described(collect(|_, routes| routes).into_openapi())
}

/// A route whose body is a document.
fn roomy((schemas, paths, method): UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App> {
    (schemas, paths, method.layer(DefaultBodyLimit::max(upload::MOST_UPLOAD_BYTES)))
}

/// All routes. One that is not listed here does not exist; all but the public one stand under
/// an operation.
fn collect(
    on: impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    let api = of_requests(&on).merge(services_and_others(&on)).merge(of_the_county(&on));
    let api = api.merge(of_rules(&on)).merge(of_figures(&on)).merge(of_messages(&on));
    let api = api.merge(records(&on)).merge(of_proof(&on)).merge(history(&on));
    let api = api.merge(rota(&on)).merge(meetings(&on)).merge(of_panels(&on));
    OpenApiRouter::with_openapi(Description::openapi()).nest(BASE, api.merge(entrances(&on)))
}

/// Those of requests, of children, of drafts and of documents.
fn of_requests(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::SubmitRequest, routes!(submit::submit)))
        .routes(on(O::ListRequests, routes!(list::list)))
        .routes(on(O::CountRequests, routes!(counts::counts)))
        .routes(on(O::ReadRequest, routes!(read::read)))
        .routes(on(O::ReadTimeline, routes!(timeline::timeline)))
        .routes(on(O::ReadTriage, routes!(triage::triage)))
        .routes(on(O::ReadClocks, routes!(clocks::clocks)))
        .routes(on(O::SupplyInformation, routes!(school::supply_information)))
        .routes(on(O::Withdraw, routes!(school::withdraw)))
        .routes(on(O::AskInformation, routes!(duty::ask_information)))
        .routes(on(O::AcceptAdvice, routes!(choice::accept_advice)))
        .routes(on(O::GoOn, routes!(choice::go_on)))
        .routes(on(O::ConfirmOutcome, routes!(choice::confirm_outcome)))
        .routes(on(O::GiveFeedback, routes!(choice::give_feedback)))
        .routes(on(O::Advise, routes!(advice::advise)))
        .routes(on(O::Signpost, routes!(advice::signpost)))
        .routes(on(O::RouteRequest, routes!(duty::route)))
        .routes(on(O::ReferToPanel, routes!(duty::refer_to_panel)))
        .routes(on(O::CloseRequest, routes!(duty::close)))
        .routes(on(O::ReopenRequest, routes!(duty::reopen)))
        .routes(on(O::NoteRequest, routes!(duty::note)))
        .routes(on(O::AcceptRequest, routes!(service::accept)))
        .routes(on(O::DeclineRequest, routes!(service::decline)))
        .routes(on(O::RecordContact, routes!(service::record_contact)))
        .routes(on(O::RecordOutcome, routes!(service::record_outcome)))
        .routes(on(O::LinkChild, routes!(child::link_child)))
        .routes(on(O::UnlinkChild, routes!(child::unlink_child)))
        .routes(on(O::MergeRequest, routes!(child::merge)))
        .routes(on(O::FindSameChild, routes!(same_child::same_child)))
        .routes(on(O::ReadChild, routes!(children::history)))
        .routes(on(O::SaveDraft, routes!(save::save)))
        .routes(on(O::ListDrafts, routes!(drafts::list)))
        .routes(on(O::ReadDraft, routes!(drafts::read)))
        .routes(on(O::ResaveDraft, routes!(save::resave)))
        .routes(on(O::DiscardDraft, routes!(drafts::discard)))
        .routes(on(O::SubmitDraft, routes!(drafts::submit::submit)))
        .routes(on(O::AddDocument, roomy(routes!(upload::add))))
        .routes(on(O::ListDocuments, routes!(documents::list)))
        .routes(on(O::ReadDocument, routes!(documents::read)))
        .routes(on(O::AssignRequest, routes!(assign::assign)))
        .routes(on(O::ListEscalations, routes!(escalations::list)))
        .routes(on(O::EraseChild, routes!(erase::erase)))
}

/// Those of schools and services, of the calendar and of what is promised.
fn of_the_county(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::ListSchools, routes!(schools::schools)))
        .routes(on(O::ImportSchools, routes!(post::import_schools)))
        .routes(on(O::ReadSchool, routes!(schools::school)))
        .routes(on(O::ListServices, routes!(services::services)))
        .routes(on(O::ReadService, routes!(services::service)))
        .routes(on(O::ListService, routes!(list_service::list_service)))
        .routes(on(O::ReadCalendar, routes!(calendar::read)))
        .routes(on(O::PublishCalendar, routes!(calendar::publish)))
        .routes(on(O::ReadPolicy, routes!(policy::read)))
        .routes(on(O::SetPolicy, routes!(policy::set)))
        .routes(on(O::ReadDuty, routes!(directory::duty::duty)))
}

/// Those of the published rules and their drafts.
fn of_rules(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::ListRulesets, routes!(rulesets::versions)))
        .routes(on(O::ReadRuleset, routes!(rulesets::version)))
        .routes(on(O::ListRuleFacts, routes!(rulesets::facts::facts)))
        .routes(on(O::ListRuleDrafts, routes!(rulesets::drafts::list)))
        .routes(on(O::DraftRules, routes!(rulesets::drafts::begin)))
        .routes(on(O::ReadRuleDraft, routes!(rulesets::drafts::read)))
        .routes(on(O::SaveRuleDraft, routes!(rulesets::drafts::save)))
        .routes(on(O::ReadRuleEffect, routes!(rulesets::effect::effect)))
        .routes(on(O::ActivateRules, routes!(rulesets::activate::activate)))
}

/// Those of figures, and of the requests behind them.
fn of_figures(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::ReadResponseTimes, routes!(insights::response_times)))
        .routes(on(O::ReadResponseTimesCsv, routes!(insights::response_times_csv)))
        .routes(on(O::ReadFeedback, routes!(insights::feedback::feedback)))
        .routes(on(O::ReadFeedbackCsv, routes!(insights::feedback::feedback_csv)))
        .routes(on(O::ReadFlow, routes!(insights::flow::flow)))
        .routes(on(O::ReadFlowCsv, routes!(insights::flow::flow_csv)))
        .routes(on(O::ReadQueues, routes!(insights::queues::queues)))
        .routes(on(O::ReadQueuesCsv, routes!(insights::queues::queues_csv)))
        .routes(on(O::ListFigureRequests, routes!(insights::requests::requests)))
}

/// Those of messages: who wants which, and which were sent.
fn of_messages(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::ReadUpdates, routes!(updates::of_school)))
        .routes(on(O::ChooseUpdates, routes!(updates::choose_for_school)))
        .routes(on(O::ReadAccountUpdates, routes!(updates::of_account)))
        .routes(on(O::ChooseAccountUpdates, routes!(updates::choose_for_account)))
        .routes(on(O::ListNotices, routes!(notices::list::list)))
        .routes(on(O::RetryNotice, routes!(notices::retry::retry)))
}

/// Those of accounts, keys and sessions: who comes in.
fn entrances(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::ListAccounts, routes!(accounts::list::list)))
        .routes(on(O::ReadAccount, routes!(accounts::list::read)))
        .routes(on(O::OpenAccount, routes!(open::open_account)))
        .routes(on(O::ChangeAccount, routes!(change_account::change)))
        .routes(on(O::InviteAccount, routes!(invite::invite)))
        .routes(on(O::EndSessions, routes!(sessions::end_sessions)))
        .routes(on(O::ListKeys, routes!(keys::list)))
        .routes(on(O::RevokeKey, routes!(keys::revoke)))
        .routes(on(O::IssueKey, routes!(issue::issue)))
        .routes(on(O::RotateKey, routes!(rotate::rotate)))
        .routes(on(O::ReadMe, routes!(me::read)))
        .routes(on(O::ReadSession, routes!(me::session)))
        .routes(on(O::SignOut, routes!(me::sign_out)))
}

/// Those of records about people: who looked, how long they are kept, what is held.
fn records(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::ReadAccesses, routes!(access::accesses)))
        .routes(on(O::ReadUnusualAccesses, routes!(unusual::unusual)))
        .routes(on(O::ReadErasure, routes!(erasure::certificate)))
        .routes(on(O::HoldChild, routes!(holds::place)))
        .routes(on(O::ListHolds, routes!(holds::list)))
        .routes(on(O::ReleaseHold, routes!(holds::release)))
        .routes(on(O::ReadSubjectAccess, routes!(subject_access::read)))
        .routes(on(O::AskSubjectAccess, routes!(subject_access::ask::ask)))
        .routes(on(O::ListSubjectAccess, routes!(subject_access::list::list)))
        .routes(on(O::ClarifySubjectAccess, routes!(subject_access::clock::clarify)))
        .routes(on(O::ExtendSubjectAccess, routes!(subject_access::clock::extend)))
        .routes(on(O::AnswerSubjectAccess, routes!(subject_access::clock::answer)))
        .routes(on(O::RotateMasterKey, routes!(master_key::rotate)))
        .routes(on(O::ReadRetention, routes!(retention::schedule::read)))
        .routes(on(O::SetRetention, routes!(retention::schedule::set)))
        .routes(on(O::ReadRetentionDue, routes!(retention::due::due)))
        .routes(on(O::Dispose, routes!(retention::dispose::dispose)))
}

/// Those of the past: what happened, how things stood, what changed, and whether it was decided
/// as it says.
fn history(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::BreakGlass, routes!(break_glass::break_glass)))
        .routes(on(O::ReadBrokenGlass, routes!(audit_glass::broken_glass)))
        .routes(on(O::ReadEvents, routes!(events::events)))
        .routes(on(O::ReadEvent, routes!(events::event)))
        .routes(on(O::ReadRequestAsAt, routes!(as_at::as_at)))
        .routes(on(O::ReadDifference, routes!(difference::difference)))
        .routes(on(O::ReplayTriage, routes!(replay::replay)))
        .routes(on(O::ReplayTriages, routes!(replays::replays)))
        .routes(on(O::ReadSeenBy, routes!(seen_by::seen_by)))
        .routes(on(O::ReadMeetingAsAt, routes!(audit::meeting::meeting)))
        .routes(on(O::ReadRotaAsAt, routes!(audit::rota::rota)))
        .routes(on(O::ReadRulesetAsAt, routes!(audit::rules::rules)))
        .routes(on(O::ReadPanelAsAt, routes!(audit::panel::panel)))
        .routes(on(O::ReadFigure, routes!(audit::figures::figure)))
}

/// Those of panels' meetings, and of what is done for a panel outside them.
fn meetings(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::CallMeeting, routes!(schedule::call_meeting)))
        .routes(on(O::ReadMeeting, routes!(live::read_meeting)))
        .routes(on(O::CancelMeeting, routes!(cancel::cancel)))
        .routes(on(O::ReadAgenda, routes!(agenda::read_agenda)))
        .routes(on(O::SetAgenda, routes!(agenda::set_agenda)))
        .routes(on(O::PutAgenda, routes!(agenda::put_agenda)))
        .routes(on(O::PublishPacks, routes!(papers::publish)))
        .routes(on(O::RenewPack, routes!(papers::renew_pack)))
        .routes(on(O::ReadPack, routes!(pack::read_pack)))
        .routes(on(O::ReadAttendance, routes!(attendance::read_attendance)))
        .routes(on(O::RecordAttendance, routes!(attendance::record_attendance)))
        .routes(on(O::Recuse, routes!(interests::recuse)))
        .routes(on(O::DismissInterest, routes!(interests::dismiss_interest)))
        .routes(on(O::DecideItem, routes!(decide::decide)))
        .routes(on(O::DeferItem, routes!(decide::defer)))
        .routes(on(O::ReviewDelegated, routes!(delegated::review_delegated)))
        .routes(on(O::CloseMeeting, routes!(ending::close_meeting)))
        .routes(on(O::SignMinutes, routes!(ending::sign_minutes)))
        .routes(on(O::RatifyMeeting, routes!(ratify::ratify_meeting)))
        .routes(on(O::DecideForPanel, routes!(panel::decide_for_panel)))
        .routes(on(O::RatifyDecision, routes!(panel::ratify)))
}

/// Those of panels, beside their meetings: terms, queues, dates, who came.
fn of_panels(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::ListPanels, routes!(panels::list::list)))
        .routes(on(O::ReadPanel, routes!(terms::read)))
        .routes(on(O::ReadPanelTerms, routes!(terms::history)))
        .routes(on(O::EstablishPanel, routes!(establish::establish)))
        .routes(on(O::ReadPanelQueue, routes!(queue::queue)))
        .routes(on(O::SetDepth, routes!(set_depth::set_depth)))
        .routes(on(O::ReadPanelDates, routes!(dates::dates)))
        .routes(on(O::ProposeAgenda, routes!(agenda_proposal::propose)))
        .routes(on(O::ListMeetings, routes!(calendar_of_meetings::meetings)))
        .routes(on(O::ReadPanelAttendance, routes!(panels::attendance::attendance)))
        .routes(on(O::ReadPanelAttendanceCsv, routes!(panels::attendance::attendance_csv)))
        .routes(on(O::ReadPanelCalendar, routes!(meetings_ics::with_a_key)))
        .routes(on(O::IssuePanelFeed, routes!(meetings_ics::issue)))
        .routes(on(O::RevokePanelFeed, routes!(meetings_ics::revoke)))
}

/// What proves things to whoever does not trust us.
fn of_proof(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::ReadCheckpoint, routes!(checkpoint::checkpoint)))
        .routes(on(O::ReadReceipt, routes!(receipt::receipt)))
        .routes(on(O::ReadInclusionProof, routes!(proofs::inclusion::inclusion)))
        .routes(on(O::ReadConsistencyProof, routes!(proofs::consistency::consistency)))
        .routes(on(O::ListCheckpoints, routes!(checkpoints::list)))
        .routes(on(O::CosignCheckpoint, routes!(cosign::cosign)))
        .routes(on(O::ReadTilesCheckpoint, routes!(tiles::checkpoint)))
        .routes(on(O::ReadTile, routes!(tiles::tile)))
        .routes(on(O::ReadEntries, routes!(tiles::entries)))
        .routes(on(O::ExportEvents, routes!(export::export)))
        .routes(on(O::VerifyLog, routes!(verify::verify)))
}

/// Those of teams and their rotas.
fn rota(on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::ListTeams, routes!(teams::teams)))
        .routes(on(O::ReadTeam, routes!(teams::team)))
        .routes(on(O::FormTeam, routes!(teams::form)))
        .routes(on(O::ReadShifts, routes!(shifts::read_shifts)))
        .routes(on(O::ReadRotaDays, routes!(days::days)))
        .routes(on(O::SetShifts, routes!(shifts::set_shifts)))
        .routes(on(O::ReadOverrides, routes!(overrides::read_overrides)))
        .routes(on(O::SetOverrides, routes!(overrides::set_overrides)))
        .routes(on(O::AddOverride, routes!(overrides::add_override)))
        .routes(on(O::ReadAbsences, routes!(absences::read_absences)))
        .routes(on(O::RecordAbsence, routes!(absences::record_absence)))
        .routes(on(O::PutAbsence, routes!(absences::put_absence)))
        .routes(on(O::EndAbsence, routes!(absences::end_absence)))
        .routes(on(O::ReadSwaps, routes!(swaps::read_swaps)))
        .routes(on(O::OfferSwap, routes!(swaps::offer_swap)))
        .routes(on(O::PutSwap, routes!(swaps::put_swap)))
        .routes(on(O::AcceptSwap, routes!(swaps::accept_swap)))
        .routes(on(O::RefuseSwap, routes!(swaps::refuse_swap)))
        .routes(on(O::WithdrawSwap, routes!(swaps::withdraw_swap)))
        .routes(on(O::IssueFeed, routes!(feed::issue_feed)))
        .routes(on(O::RevokeFeed, routes!(feed::revoke_feed)))
        .routes(on(O::ReadGaps, routes!(gaps::gaps)))
}

/// What services do beyond taking a request on, and what is for another authority.
fn services_and_others(
    on: &impl Fn(O, UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App>,
) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(on(O::Involve, routes!(parts::involve)))
        .routes(on(O::Release, routes!(parts::release)))
        .routes(on(O::Redirect, routes!(elsewhere::redirect)))
        .routes(on(O::RecordReceipt, routes!(elsewhere::record_receipt)))
        .routes(on(O::ReadHandOverRecord, routes!(hand_over_record::hand_over_record)))
        .routes(on(O::DecideStatutory, routes!(statutory::record_statutory_decision)))
        .routes(on(O::RecordExcusal, routes!(statutory::record_excusal)))
        .routes(on(O::HandOver, routes!(hand_over::hand_over)))
        .routes(on(O::ReadInbox, routes!(work::inbox)))
        .routes(on(O::ReadCaseload, routes!(work::caseload)))
        .routes(on(O::ReadPackage, routes!(packages::read::read)))
        .routes(on(O::ReadFamilySummary, routes!(packages::family::family_summary)))
        .routes(on(O::ListPackages, routes!(packages::list::list)))
        .routes(on(O::PricePackage, routes!(packages::price::price)))
        .routes(on(O::QueryPart, routes!(package::query)))
        .routes(on(O::AnswerQuery, routes!(package::answer_query)))
        .routes(on(O::ReviewPackage, routes!(package::review_package)))
        .routes(on(O::ReadSpend, routes!(insights::spend::spend)))
        .routes(on(O::ReadSpendCsv, routes!(insights::spend::spend_csv)))
        .routes(on(O::ReadCriteriaGaps, routes!(insights::gaps::gaps)))
        .routes(on(O::ReadCriteriaGapsCsv, routes!(insights::gaps::gaps_csv)))
        .routes(on(O::ReadMinutes, routes!(minutes::read)))
        .routes(on(O::ReadMeetingPapers, routes!(minutes::papers::read)))
        // Published: whoever asks, with a key or without.
        .routes(routes!(open_referral::publish_services))
}
