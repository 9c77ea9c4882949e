use proptest::prelude::*;

use super::*;

fn code_of(refusal: &Refusal) -> (RefusalCode, &str) {
    (refusal.code, &refusal.field)
}

#[test]
fn marks_that_a_paste_brings_are_left_out_and_nothing_else_is() {
    for (pasted, kept) in [
        ("\u{FEFF}蒙林采字〔2026〕第001号\u{200E}", "蒙林采字〔2026〕第001号"),
        ("王\u{AD}\u{2060}敏", "王敏"),
        ("A\u{202E}12\u{202C}3", "A123"),
        ("王\u{200D}敏", "王敏"),
        ("\u{3164}", ""),
        ("✓\u{FE0F}", "✓"),
        // A form of a character that somebody chose is their name.
        ("葛\u{E0100}", "葛\u{E0100}"),
        ("葛\u{FE00}", "葛\u{FE00}"),
        // Joiners shape letters of scripts that are joined.
        ("ᠮ\u{180E}ᠠ\u{200D}", "ᠮ\u{180E}ᠠ\u{200D}"),
        ("نمی\u{200C}خواهم", "نمی\u{200C}خواهم"),
        // Format characters with ink.
        ("\u{0600}\u{0661}", "\u{0600}\u{0661}"),
    ] {
        assert_eq!(without_marks(pasted), kept, "{pasted:?}");
    }
}

#[test]
fn what_no_paper_shows_is_refused_by_its_code_point() {
    for (text, named) in [
        ("李\u{E000}", "U+E000"),
        ("李\u{F0001}", "U+F0001"),
        ("李\u{7}", "U+0007"),
        ("李\u{0378}明", "U+0378"),
        ("\u{FFF9}李", "U+FFF9"),
        ("李😀", "“😀”（U+1F600）"),
        ("1\u{FE0F}\u{20E3}", "U+20E3"),
        ("🇨🇳", "U+1F1E8"),
    ] {
        for check in [line, words, number] {
            let refusal = check("name", text).unwrap_err();
            assert_eq!(code_of(&refusal), (RefusalCode::Unprintable, "name"), "{text:?}");
            assert!(refusal.message.contains(named), "{text:?}: {refusal}");
            assert!(!refusal.message.chars().any(char::is_control), "{refusal:?}");
        }
    }
}

#[test]
fn words_may_have_lines_and_a_name_may_not() {
    assert_eq!(words("reason", " 一、\r\n二、\u{B}三 ").unwrap(), "一、\r\n二、\u{B}三");
    let refusal = line("name", "王\n敏").unwrap_err();
    assert!(refusal.message.contains("U+000A"), "{refusal}");
}

#[test]
fn names_keep_every_character_of_theirs() {
    for name in
        ["王敏", "阿不都·热合曼", "𤴓", "\u{2EBF0}", "\u{323B0}", "ᠮᠣᠩᠭᠣᠯ", "O’Neil", "ئابدۇ"]
    {
        assert_eq!(line("name", name).unwrap(), name);
    }
}

#[test]
fn a_number_is_made_of_what_every_window_prints() {
    for good in ["150785-2026-0001", "（2026）蒙0785不动产权第0000001号", "〔2026〕1号", "№ 12/A"]
    {
        assert_eq!(number("result_number", good).unwrap(), good);
    }
    for bad in ["\u{0E01}12", "מ1", "葛\u{E0100}", "\u{30000}1", "e\u{301}"] {
        assert_eq!(number("result_number", bad).unwrap_err().code, RefusalCode::Unprintable);
    }
}

proptest! {
    #[test]
    fn what_was_taken_is_taken_again_as_it_is(text in any::<String>()) {
        for check in [line, words, number] {
            if let Ok(once) = check("x", &text) {
                prop_assert_eq!(check("x", &once), Ok(once.clone()));
                prop_assert!(once.chars().all(|c| !is_mark(c)));
            }
        }
    }

    #[test]
    fn nothing_with_ink_is_ever_dropped(text in "[\u{20}-\u{2FF}\u{4E00}-\u{9FFF}\u{200B}-\u{2064}\u{FE00}-\u{FEFF}😀\u{E000}]{0,20}") {
        let inked = |text: &str| text.chars().filter(|c| !is_mark(*c) && !is_joiner(*c)).collect::<String>();
        prop_assert_eq!(inked(&without_marks(&text)), inked(&text));
    }
}
