//! Carries out what a plan found to do, in whole pieces, so that it can be begun again.
//!
//! One append of the log has a bound, so a county is stored in several. A piece is never
//! split: a school is there with its whole history, or not yet. Whatever stops the work, the
//! same file imported again finds the rest to do, and nothing else.

use domain::desk::DeskCommand;
use engine::{Context, Engine, Failure};
use sha2::{Digest, Sha256};
use uuid::Builder;

/// The most commands of one append. An entry with every field at its longest is far below
/// the two kilobytes that this leaves each of a mebibyte.
const MOST_COMMANDS: usize = 400;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The position that knows of all of it.
    pub position: u64,
    /// In how many appends.
    pub batches: usize,
}

/// Carries out pieces of work, as many at once as one append holds. The last append has the
/// command id of the context, so a retry of the whole is known again; those before have ids
/// of their own, which follow from what they do. `reached` is told how many pieces are done.
pub async fn carry_out(
    engine: &Engine,
    context: &Context,
    pieces: Vec<Vec<DeskCommand>>,
    reached: &(dyn Fn(u64, u64) + Sync),
) -> Result<Done, Failure> {
    let total = u64::try_from(pieces.len()).unwrap_or(u64::MAX);
    let batches = batches(pieces);
    let (mut position, mut done, count) = (engine.head(), 0, batches.len());
    for (number, (pieces, commands)) in batches.into_iter().enumerate() {
        let last = number + 1 == count;
        let context = if last { context.clone() } else { part(engine, context, &commands) };
        position = engine.configure(&context, commands).await?.position;
        done += pieces;
        reached(done, total);
    }
    Ok(Done { position, batches: count })
}

/// Pieces put together, each batch with the number of its pieces.
fn batches(pieces: Vec<Vec<DeskCommand>>) -> Vec<(u64, Vec<DeskCommand>)> {
    let mut batches: Vec<(u64, Vec<DeskCommand>)> = Vec::new();
    for piece in pieces {
        match batches.last_mut() {
            Some((count, batch)) if batch.len() + piece.len() <= MOST_COMMANDS => {
                *count += 1;
                batch.extend(piece);
            }
            Some(_) | None => batches.push((1, piece)),
        }
    }
    batches
}

/// The context of a part: the same part of the same command is the same.
fn part(engine: &Engine, context: &Context, commands: &[DeskCommand]) -> Context {
    let asked = engine.fingerprint(format!("{commands:?}").as_bytes());
    let digest = Sha256::new().chain_update(context.command).chain_update(asked).finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    Context { command: Builder::from_custom_bytes(id).into_uuid(), ..context.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::SchoolId;
    use uuid::Uuid;

    #[test]
    fn a_piece_is_never_split_and_a_batch_never_too_large() {
        let piece = |length| vec![DeskCommand::ReopenSchool(SchoolId(Uuid::nil())); length];
        let pieces: Vec<_> = (0..500).map(|n| piece(1 + n % 4)).collect();
        let all = pieces.iter().map(Vec::len).sum::<usize>();
        let batches = batches(pieces);
        assert_eq!(batches.iter().map(|(count, _)| count).sum::<u64>(), 500);
        assert_eq!(batches.iter().map(|(_, commands)| commands.len()).sum::<usize>(), all);
        assert!(batches.iter().all(|(_, commands)| commands.len() <= MOST_COMMANDS));
        assert_eq!(batches.len(), 4);
    }
}
