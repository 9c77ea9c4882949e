use yichuang_domain::away::AwayLimit;
use yichuang_protocol::policy::statement;
use yichuang_protocol::{PrivateKey, PublicKey};

use super::*;
use crate::sample::{On, enrolled, now, on_both_engines};

fn limits(days: u32, cases: u32) -> AwayPolicy {
    AwayPolicy {
        warn: AwayLimit { days: Some(days), cases: None },
        confirm: AwayLimit { days: None, cases: Some(cases) },
    }
}

fn a_station_gets_its_own_policy_signed_and_another_none(on: On) {
    let (_place, store) = on.hub();
    let (reply, device) = enrolled(&store, "03", &PrivateKey::from_seed(&[3; 32]));
    let key = PublicKey::from_base64(&reply.hub_key).unwrap();
    let place = (device.region.as_str(), device.station.as_str());
    let asked = |device: &Device| policy(&store, device, now()).unwrap().statement;
    let said = statement(&key, place, &asked(&device)).unwrap();
    assert_eq!(said.policy, AwayPolicy::default(), "none was set");

    let set = set_station_policy(&store, place, &limits(7, 200), now()).unwrap();
    assert_eq!((set.policy, set.set_at), (limits(7, 200), Some(now())));
    assert_eq!(statement(&key, place, &asked(&device)).unwrap().policy, limits(7, 200));
    let elsewhere = Device { station: "QX".to_owned(), ..device.clone() };
    assert!(statement(&key, place, &asked(&elsewhere)).is_err());
    let said = statement(&key, (place.0, "QX"), &asked(&elsewhere)).unwrap();
    assert_eq!(said.policy, AwayPolicy::default());

    set_station_policy(&store, place, &limits(9, 1), now()).unwrap();
    assert_eq!(station_policy(&store, place.0, place.1).unwrap().policy, limits(9, 1));
}

fn a_policy_that_makes_no_sense_is_refused_with_its_field(on: On) {
    let (_place, store) = on.hub();
    let refused =
        |place, policy: AwayPolicy| match set_station_policy(&store, place, &policy, now()) {
            Err(HubError::Refused(refused)) => (refused.code, refused.field),
            other => panic!("{other:?}"),
        };
    let says = |code: &str, field: &str| (code.to_owned(), field.to_owned());
    assert_eq!(refused(("150785", "乌力库玛"), limits(1, 1)), says("bad-code", "station"));
    assert_eq!(refused(("150785", "ZX"), limits(0, 1)), says("bad-policy", "days"));
    assert_eq!(refused(("150785", "ZX"), limits(1, 0)), says("bad-policy", "cases"));
    let mut turned = limits(9, 1);
    turned.confirm.days = Some(8);
    assert_eq!(refused(("150785", "ZX"), turned), says("bad-policy", "lead"));
    assert_eq!(station_policy(&store, "150785", "ZX").unwrap().set_at, None);
}

on_both_engines!(
    a_station_gets_its_own_policy_signed_and_another_none,
    a_policy_that_makes_no_sense_is_refused_with_its_field,
);
