//! Who may do what, asked of every operation that the API describes, as every role: to what
//! is one's own, to what is another's, with no key and with a bad one.

use frontdoor_tests::caller::{Answer, Caller};
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use frontdoor_tests::{binary, caller};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The columns of [`TABLE`]; the request is of school 900001 and with `sensory-support`.
const CALLERS: [&str; 11] = [
    "school-900001",
    "school-900002",
    "adviser",
    "coordinator",
    "service-sensory-support",
    "service-education-welfare",
    "panel",
    "commissioner",
    "auditor",
    "dpo",
    "admin",
];

/// `+` may; `-` may not (403); `0` may, but not know of this one (404).
const TABLE: &str = "
    POST /requests                                        + + + + - - - - - - -
    GET  /requests                                        + + + + + + + + + + -
    GET  /requests/{id}                                   + 0 + + + 0 0 + + + -
    GET  /requests/{id}/timeline                          + 0 + + + 0 0 - + + -
    GET  /requests/{id}/receipt                           + 0 + + + 0 0 - + + -
    GET  /requests/{id}/triage                            + 0 + + + 0 0 + + - -
    GET  /requests/{id}/clocks                            + 0 + + + 0 0 + + - -
    POST /requests/{id}/actions/supply-information        + 0 - + - - - - - - -
    POST /requests/{id}/actions/withdraw                  + 0 - - - - - - - - -
    POST /requests/{id}/actions/accept-advice             + 0 - - - - - - - - -
    POST /requests/{id}/actions/go-on                     + 0 - - - - - - - - -
    POST /requests/{id}/actions/confirm-outcome           + 0 - - - - - - - - -
    POST /requests/{id}/actions/give-feedback             + 0 - - - - - - - - -
    POST /requests/{id}/actions/ask-information           - - + + + 0 - - - - -
    POST /requests/{id}/actions/advise                    - - + - - - - - - - -
    POST /requests/{id}/actions/signpost                  - - + - - - - - - - -
    POST /requests/{id}/actions/route                     - - + - - - - - - - -
    POST /requests/{id}/actions/refer-to-panel            - - + - - - - - - - -
    POST /requests/{id}/actions/close                     - - + - - - - - - - -
    POST /requests/{id}/actions/reopen                    - - + - - - - - - - -
    POST /requests/{id}/actions/note                      - - + + + 0 0 - - - -
    POST /requests/{id}/actions/break-glass               - - - - + + + - + - -
    GET  /audit/break-glass                               - - - - - - - - + + -
    POST /requests/{id}/actions/accept                    - - - - + 0 - - - - -
    POST /requests/{id}/actions/decline                   - - - - + 0 - - - - -
    POST /requests/{id}/actions/hand-over                 - - - - + 0 - - - - -
    POST /requests/{id}/actions/involve                   - - + - + 0 - - - - -
    POST /requests/{id}/actions/release                   - - + - + 0 - - - - -
    POST /requests/{id}/actions/record-contact            - - - - + 0 - - - - -
    POST /requests/{id}/actions/record-outcome            - - - - + 0 - - - - -
    POST /requests/{id}/actions/record-statutory-decision - - - - + 0 - - - - -
    POST /requests/{id}/actions/record-excusal            - - - - + 0 - - - - -
    POST /requests/{id}/actions/redirect                  - - + - - - - - - - -
    POST /requests/{id}/actions/record-receipt            - - + + - - - - - - -
    GET  /requests/{id}/hand-over-record                  - - + + - - - - - - -
    GET  /requests/{id}/package                           0 0 0 0 0 0 0 0 0 0 -
    GET  /requests/{id}/family-summary                    0 0 0 0 0 0 0 - - 0 -
    POST /requests/{id}/actions/query                     - - - - + 0 - - - - -
    POST /requests/{id}/actions/answer-query              - - - - - - 0 - - - -
    POST /requests/{id}/actions/review-package            - - - - + 0 0 - - - -
    GET  /packages                                        + + + + + + + + + - -
    POST /requests/{id}/actions/link-child                - - + - - - - - - - -
    POST /requests/{id}/actions/unlink-child              - - + - - - - - - - -
    POST /requests/{id}/actions/merge                     - - + - - - - - - - -
    GET  /requests/{id}/same-child                        - - + + - - - - - - -
    GET  /children/{id}                                   - - 0 0 - - - - - 0 -
    POST /drafts                                          + + - - - - - - - - -
    GET  /drafts                                          + + - - - - - - - - -
    GET  /drafts/{id}                                     0 0 - - - - - - - - -
    PUT  /drafts/{id}                                     0 0 - - - - - - - - -
    DELETE /drafts/{id}                                   0 0 - - - - - - - - -
    POST /drafts/{id}/submit                              0 0 - - - - - - - - -
    POST /requests/{id}/documents                         + 0 + + + 0 0 - - - -
    GET  /requests/{id}/documents                         + 0 + + + 0 0 - - + -
    GET  /requests/{id}/documents/{document}              0 0 0 0 0 0 0 - - 0 -
    GET  /schools                                         + + + + + + + + + + +
    GET  /schools/{urn}                                   + + + + + + + + + + +
    GET  /schools/{urn}/updates                           + 0 - + - - - - - - +
    PUT  /schools/{urn}/updates                           + 0 - + - - - - - - +
    POST /imports/schools                                 - - - - - - - - - - +
    GET  /services                                        + + + + + + + + + + +
    GET  /services/{slug}                                 + + + + + + + + + + +
    PUT  /services/{slug}                                 - - - - - - - - - - +
    GET  /services/{slug}/inbox                           - - + + + 0 - + + - -
    GET  /services/{slug}/caseload                        - - + + + 0 - + + - -
    GET  /rulesets/triage/versions                        + + + + + + + + + + +
    GET  /rulesets/triage/versions/{version}              + + + + + + + + + + +
    POST /requests/{id}/actions/assign                    - - + + - - - - - - -
    GET  /teams                                           - - + + - - - + + + +
    GET  /teams/{team}                                    - - + + - - - + + + +
    PUT  /teams/{team}                                    - - - + - - - - - - +
    GET  /rotas/{team}/shifts                             - - + + - - - + + + +
    PUT  /rotas/{team}/shifts                             - - - + - - - - - - +
    GET  /rotas/{team}/overrides                          - - + + - - - + + + +
    PUT  /rotas/{team}/overrides                          - - - + - - - - - - +
    POST /rotas/{team}/overrides                          - - - + - - - - - - +
    GET  /rotas/{team}/absences                           - - + + - - - - - + +
    PUT  /rotas/{team}/absences                           - - + + - - - - - - +
    POST /rotas/{team}/absences                           - - + + - - - - - - +
    POST /rotas/{team}/absences/{id}/end                  - - 0 0 - - - - - - 0
    GET  /rotas/{team}/swaps                              - - + + - - - - - + +
    PUT  /rotas/{team}/swaps                              - - + + - - - - - - +
    POST /rotas/{team}/swaps                              - - + + - - - - - - +
    POST /rotas/{team}/swaps/{id}/accept                  - - 0 0 - - - - - - 0
    POST /rotas/{team}/swaps/{id}/refuse                  - - 0 0 - - - - - - 0
    POST /rotas/{team}/swaps/{id}/withdraw                - - 0 0 - - - - - - 0
    POST /rotas/{team}/feed                               - - + + - - - - - - +
    POST /rotas/{team}/feed/revoke                        - - + + - - - - - - +
    GET  /rotas/{team}/gaps                               - - + + - - - + + - +
    GET  /duty                                            + + + + + + + + + + +
    GET  /calendar                                        + + + + + + + + + + +
    PUT  /calendar                                        - - - - - - - - - - +
    GET  /policy                                          - - + + - - - + + + +
    PUT  /policy                                          - - - - - - - - - - +
    GET  /escalations                                     - - + + - - - + + - -
    GET  /notices                                         + + + + - - - - - - +
    POST /notices/{id}/retry                              - - - 0 - - - - - - 0
    GET  /accounts/{id}/updates                           - - 0 0 0 0 0 0 0 0 0
    PUT  /accounts/{id}/updates                           - - 0 0 0 0 0 0 0 0 0
    GET  /insights/response-times                         + + + + + + + + + - -
    GET  /insights/response-times.csv                     + + + + + + + + + - -
    GET  /insights/feedback                               + + + + + + + + + - -
    GET  /insights/feedback.csv                           + + + + + + + + + - -
    GET  /insights/gaps                                   - - + + - - + + + - -
    GET  /insights/gaps.csv                               - - + + - - + + + - -
    GET  /insights/spend                                  - - + + - - + + + - -
    GET  /insights/spend.csv                              - - + + - - + + + - -
    POST /panels/{id}/meetings                            - - - 0 - - 0 - - - -
    GET  /meetings/{id}                                   - - - 0 - - 0 0 0 0 -
    POST /meetings/{id}/cancel                            - - - 0 - - 0 - - - -
    GET  /meetings/{id}/agenda                            - - - 0 - - 0 0 0 0 -
    POST /meetings/{id}/agenda                            - - - 0 - - 0 - - - -
    PUT  /meetings/{id}/agenda                            - - - 0 - - 0 - - - -
    POST /meetings/{id}/publish                           - - - 0 - - 0 - - - -
    POST /meetings/{id}/items/{request}/pack              - - - 0 - - 0 - - - -
    GET  /meetings/{id}/items/{request}/pack              - - - 0 - - 0 0 0 0 -
    GET  /meetings/{id}/attendance                        - - - 0 - - 0 0 0 0 -
    POST /meetings/{id}/attendance                        - - - 0 - - 0 - - - -
    POST /meetings/{id}/items/{request}/recuse            - - - 0 - - 0 - - - -
    POST /meetings/{id}/items/{request}/dismiss-interest  - - - - - - 0 - - - -
    POST /meetings/{id}/items/{request}/decide            - - - - - - 0 - - - -
    POST /meetings/{id}/items/{request}/defer             - - - - - - 0 - - - -
    POST /meetings/{id}/delegated/{request}               - - - - - - 0 - - - -
    POST /meetings/{id}/close                             - - - - - - 0 - - - -
    GET  /meetings/{id}/minutes                           - - - 0 - - 0 0 0 0 -
    GET  /meetings/{id}/papers                            - - - 0 - - 0 0 0 0 -
    POST /meetings/{id}/minutes/sign                      - - - - - - 0 - - - -
    POST /meetings/{id}/ratify                            - - - - - - 0 - - - -
    POST /requests/{id}/actions/decide-for-panel          - - - - - - 0 - - - -
    POST /requests/{id}/actions/ratify                    - - - - - - 0 - - - -
    POST /requests/{id}/actions/set-depth                 - - - - - - 0 - - - -
    GET  /panels                                          + + + + + + + + + + +
    GET  /panels/{id}                                     0 0 0 0 0 0 0 0 0 0 0
    PUT  /panels/{id}                                     - - - - - - - - - - +
    GET  /panels/{id}/terms                               0 0 0 0 0 0 0 0 0 0 0
    GET  /panels/{id}/queue                               - - 0 0 - - 0 0 0 - -
    GET  /panels/{id}/dates                               0 0 0 0 0 0 0 0 0 0 0
    GET  /panels/{id}/agenda-proposal                     - - - 0 - - 0 - 0 - -
    GET  /panels/{id}/attendance                          - - - 0 - - 0 0 0 - -
    GET  /panels/{id}/attendance.csv                      - - - 0 - - 0 0 0 - -
    GET  /panels/{id}/meetings.ics                        - - 0 0 0 0 0 0 0 0 0
    POST /panels/{id}/feed                                - - 0 0 - - 0 - - - -
    POST /panels/{id}/feed/revoke                         - - 0 0 - - 0 - - - -
    GET  /meetings                                        - - + + + + + + + + +
    GET  /audit/requests/{id}                             - - + - - - - - + + -
    GET  /audit/requests/{id}/difference                  - - + - - - - - + + -
    GET  /audit/requests/{id}/triage/replay               - - + - - - - - + + -
    GET  /audit/requests/{id}/seen-by                     - - - - - - - - + + -
    GET  /audit/triage/replay                             - - - - - - - - + + -
    GET  /audit/meetings/{id}                             - - - - - - - - 0 0 -
    GET  /audit/rotas/{team}/{month}                      - - - - - - - - 0 0 -
    GET  /audit/rulesets/triage                           - - - - - - - - + + -
    GET  /audit/panels/{id}                               - - - - - - - - 0 0 -
    GET  /audit/figures/{figure}                          0 0 - - - - - 0 0 - -
    GET  /accounts                                         - - - - - - - - + + +
    POST /accounts                                         - - - - - - - - - - +
    GET  /accounts/{id}                                    - - - - - - - - 0 0 0
    PUT  /accounts/{id}                                    - - - - - - - - - - 0
    POST /accounts/{id}/end-sessions                       - - - - - - - - - - 0
    GET  /accounts/{id}/keys                               - - - - - - - - 0 0 0
    POST /accounts/{id}/keys                               - - - - - - - - - - 0
    DELETE /accounts/{id}/keys/{key}                       - - - - - - - - - - 0
    POST /accounts/{id}/keys/{key}/rotate                  - - - - - - - - - - 0
    PUT  /accounts/{id}/sign-in                            - - - - - - - - - - 0
    GET  /audit/access                                     - - - - - - - - + + -
    GET  /audit/access/unusual                             - - - - - - - - + + -
    GET  /children/{id}/subject-access                     - - - - - - - - - 0 -
    POST /children/{id}/subject-access                     - - - - - - - - - 0 -
    POST /keys/master/rotate                               - - - - - - - - - - +
    GET  /me                                               + + + + + + + + + + +
    GET  /me/session                                       0 0 0 0 0 0 0 0 0 0 0
    GET  /retention                                        - - - - - - - - + + +
    PUT  /retention                                        - - - - - - - - - + -
    POST /retention/dispose                                - - - - - - - - - + -
    GET  /retention/due                                    - - - - - - - - - + -
    POST /sign-out                                         + + + + + + + + + + +
    GET  /subject-access-requests                          - - - - - - - - + + -
    POST /subject-access-requests/{id}/answer              - - - - - - - - - 0 -
    POST /subject-access-requests/{id}/clarify             - - - - - - - - - 0 -
    POST /subject-access-requests/{id}/extend              - - - - - - - - - 0 -
    GET  /audit/events                                    - - - - - - - - + + -
    GET  /audit/checkpoint                                + + + + + + + + + + +
    GET  /audit/checkpoints                               + + + + + + + + + + +
    POST /audit/checkpoints/{size}/cosignatures           - - - - - - - - + + +
    GET  /audit/proofs/inclusion                          + + + + + + + + + + +
    GET  /audit/proofs/consistency                        + + + + + + + + + + +
    GET  /audit/tiles/checkpoint                          + + + + + + + + + + +
    GET  /audit/tiles/{path}                              + + + + + + + + + + +
    GET  /audit/tiles/tile/entries/{path}                 - - - - - - - - + + -
    GET  /audit/export                                    - - - - - - - - + + -
    POST /children/{id}/hold                              - - - - - - - - - 0 -
    GET  /children/{id}/erasure                           - - - - - - - - 0 0 -
    GET  /children/{id}/holds                             - - - - - - - - 0 0 -
    POST /children/{id}/holds/{hold}/release              - - - - - - - - - 0 -
    POST /children/{id}/erase                             - - - - - - - - - 0 -
    GET  /audit/events/{position}                         - - - - - - - - + + -
    GET  /audit/verify                                    - - - - - - - - + + -
    GET  /insights/flow                                   - - + + + + + + + - -
    GET  /insights/flow.csv                               - - + + + + + + + - -
    GET  /insights/queues                                 - - + + + + + + + - -
    GET  /insights/queues.csv                             - - + + + + + + + - -
    GET  /insights/{figure}/requests                      + + + + + + + + + - -
    POST /packages/price                                  - - - - + + + - - - -
    GET  /requests/counts                                 + + + + + + + + + + -
    GET  /rotas/{team}/days                               - - + + - - - + + + +
    GET  /rulesets/triage/drafts                          - - - - - - - + + - +
    POST /rulesets/triage/drafts                          - - - - - - - + - - +
    GET  /rulesets/triage/drafts/{number}                 - - - - - - - + + - +
    PUT  /rulesets/triage/drafts/{number}                 - - - - - - - + - - +
    POST /rulesets/triage/drafts/{number}/activate        - - - - - - - - - - +
    GET  /rulesets/triage/drafts/{number}/effect          - - - - - - - + + - +
    GET  /rulesets/triage/facts                           + + + + + + + + + + +
";

struct Row {
    method: Method,
    path: &'static str,
    /// One for each of [`CALLERS`].
    may: Vec<&'static str>,
}

fn table() -> Vec<Row> {
    let rows = TABLE.lines().filter(|line| !line.trim().is_empty());
    rows.map(|line| {
        let mut words = line.split_whitespace();
        let method: Method = words.next().expect("a method").parse().expect("a method");
        let path = words.next().expect("a path");
        Row { method, path, may: words.collect() }
    })
    .collect()
}

impl Row {
    async fn ask(&self, caller: &Caller, id: &str) -> Answer {
        let path = self.path.replace("{version}", "1").replace("{team}", "front-door");
        let path = path.replace("{urn}", "900001").replace("{slug}", "sensory-support");
        let path = path.replace("{id}", id).replace("{document}", id).replace("{request}", id);
        let path = path.replace("{path}", "0/000.p/1").replace("entries/0/", "entries/");
        let path = path.replace("{size}", "1").replace("{position}", "1").replace("{number}", "1");
        let path = path.replace("/insights/{figure}", "/insights/response-times");
        let path = path.replace("{hold}", id).replace("{key}", id);
        let body = if self.method == Method::GET { Vec::new() } else { self.body() };
        caller.send(self.method.clone(), &path, &[], body).await.expect("an answer")
    }

    /// A body without faults: they are named before anything is looked up, so that they
    /// tell nobody what there is.
    fn body(&self) -> Vec<u8> {
        let reason = json!({"code": "other", "criteria": ["autism"], "text": "Because."});
        let body = match self.path.rsplit('/').next() {
            Some("requests") => plain(),
            Some("supply-information" | "advise" | "note" | "ask-information") => {
                json!({"text": "Words."})
            }
            Some("break-glass") => {
                json!({"reason": {"code": "legal", "text": "A court asks."}, "minutes": 1})
            }
            Some("subject-access") => {
                json!({"received_on": "2026-09-07", "by": "parent", "identity_checked": true})
            }
            Some("route") => json!({"service": "education-welfare", "reason": reason}),
            Some("refer-to-panel" | "decline") => json!({"reason": reason}),
            Some("record-outcome") => json!({"outcome": "goals_met"}),
            Some("confirm-outcome") => json!({"agreed": true}),
            Some("give-feedback") => json!({"quick": "yes", "helped": "yes"}),
            Some("signpost") => json!({"services": ["sensory-support"]}),
            Some("release") if self.path.starts_with("/children") => {
                json!({"reason": {"code": "ended"}})
            }
            Some("involve" | "release") => json!({"service": "educational-psychology"}),
            Some("hand-over") => json!({"service": "educational-psychology", "reason": reason}),
            Some("record-statutory-decision") => json!({"decision": "assess"}),
            Some("record-excusal") => {
                json!({"promise": "ehc_final_plan", "ground": "absent_from_area"})
            }
            Some("redirect") => json!({"authority": "835", "reason": reason}),
            Some("record-receipt") => json!({"received_on": "2026-01-05"}),
            Some("set-depth") => json!({"depth": "in_depth", "reason": reason}),
            Some("updates") => json!({"channel": "none"}),
            Some("answer-query") => json!({"service": "educational-psychology", "text": "Words."}),
            Some("review-package") => json!({
                "results": [{"number": 1, "outcome": "met", "measure": "Counted."}],
                "text": "Words.", "then": "end",
            }),
            Some("cancel") => json!({"why": "weather"}),
            Some("attendance") => json!({"member": "mira", "event": "arrived"}),
            Some("recuse") => json!({"member": "mira", "interest": "family"}),
            Some("dismiss-interest") => json!({"member": "mira", "text": "None."}),
            Some("defer") => json!({"why": "no_time"}),
            Some("decide" | "decide-for-panel") => {
                json!({"decision": "advice", "reason": reason, "evidence": ["request"]})
            }
            Some("hold") => json!({"reason": {"code": "police"}}),
            Some("ratify") if self.path.starts_with("/requests") => json!({"agreed": true}),
            _ if self.path.contains("/delegated/") => json!({"ratified": true}),
            _ => json!({}),
        };
        body.to_string().into_bytes()
    }
}

#[tokio::test]
async fn every_operation_asks_who_may_do_it() {
    let server = Server::empty().await;
    let mut wrong = vec![];
    for row in table() {
        // A new one each time: what is allowed may change it.
        let school = server.demo("school-900001");
        let stored = school.submit(&plain()).await;
        let id = stored.json()["id"].as_str().expect("an id").to_owned();
        school.get(&format!("/requests?at_least={}", stored.position())).await.expect_status(200);
        for (who, may) in CALLERS.iter().zip(&row.may) {
            let answer = row.ask(&server.demo(who), &id).await;
            let as_the_table_says = match *may {
                "-" => answer.status == 403,
                "0" => answer.status == 404,
                _ => ![401, 403, 404].contains(&answer.status) && answer.status < 500,
            };
            if !as_the_table_says {
                let (status, text) = (answer.status, &answer.text);
                wrong.push(format!("{} {} as {who}: {status} {text}", row.method, row.path));
            }
            if answer.status >= 400 {
                answer.expect_problem(answer.status);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn nobody_comes_in_without_a_good_key() {
    let server = Server::empty().await;
    let id = server.demo("school-900001").submit(&plain()).await.json()["id"].clone();
    let id = id.as_str().expect("an id");
    let bad = ["demo-school-999999", "demo-service-none", "demo-god", "demo-", "x"];
    let mut callers: Vec<Caller> = bad.iter().map(|key| server.anonymous().with_key(key)).collect();
    callers.push(server.anonymous());
    for row in table() {
        for caller in &callers {
            let answer = row.ask(caller, id).await;
            answer.expect_problem(401);
            assert_eq!(answer.header("www-authenticate"), "Bearer", "{}", row.path);
        }
    }
}

#[tokio::test]
async fn the_table_above_has_every_operation_that_the_api_describes() {
    let described = binary::run(&["openapi"]).await.json();
    let paths = described["paths"].as_object().expect("paths");
    let described: BTreeSet<String> = paths
        .iter()
        .filter_map(|(path, methods)| Some((path.strip_prefix(caller::BASE)?, methods)))
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            // What is published is nobody's to permit.
            let guarded = methods.filter(|(_, operation)| operation["security"] != json!([{}]));
            guarded.map(move |(method, _)| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let ours: BTreeSet<String> =
        table().iter().map(|row| format!("{} {}", row.method, row.path)).collect();
    assert_eq!(ours, described);
}

#[tokio::test]
async fn a_school_neither_submits_for_another_nor_sees_it_in_a_list() {
    let server = Server::empty().await;
    let (ours, theirs) = (server.demo("school-900001"), server.demo("school-900002"));
    let mut body = plain();
    body["school_urn"] = json!("900002");
    ours.post("/requests", &body).await.expect_problem(403);
    let stored = theirs.submit(&body).await;
    let (request, position) = (stored.json(), stored.position());
    let reference = request["reference"].as_str().expect("a reference");
    for filter in ["", "school_urn=900002&", &format!("reference={reference}&"), "q=Firle&"] {
        let path = format!("/requests?{filter}at_least={position}");
        assert_eq!(ours.get(&path).await.expect(200)["items"], json!([]), "{filter}");
        let seen = theirs.get(&path).await.expect(200)["items"].clone();
        assert_eq!(seen.as_array().map(Vec::len), Some(1), "{filter}");
    }
}

#[tokio::test]
async fn whoever_works_without_names_sees_none() {
    let server = Server::empty().await;
    let stored = server.demo("school-900001").submit(&plain()).await;
    let (request, position) = (stored.json(), stored.position());
    let id = request["id"].as_str().expect("an id");
    let named = |value: &Value| value.to_string().contains("Firle");
    for who in ["commissioner", "auditor"] {
        let caller = server.demo(who);
        for path in [format!("/requests?at_least={position}"), format!("/requests/{id}")] {
            assert!(!named(&caller.get(&path).await.expect(200)), "{who} {path}");
        }
        assert_eq!(caller.get("/requests?q=Firle").await.faults(422), ["q"]);
    }
    let adviser = server.demo("adviser").get(&format!("/requests/{id}")).await.expect(200);
    assert!(named(&adviser));
}
