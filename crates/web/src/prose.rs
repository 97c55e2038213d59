//! Facts as people write them in British English: lists, counts, money, days and times.
//!
//! Times are those on a clock in London, in the style of GOV.UK: `9:30am`, `10am`, `midday`.

use domain::calendar::london;
use domain::money::Money;
use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// `A`, `A and B`, `A, B and C`.
pub(crate) fn listed<T: AsRef<str>>(these: &[T]) -> String {
    match these {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [all_but_last @ .., last] => {
            let before: Vec<&str> = all_but_last.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", before.join(", "), last.as_ref())
        }
    }
}

/// `1 member`, `2 members`, `no members`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

/// An amount with pounds, thousands and, where there are any, pence: `£1,237.50`, `£6,000`.
pub(crate) fn pounds(amount: Money) -> String {
    let sign = if amount.pence < 0 { "−" } else { "" };
    let pence = amount.pence.unsigned_abs();
    let (whole, rest) = (thousands(pence / 100), pence % 100);
    if rest == 0 { format!("{sign}£{whole}") } else { format!("{sign}£{whole}.{rest:02}") }
}

/// An amount in a column of amounts, always with its pence: `£6,000.00`.
pub(crate) fn pounds_and_pence(amount: Money) -> String {
    let written = pounds(amount);
    if amount.pence % 100 == 0 { format!("{written}.00") } else { written }
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// `9 December 2026`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `Wednesday 9 December 2026`.
pub(crate) fn weekday(date: Date) -> String {
    date.strftime("%A %-d %B %Y").to_string()
}

/// The day in London on which an instant lies.
pub(crate) fn london_day(at: Timestamp) -> Date {
    london::wall(at).date()
}

/// The time in London at an instant: `9:30am`, `10am`, `midday`, `midnight`.
pub(crate) fn time(at: Timestamp) -> String {
    let time: Time = london::wall(at).time();
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "midday".to_owned(),
        (_, 0) => time.strftime("%-I%P").to_string(),
        _ => time.strftime("%-I:%M%P").to_string(),
    }
}

/// `Wednesday 9 December 2026, 9:30am`.
pub(crate) fn moment(at: Timestamp) -> String {
    format!("{}, {}", weekday(london_day(at)), time(at))
}

/// `9 December 2026 at 9:30am`, to stand inside a sentence.
pub(crate) fn at_moment(at: Timestamp) -> String {
    format!("{} at {}", day(london_day(at)), time(at))
}

/// The financial year that begins on 1 April of a year: `2026/27`.
pub(crate) fn financial_year(from_year: i16) -> String {
    format!("{from_year}/{:02}", (from_year + 1).rem_euclid(100))
}

/// As the beginning of a sentence: its first letter is a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Without its article, as it stands in a table or after a name: `education adviser`.
pub(crate) fn bare(text: &str) -> &str {
    let articles = ["an ", "a ", "the "];
    articles.iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_list_reads_as_it_is_spoken() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B"]), "A and B");
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
    }

    #[test]
    fn one_is_one_and_two_are_many() {
        let members = |count| counted(count, "member", "members");
        assert_eq!([members(0), members(1), members(2)], ["no members", "1 member", "2 members"]);
    }

    #[test]
    fn money_has_its_thousands_and_its_pence() {
        let written = [0, 5, 100, 123_750, 600_000, 123_456_789, -250].map(|pence| Money { pence });
        assert_eq!(
            written.map(pounds),
            ["£0", "£0.05", "£1", "£1,237.50", "£6,000", "£1,234,567.89", "−£2.50"]
        );
        assert_eq!(pounds_and_pence(Money { pence: 600_000 }), "£6,000.00");
        assert_eq!(pounds_and_pence(Money { pence: 123_750 }), "£1,237.50");
        assert_eq!(pounds(Money { pence: i64::MIN }), "−£92,233,720,368,547,758.08");
    }

    #[test]
    fn days_and_times_are_those_of_london() {
        assert_eq!(moment(at("2026-12-09T09:30:00Z")), "Wednesday 9 December 2026, 9:30am");
        assert_eq!(moment(at("2026-07-01T08:00:00Z")), "Wednesday 1 July 2026, 9am");
        assert_eq!(time(at("2026-12-09T12:00:59Z")), "midday");
        assert_eq!(time(at("2026-12-09T12:05:00Z")), "12:05pm");
        assert_eq!(time(at("2026-12-09T00:00:00Z")), "midnight");
        assert_eq!(time(at("2026-12-09T00:05:00Z")), "12:05am");
        assert_eq!(at_moment(at("2026-06-30T23:30:00Z")), "1 July 2026 at 12:30am");
        assert_eq!(day(date(2027, 1, 4)), "4 January 2027");
    }

    #[test]
    fn a_financial_year_has_two_halves() {
        assert_eq!(financial_year(2026), "2026/27");
        assert_eq!(financial_year(2099), "2099/00");
    }

    #[test]
    fn words_fit_their_place() {
        assert_eq!(capital("élan"), "Élan");
        assert_eq!(capital(""), "");
        assert_eq!(bare("an education adviser"), "education adviser");
        assert_eq!(bare("the SEN lead"), "SEN lead");
        assert_eq!(bare("another reason"), "another reason");
    }
}
