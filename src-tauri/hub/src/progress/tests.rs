use yichuang_domain::document::DocumentKind;
use yichuang_protocol::PrivateKey;
use yichuang_protocol::push::PushRequest;

use super::*;
use crate::receive::push;
use crate::sample::{Log, On, accepted, case, day, enrolled, filed, now, number, on_both_engines};

fn device_key() -> PrivateKey {
    PrivateKey::from_seed(&[11; 32])
}

/// A hub with one window, which took in one case; the code that the window printed.
fn with_a_case(on: On) -> (crate::sample::Place, HubStore, Device, CaseNumber, CheckCode) {
    let (place, store) = on.hub();
    let (reply, device) = enrolled(&store, "03", &device_key());
    let mut log = Log::of(&device);
    let first = number(&device, false, 1);
    let events =
        vec![log.write(case(1), filed(first.clone(), false)), log.write(case(1), accepted())];
    push(&store, &device, &PushRequest { events }, now()).unwrap();
    let hub = PublicKey::from_base64(&reply.hub_key).unwrap();
    let code = CheckCode::of(&device_key(), &hub, &first);
    (place, store, device, first, code)
}

fn the_code_of_the_window_opens_its_case_and_no_other(on: On) {
    let (_place, store, device, first, code) = with_a_case(on);
    let Answered::Case(found, at) = answer(&store, &first, &code).unwrap() else {
        panic!("not found")
    };
    assert_eq!((found.number, at), (first.clone(), device.clone()));
    // The window gave out another number, whose case is still on its way.
    let second = number(&device, false, 2);
    assert!(matches!(answer(&store, &second, &code).unwrap(), Answered::Wrong));
    let hub = store.read(|tx| tx.hub_key()).unwrap().public();
    let of_second = CheckCode::of(&device_key(), &hub, &second);
    assert!(matches!(answer(&store, &second, &of_second).unwrap(), Answered::NotArrived));
    assert!(matches!(answer(&store, &first, &of_second).unwrap(), Answered::Wrong));
}

fn a_device_that_nobody_knows_has_no_codes(on: On) {
    let (_place, store, device, ..) = with_a_case(on);
    let unknown = Device { code: "XXXX".to_owned(), ..device };
    let number = number(&unknown, false, 1);
    let hub = store.read(|tx| tx.hub_key()).unwrap();
    // Even the code that is computed in its place opens nothing.
    let code = CheckCode::of(&hub, &hub.public(), &number);
    assert!(matches!(answer(&store, &number, &code).unwrap(), Answered::Wrong));
}

fn guessing_locks_the_number_and_being_right_does_not(on: On) {
    let (_place, store, _, first, code) = with_a_case(on);
    let (guard, here) = (Guard::default(), IpAddr::from([10, 0, 0, 1]));
    let wrong = CheckCode::read("00000000").unwrap();
    for _ in 0..30 {
        let right = ask(&store, &guard, here, (&first, &code), now()).unwrap();
        assert!(matches!(right, Asked::Answered(Answered::Case(..))));
    }
    for _ in 0..guard::OF_NUMBER {
        let asked = ask(&store, &guard, here, (&first, &wrong), now()).unwrap();
        assert!(matches!(asked, Asked::Answered(Answered::Wrong)));
    }
    for code in [&wrong, &code] {
        let asked = ask(&store, &guard, here, (&first, code), now()).unwrap();
        assert!(matches!(asked, Asked::TooMany(_)), "{asked:?}");
    }
}

fn a_scanned_paper_is_told_from_a_forged_one_and_from_one_of_a_stolen_computer(on: On) {
    let (_place, store, device, first, _) = with_a_case(on);
    let mark = |key: &PrivateKey| {
        PaperMark::sign(
            (first.device(), key),
            &first,
            (DocumentKind::MaterialReceipt, 1),
            day(),
            &[7; 32],
        )
    };
    let ours = prove(&store, &mark(&device_key())).unwrap();
    assert_eq!(ours, Scanned::Ours { hall: device.hall.clone(), window: "03".to_owned() });
    let forged = mark(&PrivateKey::from_seed(&[12; 32]));
    assert_eq!(prove(&store, &forged).unwrap(), Scanned::Foreign);
    crate::roster::revoke(&store, &device.code, day(), now()).unwrap();
    assert_eq!(prove(&store, &mark(&device_key())).unwrap(), Scanned::Foreign);
}

on_both_engines!(
    the_code_of_the_window_opens_its_case_and_no_other,
    a_device_that_nobody_knows_has_no_codes,
    guessing_locks_the_number_and_being_right_does_not,
    a_scanned_paper_is_told_from_a_forged_one_and_from_one_of_a_stolen_computer,
);

#[test]
fn a_number_is_read_however_a_telephone_types_it() {
    let (_place, store) = On::Sqlite.hub();
    let (_, device) = enrolled(&store, "03", &device_key());
    let right = number(&device, false, 1);
    let text = right.as_str();
    for typed in
        [text.to_lowercase(), format!(" {} ", text.replace('-', " － ")), text.replace('-', "—")]
    {
        assert_eq!(read_number(&typed).as_ref(), Some(&right), "{typed}");
    }
    let off_by_one = text.replace("0001", "0002");
    for typed in ["", "1", &off_by_one, &"1".repeat(1000), "办件编号"] {
        assert_eq!(read_number(typed), None, "{typed}");
    }
}
