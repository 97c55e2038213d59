//! A meeting in which everything happens that can: somebody comes late and somebody leaves, a
//! paper is late and not read by all, members stand aside, one does not agree, a quorum breaks.

use super::terms::{establish, name, panel};
use crate::county::{County, OTHERS, OURS, by_set_up_as, hearing};
use axum::http::StatusCode;
use domain::account::Role;
use domain::codes::{ReasonCode, Support};
use domain::document::{DocumentKind, MediaType};
use domain::ids::{DocumentId, MeetingId, RequestId};
use domain::meeting::event::{CancelReason, DeferReason, MeetingKind, Planned, Votes};
use domain::meeting::interest::InterestKind;
use domain::meeting::{Deciding, MeetingCommand};
use domain::money::{Money, TenThousandths};
use domain::package::{ContributionDraft, Frequency, FundingSource, PackageDraft, Provider, Unit};
use domain::panel::Depth;
use domain::personal::{
    ContributionWords, Dissent, DocumentName, KeyWorker, PackageWords, RulingWords, Words,
};
use domain::request::event::{Evidence, Reason, RuledBy};
use domain::request::{Command, Decision, Ruling, Stated};
use domain::service::Agency;
use engine::{Actor, Context, NewDocument, NewMeeting};
use jiff::civil::date;
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};

/// What nobody reads who may not know whom it is about.
pub(crate) const WORDS: [&str; 6] = [
    "Ivy Firle",
    "Signing in class",
    "Grace Lowe",
    "too much for one year",
    "my nephew",
    "What does the audiologist",
];

/// The meeting, and the county in which it is held.
pub(crate) struct Held {
    pub(crate) county: County,
    pub(crate) meeting: MeetingId,
    requests: Vec<RequestId>,
    report: Option<DocumentId>,
    next: AtomicU64,
}

impl Held {
    /// Five items, and one decision under delegation; packs are published, one of them anew.
    pub(crate) async fn called() -> Self {
        let county = County::founded().await;
        establish(&county.engine).await;
        let mut requests = vec![];
        let children = [
            (OTHERS, "Ivy", "Firle"),
            (OURS, "Noah", "Amberley"),
            (OURS, "Zara", "Alciston"),
            (OTHERS, "Finn", "Ditchling"),
            (OTHERS, "Ella", "Glynde"),
            (OTHERS, "Kofi", "Ripe"),
        ];
        for (key, given, family) in children {
            requests.push(sent(&county, key, given, family).await);
        }
        let meeting = "sensory-physical-2026-12-09".parse().unwrap();
        let mut held = Self { county, meeting, requests, report: None, next: AtomicU64::new(0) };
        held.delegate().await;
        held.at("2026-11-30T14:00:00Z");
        let new = NewMeeting {
            panel: panel(),
            kind: MeetingKind::Cycle,
            starts_at: "2026-12-09T09:30:00Z".parse().unwrap(),
            minutes: None,
        };
        held.county.engine.call_meeting(&held.clerk(), &new).await.unwrap();
        let depths = [Depth::InDepth, Depth::Standard, Depth::Standard, Depth::Consent];
        let depths = depths.into_iter().chain([Depth::Standard]);
        let item = |(request, depth): (&RequestId, Depth)| Planned {
            request: *request,
            depth,
            minutes: domain::panel::MinutesFor::default().depth(depth),
        };
        let items = held.requests.iter().zip(depths).map(item).collect();
        held.does(MeetingCommand::SetAgenda(items)).await;
        held.at("2026-12-01T11:15:00Z");
        held.does(MeetingCommand::Publish).await;
        held.report = held.late_paper().await;
        held
    }

    /// A report that comes when papers were due, and is read by three.
    async fn late_paper(&self) -> Option<DocumentId> {
        let first = self.requests[0];
        for (request, reader) in [(0, "mira-shah"), (0, "helen-price"), (1, "ama-osei")] {
            let opens = MeetingCommand::OpenPack(name(reader), self.requests[request]);
            self.does(opens).await;
        }
        self.at("2026-12-08T15:10:00Z");
        let report = NewDocument {
            kind: DocumentKind::Report,
            media_type: MediaType::Pdf,
            name: DocumentName {
                file_name: "report.pdf".to_owned(),
                title: Some("Audiology, Ivy".to_owned()),
            },
            bytes: b"%PDF-1.7".to_vec(),
        };
        let done = self.county.engine.add_document(&self.clerk(), first, report).await.unwrap();
        self.does(MeetingCommand::RenewPack(first)).await;
        self.at("2026-12-08T19:30:00Z");
        for reader in ["mira-shah", "noor-ali"] {
            self.does(MeetingCommand::OpenPack(name(reader), first)).await;
        }
        for reader in ["mira-shah", "noor-ali", "tom-baker", "helen-price", "ama-osei"] {
            for request in &self.requests[3..4] {
                self.does(MeetingCommand::OpenPack(name(reader), *request)).await;
            }
        }
        done.case.documents.last().copied()
    }

    /// The chair decides a clear case for the panel.
    async fn delegate(&self) {
        self.at("2026-11-24T10:00:00Z");
        let request = self.requests[5];
        let stated = Stated {
            reason: Some(reason(ReasonCode::CriteriaMet, &["specialist-hlta/hearing"])),
            words: Words::text("Nothing here is in doubt."),
        };
        let engine = &self.county.engine;
        let clear = Command::SetDepth(Depth::Consent, stated);
        engine.act(&self.clerk(), request, clear).await.unwrap();
        let ruling = Ruling {
            panel: panel(),
            by: RuledBy::Chair(name("mira-shah")),
            decision: Decision::Service("sensory-support".parse().unwrap()),
            reason: Some(reason(ReasonCode::CriteriaMet, &["sensory-support/sensory-need"])),
            evidence: vec![Evidence::Request],
            words: RulingWords {
                text: Some("The service has already met Kofi and can begin at once".to_owned()),
                ..RulingWords::default()
            },
        };
        engine.delegate(&self.clerk(), request, ruling).await.unwrap();
    }

    pub(crate) async fn until_the_first_decision(&self) {
        self.does(MeetingCommand::Apologise(name("lee-marsh"))).await;
        self.at("2026-12-09T09:28:00Z");
        for member in ["mira-shah", "noor-ali", "tom-baker", "helen-price"] {
            self.does(MeetingCommand::Arrive(name(member))).await;
        }
        self.at("2026-12-09T09:36:00Z");
        let known = (InterestKind::OwnSchool, "Ivy is a pupil of my school");
        self.aside("helen-price", 0, known).await;
        let known = (InterestKind::Family, "Zara’s mother is married to my nephew");
        self.aside("noor-ali", 2, known).await;
        self.does(MeetingCommand::DismissInterest(
            name("helen-price"),
            self.requests[3],
            Words::text("The family moved, and Finn left the school in July"),
        ))
        .await;
        self.aside("helen-price", 5, (InterestKind::OwnSchool, "Kofi is a pupil of my school"))
            .await;
        self.aside("tom-baker", 1, (InterestKind::OwnSchool, "")).await;
        self.aside("tom-baker", 2, (InterestKind::OwnSchool, "")).await;
        let ratified = MeetingCommand::ReviewDelegation(self.requests[5], true, nothing());
        self.does(ratified).await;
        self.at("2026-12-09T09:52:00Z");
        self.does(MeetingCommand::Arrive(name("ama-osei"))).await;
        self.at("2026-12-09T10:15:00Z");
        self.does(MeetingCommand::Decide(Box::new(self.grants()))).await;
    }

    /// To the end: not signed.
    pub(crate) async fn closed() -> Self {
        let held = Self::called().await;
        held.until_the_first_decision().await;
        held.at("2026-12-09T10:40:00Z");
        held.does(MeetingCommand::Decide(Box::new(held.asks()))).await;
        held.at("2026-12-09T10:55:00Z");
        let words =
            Words::text("The panel will take it up in January, with the vice-chair’s deputy");
        let put_off = MeetingCommand::PutOff(held.requests[2], DeferReason::NoQuorum, words);
        held.does(put_off).await;
        held.at("2026-12-09T11:10:00Z");
        held.does(MeetingCommand::Decide(Box::new(held.declines()))).await;
        held.at("2026-12-09T11:20:00Z");
        held.does(MeetingCommand::Depart(name("noor-ali"))).await;
        held.at("2026-12-09T12:00:00Z");
        held.does(MeetingCommand::Close).await;
        held
    }

    pub(crate) async fn signed_and_ratified() -> Self {
        let held = Self::closed().await;
        held.at("2026-12-10T16:05:00Z");
        held.does(MeetingCommand::Sign(name("mira-shah"))).await;
        held.at("2026-12-11T09:20:00Z");
        let words = Words::text("The cost is within the year’s budget");
        let stated = Stated { reason: None, words };
        let word = MeetingCommand::Ratify(held.requests[0], name("ruth-dean"), true, stated);
        held.does(word).await;
        held
    }

    /// The child of the item that was declined is erased.
    pub(crate) async fn erase_last(&self) {
        let (request, _) = self.county.engine.request(self.requests[3]).await.unwrap();
        let child = request.case().and_then(|case| case.child).unwrap();
        let path = format!("/children/{child}/erase");
        let answer = self.county.post("demo-dpo", &path, &json!({})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }

    pub(crate) async fn cancel(&self) {
        self.does(MeetingCommand::Cancel(CancelReason::NoQuorum, None)).await;
    }

    async fn aside(&self, member: &str, item: usize, (kind, words): (InterestKind, &str)) {
        let words = if words.is_empty() { Words::default() } else { Words::text(words) };
        let request = self.requests[item];
        self.does(MeetingCommand::Recuse(name(member), request, kind, words)).await;
    }

    fn grants(&self) -> Deciding {
        let (package, package_words) = package();
        let voted = |names: &[&str]| names.iter().map(|it| name(it)).collect();
        Deciding {
            request: self.requests[0],
            decision: Decision::Package(package),
            reason: Some(reason(ReasonCode::NeedBeyondOrdinary, &["sensory-physical/high-needs"])),
            evidence: vec![
                Evidence::Request,
                Evidence::Cycle(1),
                Evidence::Document(self.report.unwrap()),
                Evidence::Heard,
            ],
            words: RulingWords {
                text: Some(
                    "Ivy has lost more of her hearing since July. What the school gives \
                            from its own budget is good, and no longer enough."
                        .to_owned(),
                ),
                criteria: vec!["A hearing loss that gets worse within a year".to_owned()],
                package: Some(package_words),
                ..RulingWords::default()
            },
            votes: Some(Votes {
                for_it: voted(&["mira-shah", "noor-ali", "ama-osei"]),
                against: voted(&["tom-baker"]),
                abstained: vec![],
            }),
            dissent: vec![Dissent {
                member: name("tom-baker"),
                text: "It is too much for one year; a term would show whether it helps".to_owned(),
            }],
        }
    }

    fn asks(&self) -> Deciding {
        Deciding {
            request: self.requests[1],
            decision: Decision::Defer,
            reason: Some(reason(ReasonCode::EvidenceMissing, &["sensory-physical/high-needs"])),
            evidence: vec![Evidence::Request],
            words: RulingWords {
                text: Some(
                    "The panel cannot tell what has changed since the last report".to_owned(),
                ),
                questions: vec![
                    "What does the audiologist say of the new aids?".to_owned(),
                    "Which lessons does Noah miss?".to_owned(),
                ],
                ..RulingWords::default()
            },
            votes: None,
            dissent: vec![],
        }
    }

    fn declines(&self) -> Deciding {
        let all = ["mira-shah", "noor-ali", "tom-baker", "helen-price", "ama-osei"];
        Deciding {
            request: self.requests[3],
            decision: Decision::Decline,
            reason: Some(reason(ReasonCode::OrdinarySupportFirst, &["sensory-physical/graduated"])),
            evidence: vec![Evidence::Request, Evidence::Cycle(1)],
            words: RulingWords {
                text: Some("One cycle with a radio aid is still to be tried for Finn".to_owned()),
                ..RulingWords::default()
            },
            votes: Some(Votes { for_it: all.map(name).into(), ..Votes::default() }),
            dissent: vec![],
        }
    }

    fn at(&self, now: &str) {
        self.county.clock.set(now.parse().unwrap());
    }

    fn clerk(&self) -> Context {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let actor = Actor::account(&name("demo-panel"), Role::Panel);
        Context { actor, ..by_set_up_as(7_000 + u128::from(number)) }
    }

    async fn does(&self, command: MeetingCommand) {
        let said = format!("{command:?}");
        let done = self.county.engine.convene(&self.clerk(), &self.meeting, command).await;
        assert!(done.is_ok(), "{said}: {:?}", done.err());
    }
}

fn nothing() -> Stated {
    Stated { reason: None, words: Words::default() }
}

fn reason(code: ReasonCode, criteria: &[&str]) -> Reason {
    Reason { code, criteria: criteria.iter().map(|it| (*it).to_owned()).collect() }
}

async fn sent(county: &County, key: &str, given: &str, family: &str) -> RequestId {
    let mut body = hearing();
    body["child"]["given_name"] = json!(given);
    body["child"]["family_name"] = json!(family);
    body["support_sought"] = json!(["funding", "equipment"]);
    body["tried"] = json!([{"started": "2026-02-23", "reviewed": "2026-04-24",
        "provision": "A seat at the front", "outcome": "no_progress"}]);
    let answer = county.post(key, "/requests", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    RequestId(answer.body["id"].as_str().unwrap().parse().unwrap())
}

/// Three agencies, over two financial years.
fn package() -> (PackageDraft, PackageWords) {
    let service = || Provider::Service("sensory-support".parse().unwrap());
    let part = |provider, support, (quantity, unit, frequency), pence, (starts, ends), funding| {
        ContributionDraft {
            provider,
            support,
            quantity,
            unit,
            frequency,
            unit_cost: Money { pence },
            starts,
            ends,
            funding,
            review_on: date(2027, 3, 22),
        }
    };
    let units = |text| TenThousandths::parse(text).unwrap();
    let hours = (units("7.5"), Unit::Hour, Frequency::Weekly);
    let once = (units("1"), Unit::Item, Frequency::Once);
    let sessions = (units("1"), Unit::Session, Frequency::Monthly);
    let (health, voluntary) =
        (Provider::Agency(Agency::Health), Provider::Agency(Agency::Voluntary));
    let (from, to) = (date(2027, 1, 4), date(2027, 7, 19));
    let year = (from, to);
    let contributions = vec![
        part(service(), Support::Outreach, hours, 4_850, year, FundingSource::HighNeeds),
        part(health, Support::Equipment, once, 124_999, year, FundingSource::Health),
        part(voluntary, Support::Advice, sessions, 6_000, year, FundingSource::Grant),
    ];
    let said = |what: &str, outcome: &str, lead: &str| ContributionWords {
        what: what.to_owned(),
        outcome: outcome.to_owned(),
        lead: lead.to_owned(),
    };
    let words = PackageWords {
        key_worker: KeyWorker {
            name: "Grace Lowe".to_owned(),
            role: "teacher of the deaf".to_owned(),
            contact: None,
        },
        contributions: vec![
            said("Signing in class", "Ivy follows every lesson", "Grace Lowe"),
            said("A pair of hearing aids", "Ivy hears speech at 2 metres", "Dr Ben Ode"),
            said("A deaf mentor", "Ivy has a friend who signs", "Pat Reed"),
        ],
    };
    (PackageDraft { key_worker_of: service(), contributions }, words)
}
