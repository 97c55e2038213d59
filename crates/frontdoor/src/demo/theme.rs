//! What requests are about: themes with their shares, codes and words, from
//! `county/demo/themes.json`.

use super::dice::Dice;
use anyhow::Context as _;
use domain::codes::{About, Concern, Phase, Support};
use domain::need::Need;
use serde::Deserialize;

/// One reason why schools ask, with what such requests have in common.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Theme {
    pub(super) called: String,
    /// How many of a thousand requests.
    pub(super) share: u32,
    pub(super) about: About,
    /// The main need is one of these.
    pub(super) needs: Vec<Need>,
    /// A further need, at times.
    #[serde(default)]
    pub(super) others: Vec<Need>,
    pub(super) phases: Vec<Phase>,
    /// One of these lists.
    pub(super) sought: Vec<Vec<Support>>,
    /// One of these lists.
    pub(super) concerns: Vec<Vec<Concern>>,
    /// Completed cycles, from and up to.
    pub(super) cycles: (i64, i64),
    /// Hours of provision a week, from and up to.
    pub(super) hours: (i64, i64),
    /// Whether the child is on the SEN register in any case.
    #[serde(default)]
    pub(super) known: bool,
    /// The need in the school's words, with `{name}` for the child's.
    pub(super) needs_words: Vec<String>,
    /// The request in the school's words.
    pub(super) asks: Vec<String>,
}

/// Every theme.
pub(super) struct Themes(Vec<Theme>);

impl Themes {
    pub(super) fn read() -> anyhow::Result<Self> {
        serde_json::from_str(include_str!("../../county/demo/themes.json"))
            .map(Self)
            .context("the built-in file demo/themes.json cannot be read")
    }

    /// One of them, by their shares.
    pub(super) fn draw(&self, dice: &mut Dice) -> Option<&Theme> {
        let mut ticket = dice.below(self.0.iter().map(|theme| theme.share).sum());
        self.0.iter().find(|theme| match ticket.checked_sub(theme.share) {
            Some(rest) => {
                ticket = rest;
                false
            }
            None => true,
        })
    }

    /// The theme of this name.
    pub(super) fn called(&self, name: &str) -> Option<&Theme> {
        self.0.iter().find(|theme| theme.called == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_a_thousand() {
        let Themes(themes) = Themes::read().unwrap();
        assert_eq!(themes.iter().map(|theme| theme.share).sum::<u32>(), 1_000);
    }

    #[test]
    fn every_theme_is_drawn_about_as_often_as_its_share() {
        let themes = Themes::read().unwrap();
        let mut dice = Dice::new(1);
        let drawn: Vec<_> =
            (0..20_000).map(|_| themes.draw(&mut dice).unwrap().called.clone()).collect();
        for theme in &themes.0 {
            let count = drawn.iter().filter(|called| **called == theme.called).count();
            let expected = usize::try_from(theme.share).unwrap() * 20;
            assert!(count.abs_diff(expected) < 60 + expected / 4, "{}: {count}", theme.called);
        }
    }
}
