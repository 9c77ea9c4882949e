//! The end of a paper: desk, telephones, signatures; the issuer, the place of the seal, the date.
//! Beside each other, on a roll one under the other.

use super::block::{Align, Place, baseline, one_line, set, width_of};
use super::flow::Piece;
use super::geometry::MM;
use super::glyphs::{Setter, Shaper};
use super::line::Measure;
use super::page::{Ink, Item};
use super::written::{ROOM, written};
use crate::error::DocumentError;
use crate::paper::{Signature, SignedLine, Text};

/// A side of the dashed box for the seal; official seals are 40 to 42 mm across, on every sheet.
const SEAL: f32 = 40.0 * MM;

/// The block, unbroken.
pub(crate) fn signature(
    content: &Signature,
    setter: &Setter<'_, impl Shaper>,
) -> Result<Piece, DocumentError> {
    let sheet = setter.sheet;
    let issuer = sheet.end.issuer;
    let x = sheet.margin + sheet.width() - issuer;
    let (mut items, height) = if sheet.roll {
        let (mut items, y) = desk(content, sheet.width(), setter)?;
        let (under, end) = issued(content, (x, issuer), setter)?;
        let y = y + 6.0;
        items.extend(under.into_iter().map(|item| item.lowered(y)));
        (items, y + end)
    } else {
        let (mut items, left) = desk(content, sheet.width() - issuer - 6.0 * MM, setter)?;
        let (beside, right) = issued(content, (x, issuer), setter)?;
        items.extend(beside);
        (items, left.max(right))
    };
    items.shrink_to_fit();
    Ok(Piece { height, above: 14.0, items, ..Piece::default() })
}

/// The desk and the lines to sign on, in `width` from the left margin; and how high they are.
fn desk(
    content: &Signature,
    width: f32,
    setter: &Setter<'_, impl Shaper>,
) -> Result<(Vec<Item>, f32), DocumentError> {
    let sheet = setter.sheet;
    let (size, leading) = sheet.end.desk;
    let mut items = Vec::new();
    let mut y = 0.0;
    for text in &content.desk {
        let measure = Measure { size, width, indent: 0.0, justify: false };
        let text = set(setter.shape(text, false)?, measure);
        for line in &text.lines {
            let at = y + baseline(leading, text.size);
            items.push(Item::run(line, sheet.margin, at, text.size, Ink::Black));
            y += leading;
        }
    }
    for (at, signer) in content.signers.iter().enumerate() {
        let signed = content.signed.as_ref().filter(|signed| signed.line == at);
        y = signing_line((signer, signed), y + 6.0, width, setter, &mut items)?;
    }
    Ok((items, y))
}

/// The issuer, the seal's place and the date, centred in `width` from `x`; and how high they are.
fn issued(
    content: &Signature,
    (x, width): (f32, f32),
    setter: &Setter<'_, impl Shaper>,
) -> Result<(Vec<Item>, f32), DocumentError> {
    let (size, leading) = (setter.sheet.body, setter.sheet.end.leading);
    let mut items = Vec::new();
    let measure = Measure { size, width, indent: 0.0, justify: false };
    let issuer = set(setter.shape(&content.issuer, true)?, measure);
    let mut y = 0.0;
    for line in &issuer.lines {
        let shift = (width - line.width).max(0.0) / 2.0;
        let at = y + baseline(leading, issuer.size);
        items.push(Item::run(line, x + shift, at, issuer.size, Ink::Black));
        y += leading;
    }
    let middle = |y: f32, ink: Ink| Place { x, y, width, size, ink, align: Align::Centre };
    if content.seal.is_empty() {
        y += leading;
        let at = y - leading + baseline(leading, size);
        items.extend(one_line(&content.date, false, middle(at, Ink::Black), setter)?);
        return Ok((items, y));
    }
    y += 3.0;
    items.push(Item::Frame {
        x: x + (width - SEAL) / 2.0,
        y,
        width: SEAL,
        height: SEAL,
        weight: 0.7,
        dashed: true,
    });
    let seal = Text::of(content.seal.as_str());
    items.extend(one_line(&seal, false, middle(y + SEAL / 2.0, Ink::Grey), setter)?);
    y += SEAL;
    // The seal goes over the date.
    items.extend(one_line(&content.date, false, middle(y - 12.0, Ink::Black), setter)?);
    Ok((items, y))
}

/// Between a label and what was written behind it.
const PAD: f32 = 2.0 * MM;

/// The day of a signature, with its baseline at `y`, and how it was made; returns where that ends.
fn day_and_note(
    signed: &SignedLine,
    y: f32,
    width: f32,
    setter: &Setter<'_, impl Shaper>,
    items: &mut Vec<Item>,
) -> Result<f32, DocumentError> {
    let (size, step, left) = (setter.sheet.body, setter.sheet.end.step, setter.sheet.margin);
    let place = Place { x: left, y, width, size, ink: Ink::Black, align: Align::Left };
    items.extend(one_line(&Text::of("日期：").then(signed.on.clone()), false, place, setter)?);
    let (size, leading) = setter.sheet.end.desk;
    let measure = Measure { size, width, indent: 0.0, justify: false };
    let note = set(setter.shape(&signed.note, false)?, measure);
    let mut y = y + step - baseline(step, setter.sheet.body);
    for line in &note.lines {
        items.push(Item::run(line, left, y + baseline(leading, note.size), note.size, Ink::Black));
        y += leading;
    }
    Ok(y)
}

/// `申请人签字：________` and under it `日期：____年__月__日`; returns where it ends. Whose label
/// leaves too little to sign on gets a line of its own below. What was signed on a screen stands on
/// the line, with its day and how it was made.
fn signing_line(
    (signer, signed): (&str, Option<&SignedLine>),
    top: f32,
    width: f32,
    setter: &Setter<'_, impl Shaper>,
    items: &mut Vec<Item>,
) -> Result<f32, DocumentError> {
    const ENOUGH: f32 = 20.0 * MM;
    let (size, step, left) = (setter.sheet.body, setter.sheet.end.step, setter.sheet.margin);
    let room = if signed.is_some() { ROOM - step / 2.0 } else { 0.0 };
    let named = format!("{signer}：");
    let below = width - width_of(&Text::of(named.as_str()), size, setter)?.min(width) < ENOUGH;
    let mut y = top + if below { 0.0 } else { room } + baseline(step, size);
    let mut label = |text: &str, x: f32, y: f32| {
        let text = Text::of(text);
        let place = Place { x, y, width, size, ink: Ink::Black, align: Align::Left };
        items.extend(one_line(&text, false, place, setter)?);
        Ok::<_, DocumentError>(x + width_of(&text, size, setter)?.min(width))
    };
    let mut rules = Vec::new();
    let mut rule = |from: f32, to: f32, y: f32| {
        rules.push(Item::Rule {
            from: (from, y + 2.5),
            to: (to, y + 2.5),
            weight: 0.6,
            dashed: false,
        });
    };
    let mut from = label(&named, left, y)?;
    if below {
        y += step + room;
        from = left;
    }
    rule(from, left + width, y);
    if let Some(signed) = signed {
        items.push(written(&signed.strokes, from + PAD, y + 1.5, left + width - from - PAD));
        items.extend(rules);
        return day_and_note(signed, y + step, width, setter, items);
    }
    y += step;
    let mut x = left;
    for (word, blank) in [("日期：", 4.0), ("年", 26.0 / 10.5), ("月", 26.0 / 10.5), ("日", 0.0)]
    {
        x = label(word, x, y)?;
        if blank > 0.0 {
            rule(x, x + blank * size, y);
            x += blank * size + 2.0;
        }
    }
    items.extend(rules);
    Ok(y + step - baseline(step, size))
}
