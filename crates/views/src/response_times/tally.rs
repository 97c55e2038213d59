//! The figures of one group, as its promises come by.

use super::Group;

/// A group that is being counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    name: Option<String>,
    kept: u64,
    breached: u64,
    running: u64,
    working_minutes: Vec<i64>,
}

impl Tally {
    pub(super) fn named(name: Option<String>) -> Self {
        Self { name, ..Self::default() }
    }

    /// A promise that was answered.
    pub(super) fn answered(&mut self, kept: bool, working_minutes: i64) {
        self.kept += u64::from(kept);
        self.breached += u64::from(!kept);
        self.working_minutes.push(working_minutes);
    }

    /// A promise that is not answered yet.
    pub(super) fn open(&mut self, late: bool) {
        self.breached += u64::from(late);
        self.running += u64::from(!late);
    }

    pub(super) fn group(mut self, key: Option<String>) -> Group {
        self.working_minutes.sort_unstable();
        Group {
            count: self.kept + self.breached + self.running,
            share_kept: share(self.kept, self.kept + self.breached),
            median_working_minutes: self.percentile(50),
            p90_working_minutes: self.percentile(90),
            longest_working_minutes: self.working_minutes.last().copied(),
            key,
            name: self.name,
            kept: self.kept,
            breached: self.breached,
            running: self.running,
        }
    }

    /// The smallest value that at least so many of a hundred do not exceed: nearest rank, among
    /// values in order.
    fn percentile(&self, percent: usize) -> Option<i64> {
        let rank = (self.working_minutes.len() * percent).div_ceil(100);
        self.working_minutes.get(rank.checked_sub(1)?).copied()
    }
}

/// A share to four decimal places, which counts below two thousand million cannot distort.
fn share(part: u64, whole: u64) -> Option<f64> {
    let ten_thousandths = (part * 10_000 + whole / 2).checked_div(whole)?;
    u32::try_from(ten_thousandths).ok().map(|share| f64::from(share) / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(working_minutes: &[i64]) -> Group {
        let mut tally = Tally::default();
        for minutes in working_minutes {
            tally.answered(*minutes <= 100, *minutes);
        }
        tally.group(None)
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let group = tally(&[10, 20, 30, 40]);
        assert_eq!(group.median_working_minutes, Some(20));
        assert_eq!(group.p90_working_minutes, Some(40));
        assert_eq!(tally(&[7]).median_working_minutes, Some(7));
    }

    #[test]
    fn a_group_without_answers_has_no_percentiles_and_no_share() {
        let mut tally = Tally::default();
        tally.open(false);
        let group = tally.group(None);
        assert_eq!((group.count, group.running), (1, 1));
        assert_eq!(group.median_working_minutes, None);
        assert_eq!(group.share_kept, None);
    }

    #[test]
    fn what_is_late_counts_against_the_share_before_it_is_answered() {
        let mut tally = Tally::default();
        tally.answered(true, 5);
        tally.answered(true, 5);
        tally.open(true);
        tally.open(false);
        assert_eq!(tally.group(None).share_kept, Some(0.6667));
    }
}
