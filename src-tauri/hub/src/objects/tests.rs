use object_store::memory::InMemory;
use proptest::prelude::*;
use yichuang_protocol::limits::CHUNK_BYTES;

use super::*;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn bytes(len: usize) -> Vec<u8> {
    (0u32..).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).take(len).collect()
}

async fn stage_until_last(objects: &Objects, incoming: Incoming<'_>, whole: &[u8]) -> Vec<u8> {
    let mut offset = 0;
    loop {
        let len = usize::try_from(chunk_len(incoming.size, offset).unwrap()).unwrap();
        let at = usize::try_from(offset).unwrap();
        let chunk = whole[at..at + len].to_vec();
        if at + len == whole.len() {
            return chunk;
        }
        objects.stage(incoming, offset, chunk).await.unwrap();
        offset += len as u64;
        assert_eq!(objects.received(incoming).await.unwrap(), offset);
    }
}

fn brought_whole(objects: &Objects) {
    runtime().block_on(async {
        for len in [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES] {
            let whole = bytes(len);
            let hash = sha256_hex(&whole);
            let incoming = Incoming { device: "7K2M", hash: &hash, size: len as u64 };
            assert_eq!(objects.received(incoming).await.unwrap(), 0);
            assert!(!objects.holds(&hash, len as u64).await.unwrap());
            assert_eq!(objects.read(&hash).await.unwrap(), None);
            let last = stage_until_last(objects, incoming, &whole).await;
            assert_eq!(objects.finish(incoming, &last).await.unwrap(), Finished::Kept);
            assert!(objects.holds(&hash, len as u64).await.unwrap());
            assert_eq!(objects.read(&hash).await.unwrap().unwrap(), whole);
            assert_eq!(objects.chunks(incoming).await.unwrap().len(), 0);
        }
    });
}

#[test]
fn chunks_become_the_whole_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::of(folder.path());
    brought_whole(&Objects::open(&place).unwrap());
    let incoming = folder.path().join("attachments").join(INCOMING);
    let left = std::fs::read_dir(incoming).map_or(0, Iterator::count);
    assert_eq!(left, 0, "no empty folders are left");
}

#[test]
fn chunks_become_the_whole_in_memory() {
    brought_whole(&Objects::over(Arc::new(InMemory::new())));
}

#[test]
fn what_is_not_as_announced_is_thrown_away_and_another_device_is_untouched() {
    runtime().block_on(async {
        let objects = Objects::over(Arc::new(InMemory::new()));
        let whole = bytes(2 * CHUNK_BYTES);
        let hash = sha256_hex(&whole);
        let size = whole.len() as u64;
        let good = Incoming { device: "7K2M", hash: &hash, size };
        let bad = Incoming { device: "9QAB", ..good };
        let last = stage_until_last(&objects, good, &whole).await;
        objects.stage(bad, 0, vec![0; CHUNK_BYTES]).await.unwrap();
        assert_eq!(objects.finish(bad, &last).await.unwrap(), Finished::Mismatch);
        assert_eq!(objects.received(bad).await.unwrap(), 0);
        assert!(!objects.holds(&hash, size).await.unwrap());
        assert_eq!(objects.finish(good, &last).await.unwrap(), Finished::Kept);
    });
}

#[test]
fn what_was_kept_and_altered_is_never_given_out() {
    let folder = tempfile::tempdir().unwrap();
    let objects = Objects::open(&Place::of(folder.path())).unwrap();
    let whole = bytes(100);
    let hash = sha256_hex(&whole);
    let incoming = Incoming { device: "7K2M", hash: &hash, size: 100 };
    runtime().block_on(async {
        objects.finish(incoming, &whole).await.unwrap();
        let path = folder.path().join("attachments").join(object(&hash).to_string());
        std::fs::write(path, bytes(99)).unwrap();
        assert!(!objects.holds(&hash, 100).await.unwrap(), "a length that is wrong is noticed");
        assert!(matches!(objects.read(&hash).await, Err(ObjectError::Damaged(_))));
    });
}

#[test]
fn chunks_whose_rest_never_came_go_after_their_time() {
    runtime().block_on(async {
        let objects = Objects::over(Arc::new(InMemory::new()));
        let hash = "ab".repeat(32);
        let incoming = Incoming { device: "7K2M", hash: &hash, size: CHUNK_BYTES as u64 + 1 };
        objects.stage(incoming, 0, vec![0; CHUNK_BYTES]).await.unwrap();
        let long_ago = Timestamp::UNIX_EPOCH;
        assert_eq!(objects.forget_abandoned(long_ago).await.unwrap(), 0);
        assert_eq!(objects.forget_abandoned(Timestamp::MAX).await.unwrap(), 1);
        assert_eq!(objects.received(incoming).await.unwrap(), 0);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Whatever chunks are there, only those from the first without a gap count, and never all.
    #[test]
    fn what_was_received_ends_at_the_first_gap(
        there in prop::collection::vec(any::<bool>(), 1..8),
        short in prop::option::of(0usize..8),
    ) {
        let objects = Objects::over(Arc::new(InMemory::new()));
        let hash = "cd".repeat(32);
        let size = (there.len() * CHUNK_BYTES) as u64;
        let incoming = Incoming { device: "7K2M", hash: &hash, size };
        let received = runtime().block_on(async {
            for (n, _) in there.iter().enumerate().filter(|(_, there)| **there) {
                let len = CHUNK_BYTES - usize::from(short == Some(n));
                objects.stage(incoming, (n * CHUNK_BYTES) as u64, vec![0; len]).await.unwrap();
            }
            objects.received(incoming).await.unwrap()
        });
        let sound = |(n, there): (usize, &bool)| *there && short != Some(n);
        let run = there.iter().enumerate().take_while(|chunk| sound(*chunk)).count();
        prop_assert_eq!(received, (run.min(there.len() - 1) * CHUNK_BYTES) as u64);
    }
}
