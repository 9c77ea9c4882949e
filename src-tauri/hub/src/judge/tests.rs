use std::sync::LazyLock;

use yichuang_domain::attachment::{Announced, LARGEST};
use yichuang_domain::case::event::{GENESIS, SealedEvent, sha256_hex};
use yichuang_protocol::PrivateKey;
use yichuang_protocol::hub_log::vouch;
use yichuang_protocol::limits::HIGHEST;

use super::*;
use crate::sample::{accepted, case, filed, number};

static HUB: LazyLock<PublicKey> = LazyLock::new(|| PrivateKey::from_seed(&[7; 32]).public());

fn device() -> Device {
    Device {
        origin: "win-7K2M-1".to_owned(),
        log: "win-7K2M-1".to_owned(),
        code: "7K2M".to_owned(),
        region: "150785".to_owned(),
        station: "ZX".to_owned(),
        window: "03".to_owned(),
        hall: "根河市政务服务中心".to_owned(),
        public_key: String::new(),
    }
}

fn event(body: EventBody) -> Event {
    let mut event = crate::sample::Log::of(&device()).event(case(1), body);
    event.origin = device().origin;
    event
}

fn known(device: &Device) -> Known<'_> {
    let hub = &*HUB;
    Known {
        device,
        hub,
        trial: false,
        parked: false,
        filed_in: None,
        is_party: false,
        heir: None,
        number_of: None,
    }
}

fn verdict(event: Event, known: &Known<'_>) -> Option<(String, String)> {
    let rejection = judge(&Arrived::Event(Box::new(event)), known).err()?;
    assert!(!rejection.message.is_empty());
    Some((rejection.code, rejection.field))
}

fn because(code: &str, field: &str) -> Option<(String, String)> {
    Some((code.to_owned(), field.to_owned()))
}

#[test]
fn a_filing_and_what_follows_it_enter() {
    let device = device();
    assert_eq!(verdict(event(filed(number(&device, false, 1), false)), &known(&device)), None);
    let filed_here = Known { filed_in: Some(device.origin.clone()), ..known(&device) };
    assert_eq!(verdict(event(accepted()), &filed_here), None);
}

#[test]
fn every_reason_names_its_field() {
    let device = device();
    let real = || event(filed(number(&device, false, 1), false));
    let practice = || event(filed(number(&device, true, 1), true));
    let known = known(&device);
    let trial = Known { trial: true, ..known.clone() };
    assert_eq!(verdict(practice(), &known), because("practice-mismatch", "practice"));
    assert_eq!(verdict(real(), &trial), because("practice-mismatch", "practice"));
    assert_eq!(verdict(practice(), &trial), None);

    let foreign = Event { origin: "win-other".to_owned(), ..real() };
    assert_eq!(verdict(foreign, &known), because("origin-mismatch", "origin"));

    let parked = Known { parked: true, ..known.clone() };
    assert_eq!(verdict(real(), &parked), because("case-parked", "case"));

    let elsewhere = Known { filed_in: Some("win-other".to_owned()), ..known.clone() };
    assert_eq!(verdict(event(accepted()), &elsewhere), because("foreign-case", "case"));
    assert_eq!(verdict(real(), &elsewhere), because("foreign-case", "case"));
    assert_eq!(verdict(event(accepted()), &known), because("unknown-case", "case"));

    let filed_here = Known { filed_in: Some(device.origin.clone()), ..known.clone() };
    for lamport in [0, HIGHEST_OF_WINDOW + 1, HIGHEST, u64::MAX] {
        let beyond = Event { lamport, ..real() };
        assert_eq!(verdict(beyond, &known), because("bad-lamport", "lamport"), "{lamport}");
        // Also of what hands on something sound.
        let signed = vouch(&PrivateKey::from_seed(&[7; 32]), SealedEvent::seal(&real()).unwrap());
        let relay = Event { lamport, ..event(EventBody::Relayed { event: signed }) };
        assert_eq!(verdict(relay, &filed_here), because("bad-lamport", "lamport"), "{lamport}");
    }
    assert_eq!(verdict(Event { lamport: HIGHEST_OF_WINDOW, ..real() }, &known), None);
}

#[test]
fn a_number_must_be_this_devices_and_this_cases() {
    let device = device();
    let bad = because("bad-number", "number");
    let others = [
        Device { code: "7K2".to_owned(), ..device.clone() },
        Device { code: "7K2MX".to_owned(), ..device.clone() },
        Device { station: "ZY".to_owned(), ..device.clone() },
        Device { region: "150784".to_owned(), ..device.clone() },
    ];
    for other in others {
        let event = event(filed(number(&other, false, 1), false));
        assert_eq!(verdict(event, &known(&device)), bad, "{other:?}");
    }
    // A practice number on a real case, and the other way round.
    let marked = event(filed(number(&device, true, 1), false));
    assert_eq!(verdict(marked, &known(&device)), bad);
    let unmarked = event(filed(number(&device, false, 1), true));
    assert_eq!(verdict(unmarked, &Known { trial: true, ..known(&device) }), bad);

    let taken = Known { number_of: Some(case(2)), ..known(&device) };
    assert_eq!(verdict(event(filed(number(&device, false, 1), false)), &taken), bad);
    let own = Known { number_of: Some(case(1)), ..known(&device) };
    assert_eq!(verdict(event(filed(number(&device, false, 1), false)), &own), None);
}

fn sealed(text: String) -> SealedEvent {
    SealedEvent { hash: sha256_hex(text.as_bytes()), text }
}

#[test]
fn an_event_of_an_unknown_kind_keeps_its_place_and_case() {
    let device = device();
    let text = |body: &str, case: &str| {
        let origin = &device.origin;
        format!(
            r#"{{"origin":"{origin}","seq":4,"case":{case},"body":{body},"prev_hash":"{GENESIS}"}}"#
        )
    };
    let id = format!("\"{}\"", case(1));
    let arrived = Arrived::read(&sealed(text(r#"{"type":"from-the-future"}"#, &id))).unwrap();
    assert_eq!((arrived.seq(), arrived.case()), (4, Some(case(1))));
    assert_eq!(arrived.prev_hash(), GENESIS);
    let rejection = judge(&arrived, &known(&device)).unwrap_err();
    assert_eq!((rejection.code.as_str(), rejection.field.as_str()), ("unreadable", "body"));

    let misspelt = r#"{"type":"filed","number":"150785-ZX-7K2M-20260302-0001-?"}"#;
    let arrived = Arrived::read(&sealed(text(misspelt, "17"))).unwrap();
    assert_eq!(arrived.case(), None);
    let rejection = judge(&arrived, &known(&device)).unwrap_err();
    assert_eq!((rejection.code.as_str(), rejection.field.as_str()), ("bad-number", "number"));

    for rubbish in ["", "null", "[]", "{}", r#"{"origin":"o","seq":-1,"prev_hash":""}"#] {
        assert!(Arrived::read(&sealed(rubbish.to_owned())).is_none(), "{rubbish}");
    }
}

#[test]
fn an_announcement_that_can_be_no_attachment_does_not_enter() {
    let device = device();
    let filed_here = Known { filed_in: Some(device.origin.clone()), ..known(&device) };
    let sound = Announced::of("a.pdf", b"%PDF-1.7").unwrap();
    let with = |alter: &dyn Fn(&mut Announced)| {
        let mut announced = sound.clone();
        alter(&mut announced);
        let material = "m1".to_owned();
        verdict(event(EventBody::AttachmentAdded { material, announced }), &filed_here)
    };
    assert_eq!(with(&|_| {}), None);
    assert_eq!(with(&|a| a.hash = "../../hub.db".to_owned()), because("bad-attachment", "hash"));
    assert_eq!(with(&|a| a.hash.make_ascii_uppercase()), because("bad-attachment", "hash"));
    assert_eq!(with(&|a| a.size = 0), because("bad-attachment", "size"));
    assert_eq!(with(&|a| a.size = LARGEST + 1), because("bad-attachment", "size"));
    assert_eq!(with(&|a| a.name = "../a.pdf".to_owned()), because("bad-attachment", "name"));
    assert_eq!(with(&|a| a.name = "a\0.pdf".to_owned()), because("bad-attachment", "name"));
}
