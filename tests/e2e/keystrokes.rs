//! The ten most common flows with keys only, and how many keys they take. What the applicant brings
//! (names, numbers, telephones) is typed and not counted; everything else is.
//!
//! The seconds are those of a clerk, by the keystroke-level model (Card, Moran, Newell 1980): 0.28 s
//! a key for an average typist, 1.35 s for each thing to be decided. The machine's own part is in the
//! bench.

use std::fmt::Write as _;

use yichuang_tests::program;
use yichuang_tests::stage::Stage;
use yichuang_tests::window::Screen;

use crate::steps::{PIN, at_step, first_account, saved};

/// A key of an average typist, and a decision, in seconds.
const KEY: f64 = 0.28;
const DECISION: f64 = 1.35;
/// What a plain case of six materials may take.
const MOST_FOR_SIX: u32 = 40;

/// One flow as it went.
struct Flow {
    name: &'static str,
    keys: u32,
    decisions: u32,
}

/// The applicant's own data, which are typed once and not counted.
async fn data(screen: &Screen, text: &str) {
    let counted = screen.keys_struck();
    screen.write(text).await;
    screen.keys_struck();
    screen.count_again(counted);
}

async fn focus(screen: &Screen, part: &str) {
    screen
        .until(&format!("the focus is in {part}"), || async {
            screen.focused().await.iter().any(|one| one.starts_with(part)).then_some(())
        })
        .await;
}

/// Finds a matter by the first letters of its pinyin and begins.
async fn begin(screen: &Screen, letters: &str) {
    screen.press("F2").await;
    focus(screen, "search-input").await;
    screen.write(letters).await;
    screen.press("Enter").await;
    at_step(screen, "questions").await;
}

/// Answers by digits, one question after the other.
async fn answer(screen: &Screen, digits: &str) {
    for digit in digits.chars() {
        focus(screen, "question-").await;
        screen.press(&digit.to_string()).await;
        saved(screen).await;
    }
    screen.press("Enter").await;
    at_step(screen, "applicant").await;
    focus(screen, "applicant-").await;
}

/// Who was here before is taken over, and compared with the document.
async fn taken_over(screen: &Screen) {
    data(screen, "乌云").await;
    screen.wait_for("applicant-known-0").await;
    screen.press("Alt+1").await;
    screen.wait_for("party-filled").await;
    screen.press("Enter").await;
}

/// All there: what remains is to agree.
async fn all_present(screen: &Screen) {
    at_step(screen, "materials").await;
    focus(screen, "material-").await;
    screen.press("a").await;
    saved(screen).await;
    screen.press("Alt+ArrowRight").await;
    at_step(screen, "determination").await;
    screen.wait_for("determination-outcome").await;
}

async fn file(screen: &Screen) {
    screen.press("Ctrl+Enter").await;
    screen.wait_for("papers-case-number").await;
}

/// Opens the first case that a search finds.
async fn open_first(screen: &Screen, name: &str) {
    screen.press("F3").await;
    focus(screen, "cases-text").await;
    data(screen, name).await;
    screen.press("Enter").await;
    screen.wait_for("case").await;
}

/// A six-material case, then the same person again, then what a clerk does with it.
async fn ten_flows_by_keys(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    let mut flows = Vec::new();
    let mut done = |name, decisions, keys| flows.push(Flow { name, keys, decisions });
    screen.keys_struck();

    begin(screen, "shbzk").await;
    answer(screen, "121").await;
    for text in ["乌云其其格", "13800000000", "150785190105180023"] {
        data(screen, text).await;
        screen.press("Enter").await;
    }
    at_step(screen, "materials").await;
    let six = screen.count_rows("material-", "data-row").await;
    assert_eq!(six, 6, "a case of six materials");
    all_present(screen).await;
    file(screen).await;
    let plain = screen.keys_struck();
    assert!(plain <= MOST_FOR_SIX, "a plain case of six materials took {plain} keys");
    done("普通办件，六份材料齐全", 3 + 1 + 1, plain);

    begin(screen, "shbzk").await;
    answer(screen, "121").await;
    taken_over(screen).await;
    all_present(screen).await;
    file(screen).await;
    done("同一人再办一件", 3 + 1 + 1 + 1, screen.keys_struck());

    begin(screen, "shbzk").await;
    answer(screen, "121").await;
    taken_over(screen).await;
    at_step(screen, "materials").await;
    focus(screen, "material-").await;
    screen.press("2").await;
    saved(screen).await;
    screen.press("Enter").await;
    focus(screen, "material-").await;
    all_present(screen).await;
    file(screen).await;
    done("缺一份材料，一次性告知", 3 + 1 + 1 + 1 + 1, screen.keys_struck());
    let number = screen.read("papers-case-number").await;

    screen.keys_struck();
    open_first(screen, &number).await;
    screen.press("Alt+1").await;
    screen.wait_for("dialog-supplement").await;
    focus(screen, "supplement-m").await;
    screen.press("Space").await;
    screen.press("Enter").await;
    screen.wait_gone("dialog-supplement").await;
    screen.wait_for("case-accept").await;
    done("登记补正", 2, screen.keys_struck());

    screen.press("Alt+1").await;
    focus(screen, "dialog-accept").await;
    screen.press("Enter").await;
    screen.wait_text("case-state", |text| text.contains("已受理")).await;
    done("补正后受理", 1, screen.keys_struck());

    screen.press("F2").await;
    focus(screen, "search-input").await;
    screen.write("新生儿").await;
    screen.wait_for("bundle-offer").await;
    screen.press("Alt+Enter").await;
    at_step(screen, "questions").await;
    answer(screen, "11111111").await;
    taken_over(screen).await;
    all_present(screen).await;
    file(screen).await;
    done("一件事：新生儿出生，三个事项", 8 + 1 + 1 + 1, screen.keys_struck());

    open_first(screen, "乌云").await;
    done("找到一件办件", 1, screen.keys_struck());

    screen.press("F2").await;
    focus(screen, "search-input").await;
    screen.write("gljt").await;
    screen.wait_for("search-results").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_for("matter-page").await;
    done("答咨询：看一个事项的指南", 1, screen.keys_struck());

    screen.press("F6").await;
    screen.wait_for("ledger-form").await;
    focus(screen, "ledger-content").await;
    data(screen, "高龄津贴几岁能领").await;
    screen.press("Enter").await;
    data(screen, "八十周岁").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_for("ledger-told").await;
    done("登记一条已答复的咨询", 1, screen.keys_struck());

    screen.press("F12").await;
    focus(screen, "sign-in-pin").await;
    data(screen, PIN).await;
    screen.press("Enter").await;
    screen.wait_for("ledger").await;
    done("离开一下，锁屏再回来", 1, screen.keys_struck());

    let mut table =
        String::from("| flow | keys | decisions | clerk's seconds |\n|---|---|---|---|\n");
    for Flow { name, keys, decisions } in &flows {
        let seconds = f64::from(*keys) * KEY + f64::from(*decisions) * DECISION;
        // Writing to a String never fails.
        let _ = writeln!(table, "| {name} | {keys} | {decisions} | {seconds:.1} |");
    }
    assert_eq!(flows.len(), 10);
    let path = program::out("keystrokes").join(format!("{:?}.md", screen.door()));
    std::fs::write(&path, table).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

crate::both_doors!(ten_flows_by_keys from NoAccount);
