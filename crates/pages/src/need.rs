//! From what somebody sees in a child to the Department for Education's name for the need.
//!
//! Nobody is diagnosed here: of the published descriptions those are named that share words with
//! what was written, and the words are shown, so that whoever wrote them can judge. What was
//! written is kept nowhere and goes nowhere else.

use crate::words;
use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

/// A need, as it shows in a classroom.
#[derive(Serialize)]
struct Need {
    code: &'static str,
    /// What somebody sees who does not know the name.
    seen: &'static str,
    /// How words begin that people use for it.
    #[serde(skip)]
    begin: &'static [&'static str],
}

const NEEDS: [Need; 13] = [
    Need {
        code: "SLCN",
        seen: "Says little or unclearly, or cannot make out what others say",
        begin: &[
            "speech",
            "speak",
            "talk",
            "talking",
            "stammer",
            "stutter",
            "unclear",
            "pronounc",
            "vocabular",
            "sentence",
            "language",
            "communicat",
            "instruction",
            "mute",
            "listen",
        ],
    },
    Need {
        code: "ASD",
        seen: "Finds other people, change, noise or light hard; has strong interests",
        begin: &[
            "autis",
            "routine",
            "change",
            "noise",
            "noisy",
            "sensory",
            "interest",
            "eye",
            "friend",
            "social",
            "meltdown",
            "repeat",
            "flap",
            "flapping",
            "literal",
            "transition",
            "obsess",
        ],
    },
    Need {
        code: "SPLD",
        seen: "Reading, spelling or numbers are far harder than everything else",
        begin: &[
            "read",
            "reading",
            "spell",
            "dyslex",
            "dyscalcul",
            "number",
            "maths",
            "letter",
            "phonic",
            "writing",
            "handwrit",
            "dysprax",
        ],
    },
    Need {
        code: "MLD",
        seen: "Learns more slowly than others of the same age in most subjects",
        begin: &[
            "slow", "slowly", "slower", "behind", "subject", "attain", "concept", "forget",
            "memor", "progress",
        ],
    },
    Need {
        code: "SLD",
        seen: "Needs help with learning in everything, every day",
        begin: &["everything", "everyday", "self-care", "toilet", "dress", "independen"],
    },
    Need {
        code: "PMLD",
        seen: "Has complex needs in learning, body and senses together",
        begin: &["profound", "multiple", "complex"],
    },
    Need {
        code: "SEMH",
        seen: "Is anxious, withdrawn or angry, or cannot settle",
        begin: &[
            "anxious",
            "anxiety",
            "worry",
            "worri",
            "angry",
            "angri",
            "anger",
            "withdrawn",
            "sad",
            "cry",
            "cries",
            "hit",
            "throw",
            "refus",
            "exclusi",
            "exclude",
            "behav",
            "settle",
            "adhd",
            "attention",
            "concentrat",
            "self-harm",
            "school-avoid",
            "attend",
            "upset",
            "fidget",
            "violent",
            "aggress",
        ],
    },
    Need {
        code: "HI",
        seen: "Does not hear well, or has hearing aids",
        begin: &["hear", "hearing", "hears", "deaf", "cochlear", "audiolog", "ear", "mishear"],
    },
    Need {
        code: "VI",
        seen: "Does not see well, even with glasses",
        begin: &["vision", "visual", "sight", "blind", "glasses", "squint", "braille", "print"],
    },
    Need {
        code: "MSI",
        seen: "Neither hears nor sees well",
        begin: &["deafblind", "multi-sensory"],
    },
    Need {
        code: "PD",
        seen: "Moving, sitting or holding things is hard",
        begin: &[
            "walk",
            "walking",
            "wheelchair",
            "move",
            "moving",
            "mobil",
            "balance",
            "grip",
            "muscle",
            "cerebral",
            "fall",
            "falling",
            "stairs",
            "physical",
            "sit",
            "sitting",
            "hold",
            "holding",
            "pencil",
        ],
    },
    Need { code: "DS", seen: "Has Down syndrome", begin: &["down"] },
    Need {
        code: "NSA",
        seen: "You see that something is wrong, and do not know what",
        begin: &["unsure", "unknown"],
    },
];

/// The most that are suggested: a choice, not a list.
const MOST: usize = 3;

/// Needs with what shows them.
pub(crate) fn all() -> Value {
    Value::from(Serde(&NEEDS))
}

/// A need that what somebody wrote points to.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Suggested {
    code: &'static str,
    name: String,
    seen: &'static str,
    /// Which of their words do.
    by: Vec<String>,
}

/// The needs that these words point to, the one with the most words first.
pub(crate) fn suggested(seen: &str) -> Value {
    Value::from(Serde(suggest(seen)))
}

fn suggest(seen: &str) -> Vec<Suggested> {
    let lower = seen.to_lowercase();
    let mut said: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
        .filter(|word| !word.is_empty())
        .collect();
    said.sort_unstable();
    said.dedup();
    let points = |need: &Need| {
        let by = said.iter().filter(|word| need.begin.iter().any(|it| begins(word, it)));
        let by: Vec<String> = by.map(|word| (*word).to_owned()).collect();
        let Need { code, seen, .. } = *need;
        (!by.is_empty()).then(|| Suggested { code, name: words::of(code), seen, by })
    };
    let mut suggested: Vec<Suggested> = NEEDS.iter().filter_map(points).collect();
    suggested.sort_by_key(|one| std::cmp::Reverse(one.by.len()));
    suggested.truncate(MOST);
    suggested
}

/// Whether a word begins so; one of four letters or fewer stands for
/// itself and with an s.
fn begins(word: &str, beginning: &str) -> bool {
    word.strip_prefix(beginning)
        .is_some_and(|rest| beginning.len() > 4 || rest.is_empty() || rest == "s")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(seen: &str) -> Vec<&'static str> {
        suggest(seen).into_iter().map(|one| one.code).collect()
    }

    #[test]
    fn what_is_seen_points_to_a_name() {
        assert_eq!(codes("She turns her head to hear. Deaf in one ear?")[0], "HI");
        assert_eq!(codes("Reading and SPELLING are hard")[0], "SPLD");
        assert_eq!(codes("He is angry, hits others and refuses to settle")[0], "SEMH");
        assert_eq!(codes("Hates change and noise; needs routine")[0], "ASD");
    }

    #[test]
    fn the_words_that_point_are_shown_once_each() {
        assert_eq!(suggest("Anxious, very anxious, worried")[0].by, ["anxious", "worried"]);
    }

    #[test]
    fn short_words_are_whole_words_and_nothing_is_made_of_nothing() {
        assert_eq!(codes("early heart"), Vec::<&str>::new());
        assert_eq!(codes(""), Vec::<&str>::new());
    }

    #[test]
    fn there_are_never_more_than_can_be_weighed() {
        let all = NEEDS.iter().flat_map(|need| need.begin).copied().collect::<Vec<_>>();
        assert_eq!(suggest(&all.join(" ")).len(), MOST);
    }
}
