mod hostile;

use proptest::prelude::*;
use yichuang_domain::case::SealedEvent;

use super::*;
use crate::keys::PrivateKey;

fn device() -> PrivateKey {
    PrivateKey::from_seed(&[3; 32])
}

fn hub() -> PrivateKey {
    PrivateKey::from_seed(&[4; 32])
}

fn cargo() -> Cargo {
    Cargo {
        kind: CARGO.to_owned(),
        hub: hub().public().hub_id(),
        origin: "win-7K2M".to_owned(),
        made_at: Timestamp::UNIX_EPOCH,
        hub_logs: Vec::new(),
        guide: None,
        roster: None,
        help: None,
    }
}

fn load(text: &str) -> Load {
    let event = SealedEvent { text: text.to_owned(), hash: "ab".repeat(32) };
    Load::Push(PushRequest { events: vec![event] })
}

fn file(texts: &[String], by: &PrivateKey) -> Vec<u8> {
    let mut file = Loading::begin(Vec::new(), &hub().public(), by, &cargo()).unwrap();
    for text in texts {
        file.add(&load(text)).unwrap();
    }
    file.finish().unwrap()
}

/// Reads a file as both sides do: prove it, then take it in.
fn read(bytes: &[u8]) -> Result<Vec<Load>, FerryError> {
    let first = open(bytes, &hub())?;
    first.says::<Cargo>()?;
    first.prove(&device().public())?;
    let mut again = open(bytes, &hub())?;
    let mut loads = Vec::new();
    while let Some(load) = again.take()? {
        loads.push(load);
    }
    Ok(loads)
}

#[test]
fn only_the_hub_can_open_what_is_for_the_hub() {
    let bytes = file(&["某甲 150785199001010019".to_owned()], &device());
    let code = |key: &PrivateKey| open(&bytes[..], key).map(|_| ()).map_err(|e| e.code());
    assert_eq!(code(&hub()), Ok(()));
    assert_eq!(code(&device()), Err("ferry-not-for-us"), "not even the one who wrote it");
    for clear in ["某甲", "150785199001010019", "win-7K2M"] {
        let clear = clear.as_bytes();
        assert!(!bytes.windows(clear.len()).any(|part| part == clear));
    }
    // The format is age's own: any age can be told from its first line.
    assert!(bytes.starts_with(b"age-encryption.org/v1\n-> X25519 "));
}

#[test]
fn a_file_that_another_device_signed_is_refused() {
    let bytes = file(&["a".to_owned()], &PrivateKey::from_seed(&[5; 32]));
    assert_eq!(read(&bytes).map_err(|e| e.code()), Err("ferry-bad-signature"));
}

#[test]
fn what_is_no_ferry_file_is_said_to_be_none() {
    for bytes in [&b""[..], b"PK\x03\x04 a workbook", b"age-encryption.org/v1\n", &[0xff; 4000]] {
        let code = open(bytes, &hub()).map(|_| ()).map_err(|error| error.code());
        assert_eq!(code, Err("ferry-foreign"));
    }
}

/// Somebody who knows only public keys can encrypt for the hub, but not sign.
#[test]
fn lines_added_moved_or_left_out_are_noticed() {
    let whole = file(&["a".to_owned(), "b".to_owned()], &device());
    let lines = |bytes: &[u8]| {
        let identity = key::identity(&hub()).unwrap();
        let opened = age::decrypt(&identity, bytes).unwrap();
        let text = zstd::decode_all(&opened[..]).unwrap();
        String::from_utf8(text).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let again = |lines: &[String]| {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let packed = zstd::encode_all(text.as_bytes(), 1).unwrap();
        age::encrypt(&key::recipient(&hub().public()).unwrap(), &packed).unwrap()
    };
    let good = lines(&whole);
    assert_eq!(good.len(), 4);
    assert_eq!(read(&again(&good)).unwrap().len(), 2);
    let mut swapped = good.clone();
    swapped.swap(1, 2);
    let mut doubled = good.clone();
    doubled.insert(1, good[1].clone());
    let mut shorter = good.clone();
    shorter.remove(1);
    let mut longer = good.clone();
    longer.push(good[1].clone());
    let other_first = lines(&file(&[], &PrivateKey::from_seed(&[5; 32])))[0].clone();
    let mut other = good.clone();
    other[0] = other_first;
    for changed in [swapped, doubled, shorter, longer, other] {
        assert!(read(&again(&changed)).is_err());
    }
    assert!(read(&again(&good[..3])).is_err(), "without its end");
}

/// A disk that is full from the first byte.
struct Full;

impl std::io::Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_behind_a_buffer_is_told() {
    let out = std::io::BufWriter::with_capacity(1 << 20, Full);
    let file = Loading::begin(out, &hub().public(), &device(), &cargo()).unwrap();
    assert_eq!(file.finish().map(|_| ()).map_err(|e| e.code()), Err("ferry-disk"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_went_in_comes_out(texts in prop::collection::vec(".{0,300}", 0..20)) {
        let expected: Vec<_> = texts.iter().map(|text| load(text)).collect();
        prop_assert_eq!(read(&file(&texts, &device())).unwrap(), expected);
    }

    /// A stick pulled out too early, a bad sector, a bored passer-by.
    #[test]
    fn a_file_that_is_cut_or_altered_is_refused(
        at in any::<prop::sample::Index>(), bit in 0u8..8, cut: bool,
    ) {
        let texts: Vec<String> = (0..40).map(|n| format!("第{n}条")).collect();
        let mut bytes = file(&texts, &device());
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
        prop_assert!(read(&bytes).is_err());
    }
}
