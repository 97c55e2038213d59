//! The tree as static files: hash tiles and entry bundles as C2SP tlog-tiles lays them out
//! (<https://c2sp.org/tlog-tiles>), so that anybody's program can audit the whole log.

use std::fmt;

use crate::{Error, Hash, Log, MAX_RECORD_BYTES, Position};

/// How many hashes or entries a full tile has.
const FULL: u16 = 256;
/// Two to the power of this many leaves lie below each hash of the next level.
const HEIGHT: u8 = 8;

/// What a tile is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Hashes of complete subtrees of 256 to the power of the level.
    Hashes { level: u8 },
    /// The records themselves, each behind its length in two bytes.
    Entries,
}

/// One tile of the tree. Its `Display` is its path below `tile/`, such as `0/x001/234.p/5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    kind: Kind,
    index: u64,
    width: u16,
}

impl Tile {
    /// Reads a path below `tile/`. `None` for anything but the one spelling of a tile.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        let (kind, rest) = path.split_once('/')?;
        let kind = match kind {
            "entries" => Kind::Entries,
            level => Kind::Hashes { level: level.parse().ok().filter(|level| *level < 64)? },
        };
        let (places, width) = match rest.split_once(".p/") {
            Some((places, width)) => (places, width.parse().ok().filter(|it| *it < FULL)?),
            None => (rest, FULL),
        };
        let index = places.split('/').try_fold(0_u64, |index, place| {
            let digits = place.strip_prefix('x').unwrap_or(place);
            index.checked_mul(1_000)?.checked_add(digits.parse().ok().filter(|it| *it < 1_000)?)
        })?;
        let tile = Self { kind, index, width };
        (width > 0 && tile.to_string() == path).then_some(tile)
    }

    /// Every tile that a tree of this size has, partial ones at its right edge included.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        let entries = Self::of(Kind::Entries, size);
        let levels = (0..8).map(move |level| (level, size >> (HEIGHT * level)));
        let hashes = levels.flat_map(|(level, count)| Self::of(Kind::Hashes { level }, count));
        hashes.chain(entries)
    }

    fn of(kind: Kind, count: u64) -> impl Iterator<Item = Self> {
        let full = count / u64::from(FULL);
        let rest = u16::try_from(count % u64::from(FULL)).unwrap_or(0);
        let whole = (0..full).map(move |index| Self { kind, index, width: FULL });
        whole.chain((rest > 0).then_some(Self { kind, index: full, width: rest }))
    }

    /// Whether it never changes again. A partial one does not either, but is soon replaced.
    #[must_use]
    pub const fn is_full(self) -> bool {
        self.width == FULL
    }

    /// Whether it holds records rather than hashes.
    #[must_use]
    pub const fn has_entries(self) -> bool {
        matches!(self.kind, Kind::Entries)
    }

    /// Its bytes; `None` when the log has not grown that far.
    pub async fn read(self, log: &dyn Log) -> Result<Option<Vec<u8>>, Error> {
        let level = match self.kind {
            Kind::Hashes { level } => level,
            Kind::Entries => 0,
        };
        let below = u32::from(HEIGHT) * u32::from(level);
        let count = log.head().get().checked_shr(below).unwrap_or(0);
        let first = self.index.checked_mul(FULL.into());
        let span = first.and_then(|first| Some(first..first.checked_add(self.width.into())?));
        let Some(span) = span.filter(|span| span.end <= count) else { return Ok(None) };
        match self.kind {
            Kind::Hashes { level } => {
                let at = |nth| tlog_tiles::stored_hash_index(HEIGHT * level, nth);
                let hashes = log.hashes(span.map(at).collect()).await?;
                Ok(Some(hashes.iter().flat_map(|Hash(bytes)| *bytes).collect()))
            }
            Kind::Entries => {
                let records = log.read(Position::new(span.start), self.width.into()).await?;
                let mut bundle = Vec::new();
                for record in records {
                    let length = u16::try_from(record.bytes.len()).map_err(|_| {
                        let what =
                            format!("a record over {MAX_RECORD_BYTES} bytes is none of ours");
                        Error::corrupt(record.position, what)
                    })?;
                    bundle.extend(length.to_be_bytes());
                    bundle.extend_from_slice(&record.bytes);
                }
                Ok(Some(bundle))
            }
        }
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Hashes { level } => write!(f, "{level}/")?,
            Kind::Entries => f.write_str("entries/")?,
        }
        let (mut rest, mut places) = (self.index / 1_000, format!("{:03}", self.index % 1_000));
        while rest > 0 {
            places = format!("x{:03}/{places}", rest % 1_000);
            rest /= 1_000;
        }
        f.write_str(&places)?;
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_spelling() {
        for path in ["0/000", "1/x001/234.p/5", "entries/x001/x234/067", "63/000.p/255"] {
            assert_eq!(Tile::from_path(path).unwrap().to_string(), path);
        }
        for bad in [
            "",
            "0",
            "0/",
            "0/0",
            "0/0000",
            "00/000",
            "64/000",
            "x/000",
            "data/000",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/05",
            "0/x000/001",
            "0/001/234",
            "0/x001",
            "entries/000/",
            "/000",
            "0/x999/x999/x999/x999/x999/x999/999",
            "0/+01",
        ] {
            assert_eq!(Tile::from_path(bad), None, "{bad}");
        }
    }

    /// The example of the specification.
    #[test]
    fn a_tree_of_seventy_thousand_has_the_tiles_that_the_specification_says() {
        let hashes: Vec<String> =
            Tile::all(70_000).filter(|it| !it.has_entries()).map(|it| it.to_string()).collect();
        assert_eq!(hashes.len(), 273 + 1 + 1 + 1 + 1);
        for path in ["0/272", "0/273.p/112", "1/000", "1/001.p/17", "2/000.p/1"] {
            assert!(hashes.iter().any(|it| it == path), "{path}");
        }
        let of_256: Vec<String> = Tile::all(256).map(|it| it.to_string()).collect();
        assert_eq!(of_256, ["0/000", "1/000.p/1", "entries/000"]);
        assert_eq!(Tile::all(0).count(), 0);
    }
}
