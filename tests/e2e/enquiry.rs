//! Somebody asks about a matter and has no case yet: the guide, the situation, the sheet.

use yichuang_tests::stage::Stage;
use yichuang_tests::window::Screen;

use crate::cases::drawn;
use crate::steps::{at_step, first_account, look};

/// From the search to the guide, to the list for a situation told by keys, to the sheet as it
/// will be printed, and with what was told into the case.
async fn a_matter_is_asked_about_and_then_begun(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    screen.press("F2").await;
    screen.fill("search-input", "食品经营").await;
    screen
        .until("the search is answered", || async {
            let answered = screen.now("search-results", "data-answered").await;
            (answered.as_deref() == Some("食品经营")).then_some(())
        })
        .await;
    look(screen, "search").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_text("matter-name", |name| name.contains("食品经营许可")).await;
    let listed = count(screen).await;
    screen.wait_text("prospects", |text| text.contains("由他人代办时提交")).await;
    look(screen, "guide").await;
    no_sideways(screen).await;

    // 由本人办理, 单位食堂, 单位自营: three digits, each on the question that is open then.
    screen.tab_to("choice-agent-no").await;
    for (digit, next) in [("1", "q1"), ("3", "q4")] {
        screen.press(digit).await;
        screen.wait_for(&format!("question-{next}")).await;
    }
    screen.press("1").await;
    screen
        .until("nothing is open", || async {
            (screen.now("matter-page", "data-settled").await.as_deref() == Some("true"))
                .then_some(())
        })
        .await;
    assert!(count(screen).await < listed, "the list is the situation's");
    let text = screen.read("prospects").await;
    assert!(text.contains("举办单位主体资格证明") && !text.contains("授权委托书"), "{text}");

    screen.press("Ctrl+g").await;
    drawn(screen).await;
    look(screen, "sheet").await;
    no_sideways(screen).await;
    let shown = screen.now("paper-preview", "data-drawn").await.unwrap_or_default();
    assert!(shown.contains("q4=a"), "the sheet is the situation's: {shown}");
    assert_eq!(stage.cases().as_array().map(Vec::len), Some(0), "an enquiry is no case");

    screen.press("Ctrl+Enter").await;
    at_step(screen, "questions").await;
    let kept = screen.wait_for("choice-q4-a").await;
    assert!(kept.is_selected().await.expect("a radio button"), "what was told is not asked again");
}

async fn count(screen: &Screen) -> usize {
    let count = screen.attribute("prospects", "data-count").await.unwrap_or_default();
    count.parse().expect("a number")
}

async fn no_sideways(screen: &Screen) {
    let script = "const wide = e => e.scrollWidth > e.clientWidth + 1;\
        return [document.documentElement, ...document.querySelectorAll('main, main *')]\
        .filter(e => wide(e) && ['auto', 'scroll', 'visible'].includes(getComputedStyle(e).overflowX)\
            && getComputedStyle(e).display !== 'inline')\
        .map(e => e.tagName + '.' + e.className + ' ' + e.scrollWidth + '>' + e.clientWidth);";
    let wide = screen.execute(script, Vec::new()).await;
    assert_eq!(wide.as_array().map(Vec::len), Some(0), "too wide: {wide}");
}

/// By department, by bundle, among the starred: keys only, the cursor stays in the search box.
async fn a_matter_is_found_without_a_word(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    screen.press("F2").await;
    screen.wait_for("search-results").await;
    screen.press("Alt+3").await;
    let first = shelf(screen, |shelf| shelf.starts_with("departments:")).await;
    look(screen, "departments").await;
    no_sideways(screen).await;
    screen.press("ArrowRight").await;
    shelf(screen, |shelf| shelf.starts_with("departments:") && shelf != first).await;
    screen.press("Ctrl+b").await;
    screen.wait_text("browse-starred", |text| text.contains('1')).await;
    screen.press("Alt+4").await;
    shelf(screen, |shelf| shelf.starts_with("bundles:")).await;
    look(screen, "bundles").await;
    screen.press("Alt+2").await;
    shelf(screen, |shelf| shelf == "starred").await;
    look(screen, "starred").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_for("matter-page").await;
}

/// What is browsed, once it is what is wanted.
async fn shelf(screen: &Screen, wanted: impl Fn(&str) -> bool) -> String {
    screen
        .until("the shelf is open", || async {
            screen.now("search-results", "data-shelf").await.filter(|found| wanted(found))
        })
        .await
}

crate::both_doors!(
    a_matter_is_asked_about_and_then_begun from NoAccount,
    a_matter_is_found_without_a_word from NoAccount,
);
