use proptest::prelude::*;

use super::*;

fn event() -> Event {
    Event {
        origin: "D07".to_owned(),
        seq: 3,
        at: Timestamp::UNIX_EPOCH,
        clock_skew: Some(-5),
        lamport: 9,
        actor: Actor { id: "0001".to_owned(), name: "王䶮·𠮷".to_owned() },
        case: Uuid::from_u128(7),
        body: EventBody::Withdrawn {
            reason: "申请人撤回".to_owned(),
            on: jiff::civil::date(2026, 3, 2),
        },
        prev_hash: GENESIS.to_owned(),
    }
}

#[test]
fn a_sealed_event_opens_to_what_it_was() {
    let sealed = SealedEvent::seal(&event()).expect("sealed");
    assert_eq!(sealed.open().expect("opened"), event());
    assert_eq!(sealed.hash.len(), 64);
    assert_eq!(sealed.hash, sha256_hex(sealed.text.as_bytes()));
}

#[test]
fn a_text_with_the_right_hash_that_is_no_event_is_unreadable() {
    for text in ["", "{}", "null", "{\"origin\":1}"] {
        let sealed = SealedEvent { text: text.to_owned(), hash: sha256_hex(text.as_bytes()) };
        assert!(matches!(sealed.open(), Err(BrokenEvent::Unreadable(_))), "{text}");
    }
}

#[test]
fn hashing_is_sha_256() {
    // FIPS 180-2, appendix B.1.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sha256_hex(b"abc"), abc);
}

#[test]
fn an_entry_of_before_there_was_a_print_journal_is_read_and_written_as_it_was() {
    let old = r#"{"type":"document-printed","number":"N-SL01","printer":"前台","nth":2}"#;
    let body: EventBody = serde_json::from_str(old).expect("read");
    let EventBody::DocumentPrinted { nth: 2, proof: None, reason: None, job: None, .. } = &body
    else {
        panic!("{body:?}");
    };
    assert_eq!(serde_json::to_string(&body).expect("written"), old);
}

#[test]
fn a_reprint_says_why() {
    let new = r#"{"type":"document-printed","number":"N-SL01","printer":"前台","nth":2,"proof":"clerk","reason":{"kind":"other","text":"盖错章"},"job":"j"}"#;
    let body: EventBody = serde_json::from_str(new).expect("read");
    assert_eq!(serde_json::to_string(&body).expect("written"), new);
}

proptest! {
    #[test]
    fn any_changed_character_is_caught(at in any::<prop::sample::Index>(), to in any::<char>()) {
        let sealed = SealedEvent::seal(&event()).expect("sealed");
        for part in [true, false] {
            let mut chars: Vec<char> = if part { &sealed.text } else { &sealed.hash }.chars().collect();
            let at = at.index(chars.len());
            if chars[at] == to {
                continue;
            }
            chars[at] = to;
            let changed: String = chars.into_iter().collect();
            let broken = if part {
                SealedEvent { text: changed, ..sealed.clone() }
            } else {
                SealedEvent { hash: changed, ..sealed.clone() }
            };
            prop_assert!(matches!(broken.open(), Err(BrokenEvent::HashMismatch)));
        }
    }

    #[test]
    fn bytes_added_or_lost_are_caught(cut in any::<prop::sample::Index>(), extra in "[ -~]{1,5}") {
        let sealed = SealedEvent::seal(&event()).expect("sealed");
        let longer = SealedEvent { text: format!("{}{extra}", sealed.text), ..sealed.clone() };
        prop_assert!(longer.open().is_err());
        let mut text: Vec<char> = sealed.text.chars().collect();
        text.remove(cut.index(text.len()));
        let shorter = SealedEvent { text: text.into_iter().collect(), ..sealed };
        prop_assert!(shorter.open().is_err());
    }
}
