//! Closed lists of words in which questions are put.

/// A word that a list does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is not one of: {expected}")]
pub struct UnknownWord {
    /// What was given.
    pub given: String,
    /// What would have been understood.
    pub expected: String,
}

/// Declares such a list: the enum, its words, its parser.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
        }

        impl $name {
            /// Every one, in the order in which they are published.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(given: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|each| each.as_str() == given).ok_or_else(|| {
                    $crate::UnknownWord {
                        given: given.chars().take(80).collect(),
                        expected: [$($word),+].join(", "),
                    }
                })
            }
        }
    };
}
pub(crate) use words;
