//! What is personal, kept apart from everything else by its type.
//!
//! An event holds codes only. What names or describes a person travels beside it as
//! [`Personal`], which the engine seals with the child's key before anything is stored
//! (or with the request's own key, when the request is about no child). Nothing here can
//! be printed: `Debug` shows the kind and no content.

mod package;

pub use package::{
    ContributionWords, Dissent, KeyWorker, MeasuredWords, PackageWords, ReviewWords, RulingWords,
};

use crate::upn::Upn;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The personal part of one event.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// Of `request.received`: who asks, and what they wrote.
    Request(Box<Particulars>),
    /// Of `child.registered`: who the child is.
    Child(Identity),
    /// Of `draft.saved`: what was written so far, as JSON.
    Draft(String),
    /// Of `request.document_added`: what people call the document.
    Document(DocumentName),
    /// Of `updates.chosen`: where messages go.
    Address(Address),
    /// Of `request.receipt_recorded`: what the other authority says.
    Receipt(Receipt),
    /// Of `request.panel_decided`: what the panel said.
    Ruling(Box<RulingWords>),
    /// Of `request.package_reviewed`: what was found.
    Review(Box<ReviewWords>),
    /// Free text of any other event.
    Words(Words),
}

/// What another authority says when it has received a request that was redirected to it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What it calls the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub their_reference: Option<String>,
    /// Who received it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Receipt {
    /// This as the personal part of an event; none when nothing was said.
    #[must_use]
    pub fn personal(self) -> Option<Personal> {
        (self != Self::default()).then_some(Personal::Receipt(self))
    }
}

/// Where messages to somebody go. An e-mail address often is a person's; a secret is a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// An e-mail address, whoever delivers to it.
    Email(String),
    /// A webhook.
    Webhook {
        /// Where it is.
        url: String,
        /// What its messages are signed with, as Standard Webhooks write it: `whsec_…`.
        secret: String,
    },
}

/// What people call a document: both can name a child.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentName {
    /// The name of the file, without any directory.
    pub file_name: String,
    /// What it is, in a few words.
    pub title: Option<String>,
}

/// Who a child is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Date of birth.
    pub date_of_birth: Date,
    /// Unique pupil number.
    pub upn: Option<Upn>,
    /// Postcode of the child's home.
    pub home_postcode: Option<String>,
}

/// Who asks for help, and everything they wrote in words of their own.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// Who asks.
    pub requested_by: Contact,
    /// The need in the school's words.
    pub description: Option<String>,
    /// What was tried, one text for each cycle, in the order of the cycles.
    pub tried: Vec<Option<String>>,
    /// What is provided, one text for each provision, in the order of the provisions.
    pub provision: Vec<Option<String>>,
    /// How consent was given.
    pub consent_method: Option<String>,
    /// Why the request is made without consent.
    pub consent_override: Option<String>,
    /// The request in the school's words.
    pub summary: Option<String>,
}

impl Particulars {
    /// How consent was given, or why the request is made without it.
    #[must_use]
    pub fn consent_words(&self) -> Option<String> {
        self.consent_override.clone().or_else(|| self.consent_method.clone())
    }
}

/// How to reach whoever asks.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Role at the school.
    pub role: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// Free text, in order: the questions asked, the advice given, the reason stated.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The main text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Questions, one each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// Answers, one for each question that the event says is answered, in its order; an answer
    /// may be a document alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Option<String>>,
    /// How consent was given, or why it is dispensed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    /// Criteria in somebody's own words, which no rule set knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<String>,
}

impl Words {
    /// A single text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }

    /// These words as the personal part of an event; none when nothing was said.
    #[must_use]
    pub fn personal(self) -> Option<Personal> {
        (self != Self::default()).then_some(Personal::Words(self))
    }
}

macro_rules! unprintable {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

unprintable!(Personal, Address, Identity, Particulars, Contact, DocumentName, Words, Receipt);
unprintable!(RulingWords, Dissent, PackageWords, KeyWorker, ContributionWords);
unprintable!(ReviewWords, MeasuredWords);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_words_are_never_printed() {
        let words = Personal::Words(Words::text("Ivy was seen crying"));
        assert_eq!(format!("{words:?}"), "Personal(…)");
    }
}
