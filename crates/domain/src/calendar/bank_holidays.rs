//! Bank holidays in the shape in which GOV.UK publishes them.
//!
//! Source: <https://www.gov.uk/bank-holidays.json>, an object with one [`BankHolidays`] per
//! division; ours is `england-and-wales`. Whoever reads the file picks the division.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The bank holidays of one division of the United Kingdom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankHolidays {
    /// `england-and-wales`, `scotland` or `northern-ireland`.
    pub division: String,
    /// In any order; a date given twice keeps its last title.
    pub events: Vec<BankHoliday>,
}

/// One bank holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankHoliday {
    /// What is kept, such as `Boxing Day`.
    pub title: String,
    /// The day on which it is kept.
    pub date: Date,
    /// `Substitute day` where the day itself falls on a weekend, otherwise empty.
    #[serde(default)]
    pub notes: String,
    /// Whether flags are flown.
    #[serde(default)]
    pub bunting: bool,
}
