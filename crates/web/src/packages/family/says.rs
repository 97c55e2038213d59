//! The sentences of a family's summary.

use super::{FamilySummary, Given};
use crate::paper::{Blocks, Paper};
use crate::prose::{capital, day};
use domain::money::TenThousandths;
use domain::package::{Contribution, Frequency, Unit};

/// `2 hours every week in term time`, `1 day`, `every month`. Sums of money are not told.
pub(super) fn how_often(codes: &Contribution) -> String {
    let much = match codes.unit {
        Unit::Hour => counted(codes.quantity, "hour"),
        Unit::Session => counted(codes.quantity, "session"),
        Unit::Day => counted(codes.quantity, "day"),
        Unit::Item => counted(codes.quantity, "item"),
        Unit::Place => counted(codes.quantity, "place"),
        Unit::Sum => String::new(),
    };
    let often = match codes.frequency {
        Frequency::Once => "once",
        Frequency::Weekly => "every week",
        Frequency::TermWeekly => "every week in term time",
        Frequency::Monthly => "every month",
    };
    if much.is_empty() { often.to_owned() } else { format!("{much} {often}") }
}

fn counted(quantity: TenThousandths, one: &str) -> String {
    let plural = if quantity == TenThousandths::whole(1) { "" } else { "s" };
    format!("{quantity} {one}{plural}")
}

impl FamilySummary {
    /// Everything it says, in order.
    pub(super) fn paper(&self) -> Paper {
        let child = self.child.as_deref().unwrap_or("this request");
        let at = self.school.as_ref().map_or_else(String::new, |school| format!(" at {school}"));
        let mut blocks = Blocks::default();
        blocks.heading(1, format!("The support agreed for {child}"));
        blocks.paragraph(format!(
            "On {} the {} agreed the support below for {child}{at}.",
            day(self.agreed_on),
            self.agreed_by,
        ));
        if self.over {
            blocks.notice("This support has now ended.");
        }
        self.key_worker(&mut blocks);
        blocks.heading(2, "Who helps, and with what");
        for given in &self.contributions {
            given.says(&mut blocks);
        }
        self.what_happens_next(&mut blocks);
        blocks.paragraph(format!("Our reference is {}.", self.reference));
        // A page's title stands in the browser's history: it names nobody.
        Paper { title: "Support that was agreed".to_owned(), blocks: blocks.0 }
    }

    fn key_worker(&self, blocks: &mut Blocks) {
        let it = &self.key_worker;
        let reach = it.contact.as_ref().map_or_else(
            || "Your child's school can put you in touch.".to_owned(),
            |contact| format!("You can reach them here: {contact}."),
        );
        blocks.heading(2, "Your key worker");
        blocks.paragraph(format!(
            "{} ({}) is the one person whom you can always ask, whatever it is about. {reach}",
            it.name, it.role,
        ));
    }

    fn what_happens_next(&self, blocks: &mut Blocks) {
        if self.over || (self.reviewed_on.is_none() && self.ends.is_none()) {
            return;
        }
        blocks.heading(2, "What happens next");
        if let Some(on) = self.reviewed_on {
            blocks.paragraph(format!(
                "On {} we look at how it is going, and whether anything should change. {} will be \
                 in touch with you before then.",
                day(on),
                self.key_worker.name,
            ));
        }
        if let Some(last) = self.ends {
            let says = format!("Unless we agree otherwise, the support ends on {}.", day(last));
            blocks.paragraph(says);
        }
    }
}

impl Given {
    fn says(&self, blocks: &mut Blocks) {
        let when = if self.starts == self.ends {
            format!("on {}", day(self.starts))
        } else {
            format!("from {} to {}", day(self.starts), day(self.ends))
        };
        blocks.heading(3, self.what.clone());
        blocks.facts([
            ("From", Some(capital(&self.from))),
            ("Who sees to it", Some(self.lead.clone())),
            ("How often", Some(format!("{}, {when}", self.how_often))),
            ("What it is for", Some(self.to_what_end.clone())),
        ]);
    }
}
