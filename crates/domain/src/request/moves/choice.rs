//! What the school decides about its own request: whether advice is enough, whether the
//! support came to what is said, how it went.

use super::{Decided, Move, silent};
use crate::clock::Promise;
use crate::codes::Ending;
use crate::event::{Change, RequestEvent as E};
use crate::package::event::PackageEnd;
use crate::personal::Words;
use crate::request::command::{Agreement, Command, Feedback};
use crate::request::event::{
    AdviceAccepted, AdviceDeclined, Closed, FeedbackGiven, OutcomeConfirmed, OutcomeDisputed,
    RoutedBy,
};
use crate::request::intake::{triage, triaged};
use crate::request::{Refusal, Stage, Stated};
use crate::triage::{Route, Why};

impl Move<'_> {
    /// The choices that a school has, and where it has them.
    pub(in crate::request) fn choose(self, command: Command) -> Decided {
        use Command as C;
        use Stage as S;
        match (&self.case.stage, command) {
            (S::Supported | S::WithService { accepted: true, .. }, C::AcceptAdvice(_)) => {
                Err(self.case.refuse("ended by taking the advice"))
            }
            (_, C::AcceptAdvice(words)) => self.accept_advice(words),
            (S::WithDutyAdviser, C::GoOn(words)) => self.go_on(words),
            (S::Supported, C::ConfirmOutcome(agreement, words)) => self.confirm(agreement, words),
            (_, command) => Err(self.case.refuse(command.verb())),
        }
    }

    /// The advice is enough: the request ends as whoever gave it would have ended it.
    fn accept_advice(mut self, words: Words) -> Decided {
        let ending = self.case.conversation.offered.ok_or(Refusal::NoAdvice)?;
        let accepted = Change::of(E::AdviceAccepted(AdviceAccepted {}));
        self.unfolding.then(accepted.with(words.personal()));
        self.end(ending);
        Ok(self.done())
    }

    /// The advice is not enough: the request goes on without a new form, to the one service
    /// that fits or else to its panel.
    fn go_on(mut self, words: Words) -> Decided {
        if self.case.conversation.offered.is_none() {
            return Err(Refusal::NoAdvice);
        }
        let declined = Change::of(E::AdviceDeclined(AdviceDeclined {}));
        self.unfolding.then(declined.with(words.personal()));
        match self.desk.schools.get(&self.case.school) {
            // The rules have never decided: they do now, or ask again for what is missing.
            Some(school) if self.case.undecided => {
                let triage = triage(&self.case.intake, school, self.desk);
                triaged(&mut self.unfolding, triage);
            }
            Some(_) | None => {
                let route = self.onward();
                self.go(route, RoutedBy::School, Stated::default());
            }
        }
        Ok(self.done())
    }

    /// Where the rules send a request for which advice is not enough. A service that declined
    /// it is not asked again, and a child who lives elsewhere stays the other authority's.
    fn onward(&self) -> Route {
        let triage = self.case.triage.as_ref();
        if let Some(authority) = triage.and_then(|triage| triage.elsewhere.clone()) {
            return Route::Duty { why: Why::Redirect { authority } };
        }
        let candidates = self.candidates();
        let for_a_panel = matches!(self.recommended(), Some(Route::Panel { .. }));
        match candidates.as_slice() {
            [service] if !for_a_panel && !self.case.declined_by.contains(service) => {
                Route::Service { service: service.clone() }
            }
            _ => Route::Panel { panel: self.own_panel(), candidates },
        }
    }

    /// Agreed, the request ends; otherwise the duty adviser looks, and owes an answer.
    fn confirm(mut self, agreement: Agreement, words: Words) -> Decided {
        match agreement {
            Agreement::Agreed => {
                let confirmed = Change::of(E::OutcomeConfirmed(OutcomeConfirmed {}));
                self.unfolding.then(confirmed.with(words.personal()));
                self.end(Ending::SupportComplete);
            }
            Agreement::Disputed if silent(&words) => return Err(Refusal::TextRequired),
            Agreement::Disputed => {
                let owed = self.case.clocks.open().any(|clock| clock.promise == Promise::Respond);
                let clocks =
                    if owed { vec![] } else { self.unfolding.start(Promise::Respond, None) };
                let disputed = Change::of(E::OutcomeDisputed(OutcomeDisputed {})).moving(clocks);
                self.unfolding.then(disputed.with(words.personal()));
            }
        }
        Ok(self.done())
    }

    /// Once the school was answered, or the request has ended; as often as it likes.
    pub(in crate::request) fn feedback(mut self, feedback: Feedback, words: Words) -> Decided {
        let mut answers = self.case.clocks.iter().filter(|it| it.promise == Promise::Respond);
        let answered = answers.any(|clock| clock.stopped_at.is_some());
        if !answered && !matches!(self.case.stage, Stage::Closed { .. }) {
            return Err(Refusal::NotAnswered);
        }
        let Feedback { quick, helped } = feedback;
        let service = self.case.last_service.clone();
        let given = Change::of(E::FeedbackGiven(FeedbackGiven { quick, helped, service }));
        self.unfolding.then(given.with(words.personal()));
        Ok(self.done())
    }

    fn end(&mut self, ending: Ending) {
        self.end_package(PackageEnd::RequestEnded);
        let clocks = self.unfolding.keeper().meet_and_lapse_the_rest(Promise::Respond);
        self.unfolding.then(Change::of(E::Closed(Closed { ending })).moving(clocks));
    }
}
