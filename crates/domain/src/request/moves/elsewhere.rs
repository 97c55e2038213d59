//! A child who lives elsewhere: the request goes to the home authority, and stays open here
//! until that authority says that it has it, so that no child is dropped on the way.

use super::super::Refusal;
use super::super::event::{Closed, ReceiptRecorded, Redirected};
use super::{Decided, Move, Stated, reason_for};
use crate::calendar::london;
use crate::clock::Promise;
use crate::codes::Ending;
use crate::event::{Change, RequestEvent as E};
use crate::ids::Authority;
use crate::package::event::PackageEnd;
use crate::personal::Receipt;
use jiff::civil::Date;

impl Move<'_> {
    /// The answer to the school. What the law or we promised is the other authority's now.
    /// Where the record does not say that the child lives there, it needs a reason.
    pub(in crate::request) fn redirect(mut self, authority: Authority, stated: Stated) -> Decided {
        if self.desk.authority.as_ref() == Some(&authority) {
            return Err(Refusal::OwnAuthority(authority));
        }
        if self.case.redirected.as_ref() == Some(&authority) {
            return Err(Refusal::AlreadyRedirected(authority));
        }
        let home = self.case.intake.child.as_ref().and_then(|it| it.home_authority.as_ref());
        if home != Some(&authority) {
            reason_for("a redirect of a child who lives elsewhere by our record", &stated)?;
        }
        let clocks = self.unfolding.keeper().meet_and_lapse_the_rest(Promise::Respond);
        let redirected = E::Redirected(Redirected { authority, reason: stated.reason });
        let redirected = Change::of(redirected).moving(clocks);
        self.unfolding.then(redirected.with(stated.words.personal()));
        Ok(self.done())
    }

    /// The other authority has it: the request has ended here.
    pub(in crate::request) fn receipt(mut self, received_on: Date, receipt: Receipt) -> Decided {
        let Some(authority) = self.case.redirected.clone() else {
            return Err(Refusal::NotRedirected);
        };
        if received_on > london::wall(self.unfolding.recorded_at()).date() {
            return Err(Refusal::DayToCome);
        }
        let recorded = E::ReceiptRecorded(ReceiptRecorded { authority, received_on });
        self.unfolding.then(Change::of(recorded).with(receipt.personal()));
        self.end_package(PackageEnd::RequestEnded);
        let clocks = self.unfolding.keeper().meet_and_lapse_the_rest(Promise::Respond);
        let closed = E::Closed(Closed { ending: Ending::Redirected });
        self.unfolding.then(Change::of(closed).moving(clocks));
        Ok(self.done())
    }
}
