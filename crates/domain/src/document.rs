//! Documents that belong to a request: reports, consent forms, plans.
//!
//! What is in a document, and what it is called, is personal. The document itself is kept
//! sealed outside the log, which says only that there is one, of which kind, and how to know
//! its sealed bytes again.

use crate::codes::codes;
use crate::ids::DocumentId;
use serde::{Deserialize, Serialize};

codes! {
    /// What a document is.
    DocumentKind {
        Report = "report", "a report";
        ConsentForm = "consent_form", "a consent form";
        Plan = "plan", "a plan";
        ProvisionMap = "provision_map", "a provision map";
        Other = "other", "another document";
    }
}

codes! {
    /// The formats that are taken: what a council can open, and nothing that runs.
    MediaType {
        Pdf = "application/pdf", "PDF";
        Png = "image/png", "PNG";
        Jpeg = "image/jpeg", "JPEG";
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX";
        Odt = "application/vnd.oasis.opendocument.text", "ODT";
        Text = "text/plain", "plain text";
    }
}

impl MediaType {
    /// What the names of its files end in.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Text => "txt",
        }
    }
}

/// A document came with a request. Its file name and title are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAdded {
    /// Which.
    pub document: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// In which format.
    pub media_type: MediaType,
    /// How long it is, in bytes, as it was sent.
    pub size_bytes: u64,
    /// SHA-256 of the sealed bytes as they are stored, in lower-case hexadecimal.
    pub sealed_sha256: String,
}
