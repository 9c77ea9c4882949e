//! A stick from somebody who holds the key of an enrolled device: everything in the file is
//! encrypted and signed as it must be, and none of it is what it should be.

use std::io::Write as _;

use proptest::sample::Index;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::hostile::damage::Damage;
use crate::hostile::samples;
use crate::limits::BODY_BYTES;

/// What is encrypted for the hub, whatever it is.
fn encrypted(packed: &[u8]) -> Vec<u8> {
    age::encrypt(&key::recipient(&hub().public()).unwrap(), packed).unwrap()
}

/// Lines as a file, whatever they say.
fn of_lines(lines: &[Vec<u8>]) -> Vec<u8> {
    encrypted(&zstd::encode_all(&lines.concat()[..], 1).unwrap())
}

fn line(message: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(message).unwrap();
    line.push(b'\n');
    line
}

/// The line that ends these, signed by the device.
fn end(lines: &[Vec<u8>]) -> Vec<u8> {
    let digest = load::hex(Sha256::new_with_prefix(lines.concat()));
    let closing = Closing { kind: CLOSING.to_owned(), lines: lines.len() as u64, digest };
    line(&Load::End(device().sign(serde_json::to_string(&closing).unwrap())))
}

fn first() -> Vec<u8> {
    line(&device().sign(serde_json::to_string(&cargo()).unwrap()))
}

/// The lines of every kind that there is.
fn loads() -> Vec<Vec<u8>> {
    let (_, text) = samples().into_iter().find(|(name, _)| name == "ferry-loads").unwrap();
    let loads: Vec<Load> = serde_json::from_str(&text).unwrap();
    loads.iter().filter(|load| !matches!(load, Load::End(_))).map(line).collect()
}

#[test]
fn a_file_of_every_kind_of_line_is_read() {
    let mut lines = vec![first()];
    lines.extend(loads());
    lines.push(end(&lines));
    assert_eq!(read(&of_lines(&lines)).unwrap().len(), loads().len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever an enrolled device signs and encrypts, nothing breaks, and what is read is what is
    /// in the lines.
    #[test]
    fn no_line_breaks_the_reading(
        at: Index, damages in prop::collection::vec(any::<Damage>(), 1..3), honest: bool,
    ) {
        let mut lines = vec![first()];
        lines.extend(loads());
        let at = at.index(lines.len());
        let damage = |line: &mut Vec<u8>| {
            line.pop();
            *line = damages.iter().fold(line.clone(), |bytes, damage| damage.done_to(&bytes));
            line.push(b'\n');
        };
        damage(&mut lines[at]);
        // The end as it must be for the damaged lines, or damaged itself.
        let mut end = end(&lines);
        if !honest {
            damage(&mut end);
        }
        lines.push(end);
        if let Ok(loads) = read(&of_lines(&lines)) {
            prop_assert!(loads.len() < lines.concat().len());
        }
    }

    /// The first line is signed, and says anything.
    #[test]
    fn no_first_line_breaks_the_reading(damages in prop::collection::vec(any::<Damage>(), 1..3)) {
        let text = serde_json::to_vec(&cargo()).unwrap();
        let text = damages.iter().fold(text, |bytes, damage| damage.done_to(&bytes));
        let said = device().sign(String::from_utf8_lossy(&text).into_owned());
        let lines = vec![line(&said)];
        let file = of_lines(&[lines.clone(), vec![end(&lines)]].concat());
        if let Ok(said) = open(&file[..], &hub()).and_then(|file| file.says::<Cargo>()) {
            let held = said.hub_logs.iter().all(|log| log.is_well_formed("hub-1", "7K2M"));
            prop_assert!(held <= said.hub_logs.iter().all(|log| log.earlier.len() <= 64));
        }
    }

    /// Encrypted for the hub, and not packed as it must be.
    #[test]
    fn no_bytes_break_the_unpacking(bytes: Vec<u8>, at: Index, to: u8) {
        prop_assert!(open(&encrypted(&bytes)[..], &hub()).is_err());
        let mut lines = vec![first()];
        lines.push(end(&lines));
        let mut packed = zstd::encode_all(&lines.concat()[..], 1).unwrap();
        let at = at.index(packed.len());
        packed[at] = to;
        let _ = read(&encrypted(&packed));
    }
}

/// A few kilobytes that unpack to one endless line: it is read as far as a line may go, and so not to
/// its end, which would make it a line that says nothing known.
#[test]
fn a_bomb_is_read_no_further_than_a_line() {
    let mut packer = zstd::Encoder::new(Vec::new(), 3).unwrap();
    packer.write_all(&first()).unwrap();
    let blank = vec![b' '; BODY_BYTES];
    for _ in 0..64 {
        packer.write_all(&blank).unwrap();
    }
    packer.write_all(b"\n").unwrap();
    let packed = packer.finish().unwrap();
    assert!(packed.len() < 100_000, "{}", packed.len());
    let bytes = encrypted(&packed);
    let mut file = open(&bytes[..], &hub()).map_err(|error| error.code()).unwrap();
    assert_eq!(file.take().map_err(|error| error.code()), Err("ferry-damaged"));
}
