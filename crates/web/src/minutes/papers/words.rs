//! The cover sheet in words.

use super::super::person::Person;
use super::super::words::{depth_said, quorum_needed};
use super::{Asked, CoverSheet, DocumentListed, ItemListed, PackListed};
use crate::paper::{Blocks, Column, Paper, Table};
use crate::prose::{bare, capital, counted, day, listed, london_day, moment, time};

impl CoverSheet {
    pub(super) fn paper(&self) -> Paper {
        let mut blocks = Blocks::default();
        let on = day(london_day(self.starts_at));
        blocks.heading(1, format!("{}: papers for the meeting on {on}", self.panel.name));
        if self.cancelled {
            blocks.notice("This meeting does not take place.");
        } else if !self.published {
            blocks.notice("The packs have not been published yet.");
        }
        self.particulars(&mut blocks);
        self.people(&mut blocks);
        if !self.to_ratify.is_empty() {
            blocks.heading(2, "Decisions under delegation, to be ratified");
            blocks.points(self.to_ratify.iter().map(Asked::said).collect());
        }
        blocks.heading(2, "Agenda");
        if self.items.is_empty() {
            blocks.paragraph("There is nothing on the agenda.");
        } else {
            blocks.table(self.agenda());
        }
        for item in &self.items {
            item.write(&mut blocks);
        }
        Paper { title: format!("Papers: {}, {on}", self.panel.name), blocks: blocks.0 }
    }

    fn particulars(&self, blocks: &mut Blocks) {
        let quorum = quorum_needed(self.quorum_total, &self.quorum_roles);
        blocks.facts([
            ("When", Some(format!("{} to {}", moment(self.starts_at), time(self.ends_at)))),
            ("Quorum", Some(capital(&quorum))),
            ("Papers due", Some(moment(self.papers_due_at))),
            ("Terms of reference", Some(format!("Version {}", self.terms_version))),
            ("Record", Some(format!("Meeting {}", self.meeting))),
        ]);
    }

    fn people(&self, blocks: &mut Blocks) {
        blocks.heading(2, "Expected");
        if self.expected.is_empty() {
            blocks.paragraph("Nobody.");
        }
        blocks.points(self.expected.iter().map(Person::with_agency).collect());
        if !self.apologies.is_empty() {
            blocks.heading(2, "Apologies");
            blocks.points(self.apologies.iter().map(Person::with_agency).collect());
        }
    }

    fn agenda(&self) -> Table {
        let row = |item: &ItemListed| {
            let need = item.sought.need.map(|need| need.code().to_owned());
            vec![
                item.number.to_string(),
                item.sought.reference.clone(),
                item.sought.school.clone(),
                need.unwrap_or_default(),
                depth_said(item.depth).to_owned(),
                item.minutes.to_string(),
            ]
        };
        let columns = ["Item", "Reference", "School", "Need", "Depth"];
        let columns = columns.map(Column::text).into_iter().chain([Column::number("Minutes")]);
        let mut total = vec!["All".to_owned()];
        total.resize(5, String::new());
        total.push(self.minutes_planned.to_string());
        Table {
            caption: "In this order".to_owned(),
            columns: columns.collect(),
            rows: self.items.iter().map(row).collect(),
            total: Some(total),
        }
    }
}

impl Asked {
    fn need_said(&self) -> Option<String> {
        self.need.map(|need| format!("{} ({})", capital(need.says()), need.code()))
    }

    fn sought_said(&self) -> String {
        let sought: Vec<_> = self.support_sought.iter().map(|it| bare(it.says())).collect();
        capital(&listed(&sought))
    }

    fn said(&self) -> String {
        let need = self.need_said().map(|need| format!(", {need}")).unwrap_or_default();
        format!("{}, {}{need}. Sought: {}.", self.reference, self.school, self.sought_said())
    }
}

impl ItemListed {
    fn write(&self, blocks: &mut Blocks) {
        blocks.heading(3, format!("Item {}: {}", self.number, self.sought.reference));
        let minutes = counted(usize::from(self.minutes), "minute", "minutes");
        let due = self.sought.decide_by.map(|at| format!("A decision by {}", day(london_day(at))));
        blocks.facts([
            ("School", Some(self.sought.school.clone())),
            ("Need", self.sought.need_said()),
            ("Sought", Some(self.sought.sought_said())),
            ("Promised", due),
            ("Depth", Some(format!("{}, {minutes}", depth_said(self.depth)))),
            ("Pack", self.pack.as_ref().map(PackListed::said)),
        ]);
        let documents = self.pack.iter().flat_map(|pack| &pack.documents);
        blocks.points(documents.map(DocumentListed::said).collect());
    }
}

impl PackListed {
    fn said(&self) -> String {
        let late = if self.late { " (late: after papers were due)" } else { "" };
        let documents = counted(self.documents.len(), "document", "documents");
        format!("Version {}{late}: the request and {documents}", self.version)
    }
}

impl DocumentListed {
    fn said(&self) -> String {
        let kind = capital(bare(self.kind.says()));
        format!("{kind}, {}, added {}", self.media_type.says(), day(london_day(self.added_at)))
    }
}
