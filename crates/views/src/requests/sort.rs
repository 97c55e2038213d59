//! In which order a list of requests is.

use crate::UnknownWord;
use crate::words::words;
use std::fmt;
use std::str::FromStr;

words! {
    /// By what requests are sorted. Those without it come last, in either direction.
    SortBy {
        /// When the school hears from us at the latest.
        RespondBy = "respond_by";
        /// When the promise about it that is open falls due, whichever is next.
        DueAt = "due_at";
        /// When it was received.
        ReceivedAt = "received_at";
        /// By its reference.
        Reference = "reference";
    }
}

/// In which order. The default, `-received_at`, has the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// From the last to the first.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { by: SortBy::ReceivedAt, descending: true }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.descending { "-" } else { "" })?;
        f.write_str(self.by.as_str())
    }
}

impl FromStr for Sort {
    type Err = UnknownWord;

    /// A column, after `-` for descending.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let column = text.strip_prefix('-');
        let by = column.unwrap_or(text).parse()?;
        Ok(Self { by, descending: column.is_some() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_back_as_it_is_written() {
        for text in ["respond_by", "-received_at", "reference"] {
            assert_eq!(text.parse::<Sort>().unwrap().to_string(), text);
        }
        let refused = "-name".parse::<Sort>().unwrap_err();
        assert_eq!(
            refused.to_string(),
            "“name” is not one of: respond_by, due_at, received_at, reference"
        );
    }
}
