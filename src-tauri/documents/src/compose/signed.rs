//! Putting a signature that was written on a screen on the line of whoever wrote it.

use yichuang_domain::document::DocumentKind;
use yichuang_domain::particulars::Particulars;
use yichuang_domain::signature::HandSignature;

use super::head::day;
use crate::paper::{Block, SignedLine, Text};

/// What the line of a receiver is called, in the program's own templates and in those of halls.
/// 送达人 is whoever delivers, and 收件人 the clerk who took the case in: neither is among these.
const RECEIVER: [&str; 3] = ["领取人", "受送达人", "代收人"];
/// The line that a paper gets which has none of them.
const LINE: &str = "领取人签字";

/// Signs a paper that the signature is for; every other stays as it was.
pub(super) fn sign(blocks: &mut [Block], kind: DocumentKind, particulars: &Particulars) {
    let Particulars::Handover { on, signature: Some(signature), .. } = particulars else { return };
    if !signature.papers.contains(&kind) {
        return;
    }
    let end = blocks.iter_mut().find_map(|block| match block {
        Block::Signature(end) => Some(end),
        _ => None,
    });
    let Some(end) = end else { return };
    let receiver = |line: &String| RECEIVER.iter().any(|word| line.contains(word));
    let line = end.signers.iter().position(receiver).unwrap_or_else(|| {
        // On a line of somebody else it would be theirs.
        end.signers.insert(0, LINE.to_owned());
        0
    });
    let strokes = signature.strokes.clone();
    end.signed =
        Some(SignedLine { line, strokes, on: day("签字日期", *on), note: note(signature) });
}

/// That it is a signature by hand on a screen, whose, and when: what a reader of the paper must
/// not have to guess.
fn note(signature: &HandSignature) -> Text {
    let at = signature.moment();
    let moment = format!(
        "{}年{}月{}日{:02}时{:02}分{:02}秒",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    );
    Text::of("（")
        .hold("签名人", &signature.signer)
        .say("屏幕手写签名，签署于")
        .hold("签署时间", moment)
        .say("）")
}

/// The hour and minute of a service, where the signature says them for the day of the paper.
pub(super) fn hour(signature: &HandSignature, on: jiff::civil::Date) -> Text {
    let at = signature.moment();
    if at.date() == on {
        Text::kept("送达时刻", format!("{}时{:02}分", at.hour(), at.minute()))
    } else {
        Text::default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use yichuang_domain::applicant::Party;
    use yichuang_domain::handover::{HandoverFacts, ReceiverRole};
    use yichuang_domain::identity::IdType;
    use yichuang_domain::matter::Delivery;
    use yichuang_domain::signature::{PenPoint, SigningScreen, Strokes};

    use super::*;
    use crate::paper::Signature;

    fn signed() -> Particulars {
        let point = |x, t| PenPoint { x, y: 300, t, p: 128 };
        Particulars::Handover {
            on: date(2026, 11, 24),
            facts: HandoverFacts {
                delivery: Delivery::Window,
                role: ReceiverRole::Applicant,
                receiver: Party {
                    name: "张三".to_owned(),
                    id_type: IdType::Passport,
                    id_number: "E12345679".to_owned(),
                    phone: None,
                    address: None,
                },
                authority: String::new(),
                copies: 1,
                postal_number: String::new(),
            },
            signature: Some(HandSignature {
                signer: "张三".to_owned(),
                papers: vec![DocumentKind::DeliveryReceipt],
                // Not yet the 24th where the clock of the world stands, and already at the window.
                at: "2026-11-23T16:05:00Z".parse().unwrap(),
                screen: SigningScreen::Clerk,
                strokes: Strokes::written(&[vec![point(100, 0), point(900, 9)]]).unwrap(),
            }),
        }
    }

    fn end(signers: &[&str]) -> Signature {
        let signers = signers.iter().map(|&signer| signer.to_owned()).collect();
        let mut blocks = vec![
            Block::Ruled(1),
            Block::Signature(Signature {
                desk: Vec::new(),
                signers,
                issuer: Text::default(),
                seal: String::new(),
                date: Text::default(),
                signed: None,
            }),
        ];
        sign(&mut blocks, DocumentKind::DeliveryReceipt, &signed());
        match blocks.pop() {
            Some(Block::Signature(end)) => end,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn however_a_hall_orders_or_words_its_lines_nobody_signs_for_another() {
        let on = |signers: &[&str]| {
            let end = end(signers);
            end.signers[end.signed.unwrap().line].clone()
        };
        assert_eq!(on(&["送达人（两人）签字", "受送达人签字"]), "受送达人签字");
        assert_eq!(on(&["送达人签字", "见证人签字", "代收人签字"]), "代收人签字");
        assert_eq!(on(&["窗口收件人签字", "领取人签字"]), "领取人签字", "收件人 is the clerk");
        assert_eq!(on(&["收件人签字"]), LINE);
        assert_eq!(on(&["送达人（两人）签字"]), LINE, "it gets a line of its own");
        assert_eq!(on(&[]), LINE);
        assert_eq!(end(&["送达人签字"]).signers, [LINE, "送达人签字"]);
    }

    #[test]
    fn the_hour_is_that_of_the_window_and_only_of_the_day_on_the_paper() {
        let Particulars::Handover { signature: Some(signature), on, .. } = signed() else {
            panic!("signed");
        };
        assert_eq!(hour(&signature, on).plain(), "0时05分");
        assert!(hour(&signature, date(2026, 11, 23)).is_empty());
        assert_eq!(
            note(&signature).plain(),
            "（张三屏幕手写签名，签署于2026年11月24日00时05分00秒）"
        );
    }
}
