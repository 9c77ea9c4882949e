//! 屏幕签名: a result is signed for with the pointer, on the clerk's screen or on the applicant's, and the
//! papers have what was drawn.

use lopdf::Document;
use lopdf::content::Content;
use yichuang_tests::sight::{Dress, dress, out_of_reach};
use yichuang_tests::stage::Stage;
use yichuang_tests::window::{Screen, Stylus};

use crate::cases::{drawn, open};
use crate::counter::to_a_decided_case;
use crate::steps::look;

/// A name of two characters or so, in shares of the box.
fn name() -> Vec<Vec<(f64, f64)>> {
    vec![
        vec![(0.18, 0.25), (0.36, 0.22)],
        vec![(0.27, 0.15), (0.26, 0.85)],
        vec![(0.15, 0.55), (0.40, 0.5)],
        vec![(0.58, 0.2), (0.55, 0.7), (0.63, 0.85), (0.78, 0.7), (0.8, 0.25)],
    ]
}

/// The corners of every line with round ends: nothing else on a paper has them.
fn strokes_of(pdf: &[u8]) -> Vec<(f64, f64)> {
    let document = Document::load_mem(pdf).expect("a PDF");
    let mut corners = Vec::new();
    for page in document.get_pages().into_values() {
        let content = Content::decode(&document.get_page_content(page)).expect("its content");
        let mut round = vec![false];
        for operation in content.operations {
            let number = |i: usize| f64::from(operation.operands[i].as_float().expect("a number"));
            let now = round.last().copied().unwrap_or_default();
            match operation.operator.as_str() {
                "q" => round.push(now),
                "Q" => drop(round.pop()),
                "J" => *round.last_mut().expect("a state") = number(0) == 1.0,
                "m" | "l" if now => corners.push((number(0), number(1))),
                _ => {}
            }
        }
    }
    corners
}

/// That every corner which was drawn is on the paper, in the same shape.
fn has_been_drawn(pdf: &[u8]) {
    let corners = strokes_of(pdf);
    assert!(!corners.is_empty(), "there is no signature on the paper");
    // The box is three times as wide as high; on paper y counts upwards.
    let told: Vec<(f64, f64)> = name().into_iter().flatten().map(|(x, y)| (x * 3.0, -y)).collect();
    let low = |of: &[(f64, f64)]| {
        of.iter().fold((f64::MAX, f64::MAX), |low, at| (low.0.min(at.0), low.1.min(at.1)))
    };
    let high = |of: &[(f64, f64)]| {
        of.iter().fold((f64::MIN, f64::MIN), |high, at| (high.0.max(at.0), high.1.max(at.1)))
    };
    let (from, to) = (low(&corners), high(&corners));
    let (told_from, told_to) = (low(&told), high(&told));
    let scale = (to.0 - from.0) / (told_to.0 - told_from.0);
    for at in &told {
        let wanted = (from.0 + (at.0 - told_from.0) * scale, from.1 + (at.1 - told_from.1) * scale);
        let away = corners.iter().map(|c| (c.0 - wanted.0).hypot(c.1 - wanted.1));
        let away = away.fold(f64::MAX, f64::min) / (to.0 - from.0);
        assert!(away < 0.02, "{at:?} was drawn and is {away} of its width off");
    }
}

async fn strokes_in_box(screen: &Screen) -> Option<String> {
    screen.now("signing-pad", "data-strokes").await
}

/// Both screens, both ways out, and the papers.
async fn a_result_is_signed_for_on_a_screen(stage: &Stage) {
    let screen = &stage.screen;
    let number = to_a_decided_case(stage).await;
    open(screen, &number).await;
    screen.click("case-hand-over").await;
    screen.wait_for("hand-over-known").await;
    screen.click("hand-over-role-other").await;
    screen.fill("receiver-name", "额尔敦巴图").await;
    screen.fill("receiver-id-number", "15078519080609008X").await;
    screen.fill("hand-over-authority", "授权委托书").await;
    screen.click("sign-screen").await;
    screen.wait_for("signing-where").await;
    look(screen, "signing-chosen").await;
    screen.click("signing-ask").await;
    screen.wait_for("hand-over-checked-fault").await;
    screen.click("hand-over-checked").await;

    // On the clerk's own screen: a dot is none, and leaving by Esc loses nothing.
    screen.click("signing-ask").await;
    screen.wait_text("signing-papers", |text| text.contains("送达回证")).await;
    look(screen, "signing-here").await;
    screen.draw("signing-pad", Stylus::Mouse, &[vec![(0.5, 0.5), (0.501, 0.501)]]).await;
    screen.click("signing-confirm").await;
    screen.wait_text("signing-fault", |text| text.contains("太小")).await;
    screen.click("signing-clear").await;
    screen.draw("signing-pad", Stylus::Mouse, &name()).await;
    assert_eq!(strokes_in_box(screen).await.as_deref(), Some("4"));
    look(screen, "signing-here-drawn").await;
    dress(screen, Dress::HighContrast).await;
    look(screen, "signing-here-contrast").await;
    dress(screen, Dress::TwiceAsLarge).await;
    screen.draw("signing-pad", Stylus::Mouse, &name()[..1]).await;
    assert_eq!(strokes_in_box(screen).await.as_deref(), Some("5"));
    look(screen, "signing-here-large").await;
    let lost = out_of_reach(screen).await;
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    dress(screen, Dress::Plain).await;
    screen.press("Escape").await;
    screen.wait_gone("dialog-signing").await;
    screen.wait_for("signing-left").await;
    assert_eq!(screen.value("receiver-name").await, "额尔敦巴图");
    assert_eq!(screen.value("hand-over-authority").await, "授权委托书");

    // On the applicant's, where it is open.
    screen.click("sign-paper").await;
    screen.click("sign-screen").await;
    screen.click("signing-open").await;
    screen.wait_for("signing-here").await;
    screen.click("signing-ask").await;
    screen.wait_for("signing-waiting").await;
    let desk = screen.to_other_window().await;
    screen.wait_text("signing-result", |text| text.contains("1份")).await;
    look(screen, "applicant-signing").await;
    screen.draw("signing-pad", Stylus::Pen, &name()).await;
    assert_eq!(strokes_in_box(screen).await.as_deref(), Some("4"));
    dress(screen, Dress::HighContrast).await;
    look(screen, "applicant-contrast").await;
    dress(screen, Dress::TwiceAsLarge).await;
    look(screen, "applicant-large").await;
    dress(screen, Dress::Plain).await;
    // With a finger, which elsewhere would scroll the page.
    screen.click("signing-clear").await;
    screen.draw("signing-pad", Stylus::Finger, &name()).await;
    assert_eq!(strokes_in_box(screen).await.as_deref(), Some("4"));
    look(screen, "applicant-signed").await;
    screen.click("signing-confirm").await;
    screen.wait_text("applicant-screen", |text| text.contains("签名已提交")).await;
    screen.to_window(desk).await;
    screen.wait_for("signature-view").await;
    look(screen, "signing-seen").await;
    screen.click("hand-over-submit").await;
    screen.wait_for("paper-delivery-receipt").await;
    screen.click("paper-delivery-receipt").await;
    drawn(screen).await;
    look(screen, "signed-receipt").await;
    screen.click("papers-save").await;
    let paper = screen
        .until("the paper is saved", || async { stage.saved("delivery-receipt.pdf").pop() })
        .await;
    has_been_drawn(&paper);

    screen.click("papers-to-case").await;
    screen.wait_for("case-signed").await;
    screen.wait_text("case-timeline", |text| text.contains("屏幕手写签名")).await;
}

crate::both_doors!(a_result_is_signed_for_on_a_screen from Enrolled);
