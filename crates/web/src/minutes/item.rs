//! One item of the minutes: which request, on which papers, and what came of it.

use super::decision::{DecidedBy, DecisionMinuted};
use super::person::Person;
use super::record::{Matter, Named, Record, Ruled, meeting_event};
use crate::prose::{bare, counted, listed};
use domain::clock::Promise;
use domain::event::{MeetingEvent, RequestEvent};
use domain::ids::{AccountId, RequestId};
use domain::meeting::event::{DeferReason, DelegationReviewed, Pack};
use domain::meeting::interest::InterestKind;
use domain::meeting::{Item, ItemOutcome};
use domain::need::Need;
use domain::panel::{Depth, Shortfall};
use domain::request::event::RuledBy;
use engine::Recorded;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Which request an item is about.
#[derive(Serialize, ToSchema)]
pub(crate) struct About {
    #[schema(value_type = String, format = Uuid)]
    pub(crate) request: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    pub(crate) reference: String,
    /// Whether it is about a child.
    pub(crate) has_child: bool,
    /// The child's name; null where names are not shown, or when the child was erased.
    pub(crate) child: Option<String>,
    /// Nobody can know any more who the child was.
    pub(crate) child_erased: bool,
    pub(crate) school: String,
    #[schema(value_type = Option<String>, example = "HI")]
    pub(crate) need: Option<Need>,
    /// By when the panel was to decide, as it stood then; null while the school is waited for.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) decide_by: Option<Timestamp>,
}

/// An item of the agenda.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemMinuted {
    /// From 1.
    pub(crate) number: usize,
    #[serde(flatten)]
    pub(crate) about: About,
    #[schema(value_type = String, example = "standard")]
    pub(crate) depth: Depth,
    /// How long it was to take.
    pub(crate) minutes: u16,
    /// Every version of what members could read.
    pub(crate) packs: Vec<PackMinuted>,
    /// Who had or could have had an interest in it, and what became of that.
    pub(crate) interests: Vec<InterestMinuted>,
    /// What came of it; null: nothing yet.
    pub(crate) outcome: Option<OutcomeMinuted>,
}

/// One version of what members could read.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackMinuted {
    pub(crate) version: u32,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) published_at: Timestamp,
    /// Whether it came after papers were due.
    pub(crate) late: bool,
    /// How many documents are in it.
    pub(crate) documents: usize,
}

/// An interest in an item.
#[derive(Serialize, ToSchema)]
pub(crate) struct InterestMinuted {
    #[serde(flatten)]
    pub(crate) person: Person,
    /// Which; null: none, although it was thought so.
    #[schema(value_type = Option<String>, example = "own_school")]
    pub(crate) interest: Option<InterestKind>,
    /// Whether they were at the meeting at all.
    pub(crate) attended: bool,
    /// What was said about it; null where words are not shown, or none were said.
    pub(crate) text: Option<String>,
}

/// What came of an item.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum OutcomeMinuted {
    /// It was decided.
    Decided {
        #[serde(flatten)]
        decision: Box<DecisionMinuted>,
        by: Box<DecidedBy>,
    },
    /// It was put off.
    Deferred {
        #[schema(value_type = String, example = "no_quorum")]
        why: DeferReason,
        #[schema(value_type = String, format = DateTime)]
        at: Timestamp,
        /// What was said about it.
        text: Option<String>,
        /// What was missing for a quorum, in words, where that is why.
        missing: Option<String>,
    },
    /// The meeting ended before it was reached.
    NotReached,
}

/// A decision that the chair had made for the panel.
#[derive(Serialize, ToSchema)]
pub(crate) struct DelegatedMinuted {
    #[serde(flatten)]
    pub(crate) about: About,
    /// The chair who decided.
    pub(crate) decided_by: Option<Person>,
    #[serde(flatten)]
    pub(crate) decision: Option<DecisionMinuted>,
    /// Whether the panel stands by it; otherwise the request is back in its queue.
    pub(crate) ratified_by_panel: bool,
    /// Who said so.
    pub(crate) deciding: Vec<Person>,
    pub(crate) interests: Vec<InterestMinuted>,
    /// Why the panel does not stand by it.
    pub(crate) set_aside_because: Option<String>,
}

impl Record {
    pub(super) fn items(&self) -> Vec<ItemMinuted> {
        let items = self.sitting.items.iter().zip(1..);
        items.filter_map(|(item, number)| self.item(item, number)).collect()
    }

    fn item(&self, item: &Item, number: usize) -> Option<ItemMinuted> {
        let matter = self.matters.get(&item.request)?;
        Some(ItemMinuted {
            number,
            about: self.about(item.request, matter, self.settled_at(item.request))?,
            depth: item.depth,
            minutes: item.minutes,
            packs: item.packs.iter().map(|pack| self.pack(pack)).collect(),
            interests: self.interests(item.request, matter),
            outcome: self.outcome(item, matter),
        })
    }

    /// The request as it stood before the meeting settled it.
    fn about(&self, request: RequestId, matter: &Matter, before: u64) -> Option<About> {
        let case = matter.case_before(before)?;
        let promise = case.clocks.latest(Promise::PanelDecision);
        let (child, child_erased) = match matter.named() {
            Named::Known(it) => (Some(format!("{} {}", it.given_name, it.family_name)), false),
            Named::Erased => (None, true),
            Named::Nobody | Named::Withheld => (None, false),
        };
        Some(About {
            request: request.0,
            reference: request.reference(),
            has_child: case.child.is_some(),
            child,
            child_erased,
            school: self.school(&case),
            need: case.intake.primary_need,
            decide_by: promise.and_then(|promise| promise.due_at),
        })
    }

    /// The position of the log at which the meeting settled a request: it is shown as it stood
    /// before.
    fn settled_at(&self, request: RequestId) -> u64 {
        let settles = |event: &MeetingEvent| {
            matches!(event, MeetingEvent::Decided(it) if it.request == request)
                || matches!(event, MeetingEvent::Deferred(it) if it.request == request)
        };
        let Some((settled, _)) = self.events().find(|(_, event)| settles(event)) else {
            return u64::MAX;
        };
        let all = self.matters.get(&request).into_iter().flat_map(|matter| &matter.events);
        let of_it = all.filter(|it| it.command_id == settled.command_id).map(|it| it.position);
        of_it.min().unwrap_or(settled.position)
    }

    fn events(&self) -> impl Iterator<Item = (&Recorded, &MeetingEvent)> {
        self.history.iter().filter_map(|recorded| {
            Some((recorded, recorded.event.as_ref().and_then(meeting_event)?))
        })
    }

    fn pack(&self, pack: &Pack) -> PackMinuted {
        let holds = |event: &MeetingEvent| matches!(event, MeetingEvent::PacksPublished(it) if it.packs.contains(pack));
        let published = self.events().find(|(_, event)| holds(event));
        PackMinuted {
            version: pack.version,
            published_at: published.map_or(self.sitting.starts_at, |(it, _)| it.recorded_at),
            late: pack.late,
            documents: pack.documents.len(),
        }
    }

    /// Every interest as it was settled last, with what was last said about it.
    fn interests(&self, request: RequestId, matter: &Matter) -> Vec<InterestMinuted> {
        let aside = self.sitting.recused.get(&request).into_iter().flatten();
        let none = self.sitting.dismissed.get(&request).into_iter().flatten();
        let settled = aside.map(|(member, kind)| (member, Some(*kind)));
        let settled = settled.chain(none.map(|member| (member, None)));
        let came = self.sitting.attendance.attended();
        settled
            .map(|(member, interest)| InterestMinuted {
                person: self.person(member),
                interest,
                attended: came.contains(member),
                text: self.said_of_interest(matter, member),
            })
            .collect()
    }

    fn said_of_interest(&self, matter: &Matter, member: &AccountId) -> Option<String> {
        let here = &self.sitting.id;
        let (recorded, _) = matter.happened().rev().find(|(_, event)| {
            matches!(event, RequestEvent::InterestDeclared(declared)
                if declared.meeting == *here && declared.member == *member)
        })?;
        matter.text(recorded.id)
    }

    fn outcome(&self, item: &Item, matter: &Matter) -> Option<OutcomeMinuted> {
        match item.outcome.as_ref()? {
            ItemOutcome::Decided(decided, _) => {
                let ruled = matter.decided(&Ruled::AtMeeting(&self.sitting.id))?;
                let decision = self.decision(matter, ruled, item.ratification.as_ref());
                let by = self.decided_by(matter, decided);
                Some(OutcomeMinuted::Decided { decision: Box::new(decision), by: Box::new(by) })
            }
            ItemOutcome::Deferred(why, at) => Some(self.deferred(item.request, matter, *why, *at)),
        }
    }

    /// Put off by a word of the meeting, or by its end.
    fn deferred(
        &self,
        request: RequestId,
        matter: &Matter,
        why: DeferReason,
        at: Timestamp,
    ) -> OutcomeMinuted {
        let of = |event: &MeetingEvent| matches!(event, MeetingEvent::Deferred(it) if it.request == request);
        let closes = |event: &MeetingEvent| matches!(event, MeetingEvent::Closed(_));
        let command = |is: &dyn Fn(&MeetingEvent) -> bool| {
            self.events().find(|(_, event)| is(event)).map(|(it, _)| it.command_id)
        };
        if why == DeferReason::NoTime && command(&of) == command(&closes) {
            return OutcomeMinuted::NotReached;
        }
        let said = matter.happened().find(|(_, event)| {
            matches!(event, RequestEvent::Deferred(it) if it.meeting == self.sitting.id)
        });
        let text = said.and_then(|(recorded, _)| matter.text(recorded.id));
        let short = (why == DeferReason::NoQuorum).then(|| self.short_of(request, at)).flatten();
        OutcomeMinuted::Deferred { why, at, text, missing: short }
    }

    /// What a quorum for a request lacked at an instant.
    fn short_of(&self, request: RequestId, at: Timestamp) -> Option<String> {
        let there = self.sitting.attendance.in_the_room(at).into_iter();
        let deciding = there.filter(|account| !self.sitting.is_aside(account, request));
        let roles = deciding.filter_map(|account| self.person(account).role);
        self.terms.quorum.shortfall(roles).map(|short| missing(&short))
    }

    pub(super) fn delegated(&self) -> Vec<DelegatedMinuted> {
        self.sitting.delegations.iter().filter_map(|it| self.reviewed(it)).collect()
    }

    fn reviewed(&self, reviewed: &DelegationReviewed) -> Option<DelegatedMinuted> {
        let matter = self.matters.get(&reviewed.request)?;
        let review = self.events().find(
            |(_, event)| matches!(event, MeetingEvent::DelegationReviewed(it) if it == reviewed),
        );
        let review = review.map_or(u64::MAX, |(it, _)| it.position);
        let ruled = matter.decided(&Ruled::ByChairBefore(review));
        let before = ruled.map_or(u64::MAX, |(recorded, _)| recorded.position);
        let chair = ruled.and_then(|(_, decided)| match &decided.by {
            RuledBy::Chair(chair) => Some(self.person(chair)),
            RuledBy::Meeting(_) => None,
        });
        let aside = matter.happened().find(|(recorded, event)| {
            matches!(event, RequestEvent::DecisionSetAside(it) if it.by.is_none())
                && recorded.position > before
        });
        Some(DelegatedMinuted {
            about: self.about(reviewed.request, matter, before)?,
            decided_by: chair,
            decision: ruled.map(|ruled| self.decision(matter, ruled, None)),
            ratified_by_panel: reviewed.ratified,
            deciding: self.people(&reviewed.deciding),
            interests: self.interests(reviewed.request, matter),
            set_aside_because: aside
                .filter(|_| !reviewed.ratified)
                .and_then(|(recorded, _)| matter.text(recorded.id)),
        })
    }
}

/// What is missing for a quorum: `1 more member and 1 educational psychologist`.
fn missing(short: &Shortfall) -> String {
    let total = usize::from(short.total);
    let total = (total > 0).then(|| counted(total, "more member", "more members"));
    let roles = short.roles.iter().map(|(role, count)| format!("{count} {}", bare(role.says())));
    listed(&total.into_iter().chain(roles).collect::<Vec<_>>())
}
