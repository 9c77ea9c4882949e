//! The end of a paper: desk, telephones, signatures; the issuer, the place of the seal, the date.

use super::block::{Align, BODY, MARGIN, Place, WIDTH, baseline, one_line, set};
use super::flow::Piece;
use super::glyphs::{Setter, Shaper};
use super::line::Measure;
use super::page::{Ink, Item, MM};
use crate::error::DocumentError;
use crate::paper::{Signature, Text};

/// The issuer's column at the right.
const ISSUER: f32 = 68.0 * MM;
/// A side of the dashed box for the seal; official seals are 40 to 42 mm across.
const SEAL: f32 = 40.0 * MM;
/// Text about the desk.
const DESK: f32 = 9.5;
const DESK_LEADING: f32 = 14.5;
/// The issuer and the date.
const LEADING: f32 = 16.5;

/// The block, unbroken.
pub(crate) fn signature(
    content: &Signature,
    setter: &Setter<'_, impl Shaper>,
) -> Result<Piece, DocumentError> {
    let mut items = Vec::new();
    let left = WIDTH - ISSUER - 6.0 * MM;
    let mut y = 0.0;
    for text in &content.desk {
        let measure = Measure { size: DESK, width: left, indent: 0.0, justify: false };
        let text = set(setter.shape(text, false)?, measure);
        for line in &text.lines {
            let at = y + baseline(DESK_LEADING, text.size);
            items.push(Item::run(line, MARGIN, at, text.size, Ink::Black));
            y += DESK_LEADING;
        }
    }
    for signer in &content.signers {
        y = signing_line(signer, y + 6.0, left, setter, &mut items)?;
    }

    let x = MARGIN + WIDTH - ISSUER;
    let measure = Measure { size: BODY, width: ISSUER, indent: 0.0, justify: false };
    let issuer = set(setter.shape(&content.issuer, true)?, measure);
    let mut right = 0.0;
    for line in &issuer.lines {
        let shift = (ISSUER - line.width).max(0.0) / 2.0;
        let at = right + baseline(LEADING, issuer.size);
        items.push(Item::run(line, x + shift, at, issuer.size, Ink::Black));
        right += LEADING;
    }
    right += 3.0;
    let seal_x = x + (ISSUER - SEAL) / 2.0;
    let seal =
        Item::Frame { x: seal_x, y: right, width: SEAL, height: SEAL, weight: 0.7, dashed: true };
    items.push(seal);
    let middle =
        |y: f32, ink: Ink| Place { x, y, width: ISSUER, size: BODY, ink, align: Align::Centre };
    let seal_y = right + SEAL / 2.0;
    items.extend(one_line(
        &Text::of(content.seal.as_str()),
        false,
        middle(seal_y, Ink::Grey),
        setter,
    )?);
    right += SEAL;
    // The seal goes over the date.
    items.extend(one_line(&content.date, false, middle(right - 12.0, Ink::Black), setter)?);
    Ok(Piece { height: y.max(right), above: 14.0, items, ..Piece::default() })
}

/// `申请人签字：________` and under it `日期：____年__月__日`; returns where it ends.
fn signing_line(
    signer: &str,
    top: f32,
    width: f32,
    setter: &Setter<'_, impl Shaper>,
    items: &mut Vec<Item>,
) -> Result<f32, DocumentError> {
    const STEP: f32 = 24.0;
    let mut y = top + baseline(STEP, BODY);
    let label = |text: String, x: f32, y: f32| {
        let place = Place { x, y, width, size: BODY, ink: Ink::Black, align: Align::Left };
        one_line(&Text::of(text), false, place, setter)
    };
    let label_width = |text: &str| BODY * ems(text.chars().count());
    let signer = format!("{signer}：");
    items.extend(label(signer.clone(), MARGIN, y)?);
    let from = MARGIN + label_width(&signer);
    let rule = |from: f32, to: f32, y: f32| Item::Rule {
        from: (from, y + 2.5),
        to: (to, y + 2.5),
        weight: 0.6,
    };
    items.push(rule(from, MARGIN + width, y));
    y += STEP;
    let mut x = MARGIN;
    for (word, blank) in [("日期：", 42.0), ("年", 26.0), ("月", 26.0), ("日", 0.0)] {
        items.extend(label(word.to_owned(), x, y)?);
        x += label_width(word);
        if blank > 0.0 {
            items.push(rule(x, x + blank, y));
            x += blank + 2.0;
        }
    }
    Ok(top + 2.0 * STEP)
}

#[expect(clippy::cast_precision_loss, reason = "a label has a few characters")]
fn ems(count: usize) -> f32 {
    count as f32
}
