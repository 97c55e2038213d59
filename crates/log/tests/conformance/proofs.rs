//! Roots, proofs and checkpoints, judged by an implementation of RFC 6962 that is not ours.

use ct_merkle::digest::Output;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use frontdoor_log::{
    CheckpointSigner, CheckpointVerifier, Error, Hash, Log, Progress, Verification, verify,
};
use sha2::Sha256;

use crate::backends::{Backend, Memory};
use crate::given::{all, append, appended, filled, position};

const ORIGIN: &str = "frontdoor.example/log";

fn signer() -> CheckpointSigner {
    CheckpointSigner::new(ORIGIN, &[1; 32]).unwrap()
}

async fn verified(log: &dyn Log, published: &[Vec<u8>]) -> Result<Verification, Error> {
    let keys = CheckpointVerifier::new(ORIGIN, &[signer().public_key()]).unwrap();
    verify(log, &keys, published, |_: Progress| {}).await
}

async fn signed(log: &dyn Log, size: u64) -> Vec<u8> {
    signer().sign(size, log.root(size).await.unwrap()).unwrap()
}

fn digest(hash: Hash) -> Output<Sha256> {
    hash.0.into()
}

fn digests(hashes: Vec<Hash>) -> Vec<Output<Sha256>> {
    hashes.into_iter().map(digest).collect()
}

pub(crate) async fn roots_and_proofs_satisfy_another_implementation(backend: &impl Backend) {
    const SIZE: u64 = 21;
    let log = backend.log();
    filled(&*log, u32::try_from(SIZE).unwrap()).await;
    let records = all(&*log).await;

    let (mut tree, mut roots) = (MemoryBackedTree::<Sha256, _>::new(), Vec::new());
    for (size, record) in (1..).zip(&records) {
        tree.push(record.bytes.clone());
        let root = RootHash::new(digest(log.root(size).await.unwrap()), size);
        assert!(root == tree.root(), "root of {size}");
        roots.push(root);
    }
    for (to, root) in (1..).zip(&roots) {
        for (from, earlier) in (1..=to).zip(&roots) {
            let path = digests(log.inclusion_proof(position(from), to).await.unwrap());
            let record = &records[usize::try_from(from - 1).unwrap()].bytes;
            let proof = InclusionProof::from_digests(&path);
            root.verify_inclusion(record, from - 1, &proof).unwrap();

            let path = digests(log.consistency_proof(from, to).await.unwrap());
            root.verify_consistency(earlier, &ConsistencyProof::from_digests(&path)).unwrap();
        }
    }
}

pub(crate) async fn a_proof_beyond_the_log_is_refused(backend: &impl Backend) {
    let log = backend.log();
    assert_eq!(log.root(0).await.unwrap(), tlog_tiles::EMPTY_HASH);
    filled(&*log, 3).await;
    for beyond in [4, u64::MAX] {
        let refused = [
            log.root(beyond).await.err(),
            log.inclusion_proof(position(1), beyond).await.err(),
            log.inclusion_proof(position(beyond), 3).await.err(),
            log.inclusion_proof(position(0), 3).await.err(),
            log.consistency_proof(1, beyond).await.err(),
            log.consistency_proof(beyond, 3).await.err(),
            log.hashes(vec![beyond]).await.err(),
        ];
        assert!(refused.iter().all(|error| matches!(error, Some(Error::OutOfRange { .. }))));
    }
    assert_eq!(log.consistency_proof(0, 3).await.unwrap(), []);
}

pub(crate) async fn a_true_log_verifies(backend: &impl Backend) {
    let log = backend.log();
    assert_eq!(verified(&*log, &[]).await.unwrap().tree.size, 0);
    filled(&*log, 7).await;
    log.save_checkpoint(5, signed(&*log, 5).await).await.unwrap();
    let published = signed(&*log, 6).await;
    appended(&*log, append("bulk", 0, &["x"; 1_000])).await;
    appended(&*log, append("bulk", 1_000, &["x"; 100])).await;

    let verification = verified(&*log, &[published]).await.unwrap();
    assert_eq!(verification.tree.root, log.root(1_107).await.unwrap());
    assert_eq!((verification.streams, verification.checkpoints), (4, 2));
}

pub(crate) async fn a_false_checkpoint_is_found(backend: &impl Backend) {
    let log = backend.log();
    filled(&*log, 7).await;
    let root_of_another = log.root(4).await.unwrap();
    for (note, says) in [
        (signer().sign(5, root_of_another).unwrap(), "another root"),
        (signed(&*log, 4).await, "another size"),
        (b"nonsense".to_vec(), "not ours"),
    ] {
        log.save_checkpoint(5, note).await.unwrap();
        let found = verified(&*log, &[]).await;
        assert!(
            matches!(&found, Err(Error::Corrupt { position: at, what }) if *at == position(5) && what.contains(says)),
            "{found:?}"
        );
    }
}

pub(crate) async fn a_published_checkpoint_of_another_past_is_found(backend: &impl Backend) {
    let (log, other) = (backend.log(), Memory::fresh().log());
    filled(&*log, 7).await;
    filled(&*other, 3).await;
    appended(&*other, append("s0", 1, &["another record 3"])).await;

    assert!(verified(&*log, &[signed(&*other, 3).await]).await.is_ok());
    let found = verified(&*log, &[signed(&*other, 4).await]).await;
    assert!(matches!(found, Err(Error::Corrupt { position: at, .. }) if at == position(4)));

    filled_further(&*other).await;
    let found = verified(&*log, &[signed(&*other, 8).await]).await;
    assert!(matches!(found, Err(Error::Corrupt { position: at, .. }) if at == position(8)));
    let unsigned = verified(&*log, &[b"nonsense".to_vec()]).await;
    assert!(matches!(unsigned, Err(Error::Checkpoint(_))));
}

async fn filled_further(log: &dyn Log) {
    appended(log, append("longer", 0, &["x"; 4])).await;
}
