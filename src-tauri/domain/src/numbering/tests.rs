use proptest::prelude::*;

use super::*;

fn source() -> NumberSource {
    NumberSource {
        region: "150785".to_owned(),
        station: "Z01".to_owned(),
        device: "D07".to_owned(),
        practice: false,
    }
}

fn day() -> Date {
    jiff::civil::date(2026, 3, 2)
}

#[test]
fn a_number_says_where_when_and_which() {
    let number = CaseNumber::new(&source(), day(), 12);
    assert!(number.as_str().starts_with("150785-Z01-D07-20260302-0012-"), "{number}");
    assert!(!number.is_practice());
    let practice = CaseNumber::new(&NumberSource { practice: true, ..source() }, day(), 12);
    assert!(practice.as_str().starts_with("YS-150785-Z01-D07-20260302-0012-"), "{practice}");
    assert!(practice.is_practice());
}

#[test]
fn the_ten_thousandth_case_of_a_day_has_a_number_too() {
    let numbers: Vec<CaseNumber> =
        [9_999, 10_000, 123_456, u32::MAX].map(|n| CaseNumber::new(&source(), day(), n)).into();
    for number in &numbers {
        assert_eq!(CaseNumber::try_from(number.to_string()).as_ref(), Ok(number));
    }
    assert!(numbers[1].as_str().contains("-10000-"));
}

#[test]
fn what_only_looks_like_a_number_is_refused() {
    let good = CaseNumber::new(&source(), day(), 12).to_string();
    let body = good.rsplit_once('-').expect("a body").0;
    for body in [
        "YS-YS-150785-Z01-D07-20260302-0012",
        "150785-Z01-D07-20260302",
        "150785-Z01-D07-20260230-0012",
        "150785-Z01-D07-2026032-0012",
        "150785-Z01-D07-20260302-012",
        "150785-Z01-D07-20260302-0000",
        "150785-Z01-D07-20260302-00012",
        "150785-Z01-D07-20260302-001A",
        "150785--D07-20260302-0012",
        "150785-z01-D07-20260302-0012",
    ] {
        let text = format!("{body}-{}", check_character(body));
        assert!(CaseNumber::try_from(text.clone()).is_err(), "{text}");
    }
    for text in ["", "-", "一二三", &format!("{good} "), &good.to_lowercase(), body] {
        assert!(CaseNumber::try_from(text.to_owned()).is_err(), "{text}");
    }
    let read: Result<CaseNumber, _> = serde_json::from_str("\"150785-Z01-D07-20260302-0012-?\"");
    assert!(read.is_err());
}

prop_compose! {
    fn any_source()(
        region in "[0-9]{6}|[0-9]{12}", station in "[0-9A-Z]{1,8}", device in "[0-9A-Z]{1,8}",
        practice in any::<bool>(),
    ) -> NumberSource {
        NumberSource { region, station, device, practice }
    }
}

prop_compose! {
    fn any_day()(days in 0i32..36_000) -> Date {
        jiff::civil::date(2000, 1, 1).saturating_add(jiff::ToSpan::days(days))
    }
}

proptest! {
    #[test]
    fn a_number_reads_back(source in any_source(), on in any_day(), sequence in 1u32..) {
        let number = CaseNumber::new(&source, on, sequence);
        prop_assert_eq!(CaseNumber::try_from(number.to_string()), Ok(number.clone()));
        prop_assert_eq!(number.is_practice(), source.practice);
        let json = serde_json::to_string(&number).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<CaseNumber>(&json).expect("a number"), number);
    }

    #[test]
    fn one_wrong_character_is_always_caught(
        source in any_source(), on in any_day(), sequence in 1u32..200_000,
        at in any::<prop::sample::Index>(), to in "[0-9A-Z-]|[a-z]|.",
    ) {
        let number = CaseNumber::new(&source, on, sequence).to_string();
        let at = at.index(number.len());
        let mut changed = number.clone();
        changed.replace_range(at..=at, &to);
        prop_assume!(changed != number);
        prop_assert!(CaseNumber::try_from(changed.clone()).is_err(), "{number} -> {changed}");
    }

    /// A dash taken for a letter can leave as many parts as before.
    #[test]
    fn practice_never_becomes_real_by_one_wrong_character(
        source in any_source(), on in any_day(), sequence in 1u32..200_000, to in "[0-9A-Z]",
    ) {
        let number = CaseNumber::new(&NumberSource { practice: true, ..source }, on, sequence);
        for (at, _) in number.as_str().match_indices('-') {
            let mut changed = number.to_string();
            changed.replace_range(at..=at, &to);
            prop_assert!(CaseNumber::try_from(changed.clone()).is_err(), "{number} -> {changed}");
        }
    }

    #[test]
    fn different_cases_never_share_a_number(
        a in (any_source(), any_day(), 1u32..200_000), b in (any_source(), any_day(), 1u32..200_000),
    ) {
        prop_assume!(a != b);
        let (x, y) = (CaseNumber::new(&a.0, a.1, a.2), CaseNumber::new(&b.0, b.1, b.2));
        prop_assert_ne!(x, y);
    }

    /// The near misses: one device, neighbouring days and sequences.
    #[test]
    fn the_cases_of_one_device_never_share_a_number(
        source in any_source(), on in any_day(), a in 1u32..20_000, b in 1u32..20_000,
    ) {
        let number = CaseNumber::new(&source, on, a);
        prop_assert_eq!(number == CaseNumber::new(&source, on, b), a == b);
        let next = on.tomorrow().expect("a date");
        prop_assert_ne!(number, CaseNumber::new(&source, next, b));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        let _ = CaseNumber::try_from(text);
    }
}

#[test]
fn codes_that_may_stand_in_a_number() {
    for code in ["0", "Z01", "ABCDEFGH"] {
        assert!(is_valid_code(code), "{code}");
    }
    for code in ["", "ABCDEFGHI", "a", "A-1", "站", " A"] {
        assert!(!is_valid_code(code), "{code}");
    }
}
