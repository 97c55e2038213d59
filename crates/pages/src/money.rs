//! Money and numbers as people write them.

use std::fmt::Write as _;

/// `£1,650`, `£16.50`, `−£0.05`, from pence.
pub(crate) fn written(pence: i64) -> String {
    let (whole, rest) = (pence.unsigned_abs() / 100, pence.unsigned_abs() % 100);
    let mut written = String::from(if pence < 0 { "−£" } else { "£" });
    written.push_str(&in_thousands(whole));
    if rest > 0 {
        // Writing to a string cannot fail.
        let _written = write!(written, ".{rest:02}");
    }
    written
}

/// `12,480`.
pub(crate) fn in_thousands(number: u64) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_with_its_thousands() {
        let pounds = [600_000, 1650, -5].map(written);
        assert_eq!(pounds, ["£6,000", "£16.50", "−£0.05"]);
    }

    #[test]
    fn a_number_is_written_with_its_thousands() {
        assert_eq!([7, 999, 100_000].map(in_thousands), ["7", "999", "100,000"]);
    }
}
