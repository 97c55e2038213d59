//! Past triages, decided again with what they were made with: the rules of their version, the
//! school and the authority as they were known, the codes of the request as they stood.
//!
//! One walk through the log keeps the desk and the requests as they went, so that a year is
//! replayed in the time of reading it once.

use super::Engine;
use crate::deskkeeper::follows;
use crate::engine::SealedBox;
use crate::failure::Failure;
use crate::stored::Recorded;
use domain::calendar::london;
use domain::desk::Desk;
use domain::event::{ChildEvent, Event, RequestEvent};
use domain::ids::{ChildId, RequestId};
use domain::intake::age_years;
use domain::personal::Personal;
use domain::request::{Case, Request};
use domain::triage::{Facts, Replay, RuleSet, RuleSetDraft, Triage};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};

/// Which triages are replayed.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReplaysSought {
    /// Those of this request; of all when `None`.
    pub request: Option<RequestId>,
    /// The one at this position.
    pub position: Option<u64>,
    /// Those recorded at this instant or later,
    pub from: Option<Timestamp>,
    /// and before this one.
    pub to: Option<Timestamp>,
    /// By the rules of this version instead of their own.
    pub ruleset_version: Option<u32>,
}

/// From what the facts of a replay were derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactsFrom {
    /// From the codes of the request; the age from the birth date in the child's sealed box.
    Sealed,
    /// From the codes of the request alone.
    Codes,
}

/// A past triage, decided again.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// Of which request,
    pub request: RequestId,
    /// about which child.
    pub child: Option<ChildId>,
    /// Where it was recorded,
    pub position: u64,
    /// and when.
    pub recorded_at: Timestamp,
    /// When the request was received, which the age is worked out for.
    pub received_at: Timestamp,
    /// The comparison.
    pub replay: Replay,
    /// From what the facts were derived.
    pub facts_from: FactsFrom,
}

impl Engine {
    /// Decides past triages again, in the order of the log, from codes alone: nothing is opened.
    pub async fn replays(
        &self,
        sought: ReplaysSought,
        reached: impl Fn(u64, u64) + Send + Sync,
    ) -> Result<Vec<Replayed>, Failure> {
        let drafts = self.known().await?.desk.rule_drafts.clone();
        self.along(Walk { sought, drafts, ..Walk::default() }, reached).await
    }

    /// The same by these rules, whether they were ever in force or not. They must have no fault.
    pub async fn replays_by(
        &self,
        rules: RuleSetDraft,
        sought: ReplaysSought,
    ) -> Result<Vec<Replayed>, Failure> {
        let mut drafts = self.known().await?.desk.rule_drafts.clone();
        let version = drafts.last_key_value().map_or(0, |(last, _)| *last) + 1;
        drafts.insert(version, rules);
        let sought = ReplaysSought { ruleset_version: Some(version), ..sought };
        self.along(Walk { sought, drafts, ..Walk::default() }, |_, _| {}).await
    }

    async fn along(
        &self,
        mut walk: Walk,
        reached: impl Fn(u64, u64) + Send + Sync,
    ) -> Result<Vec<Replayed>, Failure> {
        let (head, sought) = (self.head(), walk.sought);
        let own = sought.request.map(|request| format!("request-{request}"));
        let wanted = |stream: &str| match &own {
            Some(own) => stream == own || follows(stream),
            None => stream.starts_with("request-") || follows(stream),
        };
        self.walk(head, wanted, |recorded| {
            reached(recorded.position, head);
            walk.follow(recorded);
        })
        .await?;
        Ok(walk.found)
    }

    /// The same for one request, with the age of the child worked out again from the sealed
    /// birth date wherever that can be opened still. The opening is on record, as the front
    /// door's own; nothing of what is in the box is handed out but the age.
    pub async fn replays_of(&self, sought: ReplaysSought) -> Result<Vec<Replayed>, Failure> {
        let mut replays = self.replays(sought, |_, _| {}).await?;
        for replayed in &mut replays {
            let born = self.birth_date(replayed.child).await?;
            let (Some(born), Some(_)) = (born, replayed.replay.original.facts.age_years) else {
                continue;
            };
            let age = age_years(born, london::wall(replayed.received_at).date());
            replayed.facts_from = FactsFrom::Sealed;
            if replayed.replay.replayed.facts.age_years != Some(age) {
                replayed.replay.replayed = self.at_another_age(replayed, age).await?;
            }
        }
        Ok(replays)
    }

    async fn birth_date(
        &self,
        child: Option<ChildId>,
    ) -> Result<Option<jiff::civil::Date>, Failure> {
        let Some(child) = child else { return Ok(None) };
        let events = self.stream(&format!("child-{child}")).await?;
        let registered = events.into_iter().rev().find_map(|recorded| {
            let said = matches!(recorded.event, Some(Event::Child(ChildEvent::Registered(_))));
            let sealed = recorded.sealed.filter(|_| said)?;
            Some(SealedBox { event: recorded.id, sealed })
        });
        let boxes: Vec<_> = registered.into_iter().collect();
        let why = ("replay_triage", "a past decision is decided again for an auditor");
        let opened = self.open(("front-door", "system"), why, &boxes).await?;
        Ok(opened.into_iter().find_map(|opened| match opened {
            crate::Opened::Personal(Personal::Child(identity)) => Some(identity.date_of_birth),
            crate::Opened::Personal(_) | crate::Opened::Erased => None,
        }))
    }

    /// What the rules say of the same request if its child is of another age than was recorded.
    async fn at_another_age(&self, replayed: &Replayed, age: i16) -> Result<Triage, Failure> {
        let mut walk = Walk {
            sought: ReplaysSought {
                request: Some(replayed.request),
                position: Some(replayed.position),
                ruleset_version: Some(replayed.replay.replayed.ruleset_version),
                ..ReplaysSought::default()
            },
            drafts: self.known().await?.desk.rule_drafts.clone(),
            age: Some(age),
            ..Walk::default()
        };
        let own = format!("request-{}", replayed.request);
        let wanted = |stream: &str| stream == own || follows(stream);
        self.walk(replayed.position, wanted, |recorded| walk.follow(recorded)).await?;
        let again = walk.found.pop().map(|found| found.replay.replayed);
        Ok(again.unwrap_or_else(|| replayed.replay.replayed.clone()))
    }
}

/// The desk and the requests as they went, and what was replayed so far.
#[derive(Default)]
struct Walk {
    sought: ReplaysSought,
    /// Every version of the rules there is to this day.
    drafts: BTreeMap<u32, RuleSetDraft>,
    /// The age to go by, if not the one in the codes.
    age: Option<i16>,
    checked: BTreeMap<u32, RuleSet>,
    desk: Desk,
    requests: HashMap<RequestId, Request>,
    found: Vec<Replayed>,
}

impl Walk {
    fn follow(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Some(Event::Desk(event)) => self.desk.apply(event, recorded.version),
            Some(Event::Request(event)) => {
                if let RequestEvent::Triaged(triaged) = event
                    && self.is_sought(recorded)
                {
                    self.replay(recorded, &triaged.triage);
                }
                self.go_on(recorded);
            }
            Some(Event::Child(_) | Event::Draft(_) | Event::Notice(_) | Event::Meeting(_))
            | None => {}
        }
    }

    fn is_sought(&self, recorded: &Recorded) -> bool {
        let ReplaysSought { position, from, to, .. } = self.sought;
        position.is_none_or(|position| recorded.position == position)
            && from.is_none_or(|from| recorded.recorded_at >= from)
            && to.is_none_or(|to| recorded.recorded_at < to)
    }

    fn go_on(&mut self, recorded: &Recorded) {
        if let (Some(request), Some(happened)) = (recorded.request(), recorded.happened()) {
            let state = self.requests.entry(request).or_default();
            *state = std::mem::take(state).evolve(&happened);
        }
    }

    fn replay(&mut self, recorded: &Recorded, original: &Triage) {
        let state = recorded.request().and_then(|request| self.requests.get(&request));
        let Some(case) = state.and_then(Request::case).cloned() else { return };
        let version = self.sought.ruleset_version.unwrap_or(original.ruleset_version);
        let facts = self.facts(&case, original);
        let ours = self.desk.authority.clone();
        let rules = self.rules(version);
        let replayed = Triage::decide(&case.intake, facts, rules, ours.as_ref());
        self.found.push(Replayed {
            request: case.id,
            child: case.child,
            position: recorded.position,
            recorded_at: recorded.recorded_at,
            received_at: case.received_at,
            replay: Replay { original: original.clone(), replayed },
            facts_from: FactsFrom::Codes,
        });
    }

    /// Derived again; as recorded where the school is not known any more.
    fn facts(&self, case: &Case, original: &Triage) -> Facts {
        let school = self.desk.schools.get(&case.school);
        let facts =
            school.map_or_else(|| original.facts.clone(), |school| Facts::of(&case.intake, school));
        Facts { age_years: self.age.or(facts.age_years), ..facts }
    }

    /// The rules of a version; those before any were written when it is of none.
    fn rules(&mut self, version: u32) -> &RuleSet {
        let drafts = &self.drafts;
        self.checked.entry(version).or_insert_with(|| {
            let rules = drafts.get(&version).map(|draft| RuleSet::check(draft, version));
            rules.and_then(Result::ok).unwrap_or_else(RuleSet::unwritten)
        })
    }
}
