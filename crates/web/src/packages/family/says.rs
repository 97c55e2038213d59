//! The sentences of a family's summary.

use super::written::Line;
use super::{FamilySummary, Given};
use domain::money::TenThousandths;
use domain::package::{Contribution, Frequency, Unit};
use jiff::civil::Date;

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

fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

impl FamilySummary {
    /// Everything it says, in order.
    pub(super) fn lines(&self) -> Vec<Line> {
        let child = self.child.as_deref().unwrap_or("this request");
        let at = self.school.as_ref().map_or_else(String::new, |school| format!(" at {school}"));
        let agreed = format!(
            "On {} the {} agreed the support below for {child}{at}.",
            day(self.agreed_on),
            self.agreed_by,
        );
        let mut lines =
            vec![Line::Title(format!("The support agreed for {child}")), Line::Paragraph(agreed)];
        if self.over {
            lines.push(Line::Paragraph("This support has now ended.".to_owned()));
        }
        lines.extend(self.key_worker());
        lines.push(Line::Heading("Who helps, and with what".to_owned()));
        lines.extend(self.contributions.iter().map(Given::line));
        lines.extend(self.what_happens_next());
        lines.push(Line::Paragraph(format!("Our reference is {}.", self.reference)));
        lines
    }

    fn key_worker(&self) -> [Line; 2] {
        let it = &self.key_worker;
        let reach = it.contact.as_ref().map_or_else(
            || "Your child's school can put you in touch.".to_owned(),
            |contact| format!("You can reach them here: {contact}."),
        );
        let says = format!(
            "{} ({}) is the one person whom you can always ask, whatever it is about. {reach}",
            it.name, it.role,
        );
        [Line::Heading("Your key worker".to_owned()), Line::Paragraph(says)]
    }

    fn what_happens_next(&self) -> Vec<Line> {
        let mut lines = vec![];
        if let (Some(on), false) = (self.reviewed_on, self.over) {
            let says = format!(
                "On {} we look at how it is going, and whether anything should change. {} will be \
                 in touch with you before then.",
                day(on),
                self.key_worker.name,
            );
            lines.push(Line::Paragraph(says));
        }
        if let (Some(last), false) = (self.ends, self.over) {
            let says = format!("Unless we agree otherwise, the support ends on {}.", day(last));
            lines.push(Line::Paragraph(says));
        }
        if !lines.is_empty() {
            lines.insert(0, Line::Heading("What happens next".to_owned()));
        }
        lines
    }
}

impl Given {
    fn line(&self) -> Line {
        let when = if self.starts == self.ends {
            format!("on {}", day(self.starts))
        } else {
            format!("from {} to {}", day(self.starts), day(self.ends))
        };
        Line::Item {
            what: self.what.clone(),
            details: vec![
                ("From", self.from.clone()),
                ("Who sees to it", self.lead.clone()),
                ("How often", format!("{}, {when}", self.how_often)),
                ("What it is for", self.to_what_end.clone()),
            ],
        }
    }
}
