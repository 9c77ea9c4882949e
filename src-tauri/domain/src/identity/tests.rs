use proptest::prelude::*;

use super::*;

fn passes(id_type: IdType, number: &str) -> bool {
    check_id_number(id_type, number).is_ok()
}

#[test]
fn made_up_numbers_that_are_valid_pass() {
    for number in [
        "150785190101010019",
        "150785190402290026",
        "150785190512310032",
        "150702190306150049",
        "15078519080609008X",
        "810000190001010018",
        "820000190002020025",
        "830000190003030032",
    ] {
        assert!(passes(IdType::ResidentId, number), "{number}");
    }
    for code in [
        "11150785MB0A000188",
        "12150785MB0A000260",
        "91150785MA0TE5T165",
        "92150785MA0TE5T24W",
        "93150785MA0TE5T32L",
        "51150785MJ0A000410",
        "52150785MJ0A0005XL",
        "54150785ME0A0006X7",
        "N2150785MF0A000718",
    ] {
        assert!(passes(IdType::Uscc, code), "{code}");
    }
    for number in ["H12345678", "M1234567801"] {
        assert!(passes(IdType::HkMacaoPermit, number), "{number}");
    }
    assert!(passes(IdType::TaiwanPermit, "12345678"));
    for number in ["E12345678", "EA1234567", "G12345678", "SE1234567", "PE1234567", "DE1234567"] {
        assert!(passes(IdType::Passport, number), "{number}");
    }
    for phone in ["13800000000", "19900000000", "0470-1234567", "010-12345678", " 19900000000 "] {
        assert!(check_phone(phone).is_ok(), "{phone}");
    }
}

#[test]
fn numbers_with_one_fault_are_refused() {
    for number in [
        "150785190101010018",
        "150785190202290013",
        "15078519010101001",
        "15078519010101001X",
        "150785190113010016",
        "1507851901010100190",
        "150785010101001",
        "１５0785190101010018",
        "15078519O101010019",
        "一五〇七八五",
        "",
        "-50785190101010019",
        "150785190100010014",
    ] {
        assert!(!passes(IdType::ResidentId, number), "{number}");
    }
    for code in [
        "91150785MA0TE5T164",
        "91150785MA0TEST165",
        "9115078OMA0TE5T165",
        "91150785MA0TE5T16",
        "91150785MA0TE5T1655",
        "",
    ] {
        assert!(!passes(IdType::Uscc, code), "{code}");
    }
    for number in ["A12345678", "H1234567", "H123456789", "H1234567A", "", "h"] {
        assert!(!passes(IdType::HkMacaoPermit, number), "{number}");
    }
    for number in ["1234567", "123456789", "1234567A", ""] {
        assert!(!passes(IdType::TaiwanPermit, number), "{number}");
    }
    for number in ["E1234567", "EI1234567", "EO1234567", "E123456789", "X12345678", "E", ""] {
        assert!(!passes(IdType::Passport, number), "{number}");
    }
    for phone in [
        "12012345678",
        "1380000000",
        "138000000000",
        "0470",
        "1234567",
        "0470-123456",
        "470-1234567",
        "0470-12345678901",
        "",
        "一三八",
        "+8613800000000",
        "-",
        "0470-",
    ] {
        assert!(check_phone(phone).is_err(), "{phone}");
    }
}

#[test]
fn what_is_typed_is_brought_into_one_form() {
    let normal = check_id_number(IdType::ResidentId, "　15078519080609008x ");
    assert_eq!(normal.as_deref(), Ok("15078519080609008X"));
    let wide = check_id_number(IdType::ResidentId, "１５０７８５１９０８０６０９００８Ｘ");
    assert_eq!(wide.as_deref(), Ok("15078519080609008X"));
    let code = check_id_number(IdType::Uscc, "91150785ma0te5t165");
    assert_eq!(code.as_deref(), Ok("91150785MA0TE5T165"));
    assert_eq!(check_phone("０４７０－１２３４５６７").as_deref(), Ok("0470-1234567"));
}

#[test]
fn the_message_names_the_fault() {
    let said = |number: &str| check_id_number(IdType::ResidentId, number).expect_err(number);
    assert!(said("150785190101010018").contains("校验位"));
    assert!(said("150785190202290013").contains("出生日期"));
    assert!(said("15078519010101001").contains("现为17位"));
    assert!(said("150785010101001").contains("15位旧身份证"));
    assert!(said("一二三四五六七八九一二三四五六七八九").contains("应为数字"));
    let said = |code: &str| check_id_number(IdType::Uscc, code).expect_err(code);
    assert!(said("91150785MA0TEST165").contains("“S”"));
    assert!(said("91150785MA0TE5T164").contains("校验位"));
}

#[test]
fn nobody_is_too_old() {
    let number = with_check_digit("15078518950101001");
    assert!(passes(IdType::ResidentId, &number), "{number}");
    assert_eq!(birth_date(&number), Some(jiff::civil::date(1895, 1, 1)));
    assert_eq!(birth_date("12345"), None);
    assert_eq!(birth_date("一二三四五六"), None);
}

/// ISO 7064 MOD 11-2 by its definition, with powers of two instead of a table of weights.
fn with_check_digit(body: &str) -> String {
    let mut sum = 0u32;
    for c in body.chars() {
        sum = (sum + c.to_digit(10).expect("a digit")) * 2 % 11;
    }
    let check = (12 - sum) % 11;
    format!("{body}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}

prop_compose! {
    fn resident_id()(
        region in 110_000u32..830_000, days in 0i32..73_000, order in 0u32..1000,
    ) -> String {
        let born = jiff::civil::date(1850, 1, 1).saturating_add(jiff::ToSpan::days(days));
        with_check_digit(&format!(
            "{region}{:04}{:02}{:02}{order:03}", born.year(), born.month(), born.day(),
        ))
    }
}

const USCC_SET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

prop_compose! {
    fn uscc()(body in prop::collection::vec(0usize..31, 17)) -> String {
        // 3^i mod 31, computed and not looked up.
        let mut weight = 1;
        let mut sum = 0;
        for value in &body {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        let set: Vec<char> = USCC_SET.chars().collect();
        body.iter().chain([&((31 - sum % 31) % 31)]).map(|v| set[*v]).collect()
    }
}

proptest! {
    #[test]
    fn every_number_with_the_right_check_digit_passes(number in resident_id(), code in uscc()) {
        prop_assert_eq!(check_id_number(IdType::ResidentId, &number), Ok(number));
        prop_assert_eq!(check_id_number(IdType::Uscc, &code), Ok(code));
    }

    #[test]
    fn one_wrong_digit_is_always_caught(
        number in resident_id(), at in 0usize..18, digit in "[0-9X]",
    ) {
        let mut changed = number.clone();
        changed.replace_range(at..=at, &digit);
        prop_assume!(changed != number);
        prop_assert!(!passes(IdType::ResidentId, &changed), "{number} -> {changed}");
    }

    #[test]
    fn one_wrong_character_of_a_code_is_always_caught(
        code in uscc(), at in 0usize..18, to in prop::sample::select(USCC_SET.chars().collect::<Vec<_>>()),
    ) {
        let mut changed = code.clone();
        changed.replace_range(at..=at, &to.to_string());
        prop_assume!(changed != code);
        prop_assert!(!passes(IdType::Uscc, &changed), "{code} -> {changed}");
    }

    #[test]
    fn anything_may_be_typed(text in ".{0,30}") {
        for id_type in IdType::ALL {
            let _ = check_id_number(id_type, &text);
        }
        let _ = check_phone(&text);
        let _ = birth_date(&text);
    }

    #[test]
    fn a_mask_never_shows_the_middle(number in "\\PC{0,40}") {
        let masked: Vec<char> = mask(&number).chars().collect();
        let chars: Vec<char> = number.chars().collect();
        prop_assert_eq!(masked.len(), chars.len());
        let shown = masked.iter().filter(|c| **c != '*').count();
        let most = if chars.len() >= 15 { 10 } else { 3 };
        prop_assert!(shown <= most && (chars.is_empty() || shown < chars.len()));
        // The birth date and the sequence of an identity number stand at 7 to 14.
        if chars.len() == 18 {
            prop_assert!(masked[6..14].iter().all(|c| *c == '*'));
        }
    }

    #[test]
    fn no_log_shows_a_whole_number(number in resident_id(), tail in "[0-9]{8}") {
        let phone = format!("139{tail}");
        let party = crate::applicant::Party {
            name: "张三".to_owned(),
            id_type: IdType::ResidentId,
            id_number: number.clone(),
            phone: Some(phone.clone()), address: None,
        };
        let input = crate::applicant::PartyInput {
            name: "张三".to_owned(),
            id_type: "resident-id".to_owned(),
            id_number: number.clone(),
            phone: Some(phone.clone()), address: None,
        };
        for shown in [format!("{party:?}"), format!("{input:?}"), format!("{party:#?}")] {
            prop_assert!(!shown.contains(&number) && !shown.contains(&number[6..14]));
            prop_assert!(!shown.contains(&phone) && !shown.contains(&phone[3..9]));
        }
    }
}
