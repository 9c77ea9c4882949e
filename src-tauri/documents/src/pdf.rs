//! The PDF itself. The only module that speaks to printpdf.
//!
//! Every glyph is written by its id, with the code points it stands for as its `ToUnicode` entry.
//! One embedded font can give a glyph only one meaning; where a second text needs the same glyph
//! (a compatibility ideograph drawn like the unified one, a letter form that two Mongolian letters
//! share), it goes into a second subset of the same font, so what is found in the file is always
//! what was meant.

use std::collections::{BTreeMap, HashMap};

use printpdf::{
    Codepoint, Color, FontId, Greyscale, Line, LineDashPattern, LinePoint, Op, PaintMode,
    PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, PdfWarnMsg, Point, Polygon,
    PolygonRing, Pt, Rect, TextItem, WindingOrder,
};

use crate::chain::{Fonts, Outline};
use crate::error::DocumentError;
use crate::layout::glyphs::FaceId;
use crate::layout::page::{Ink, Item, PAGE, Page, Set};
use crate::qr::Modules;

/// Writes the file.
///
/// # Errors
/// [`DocumentError::Writer`] if the writer reports a fault, for instance a font that it could not
/// subset: it would embed 10 MB instead.
pub(crate) fn write(
    title: &str,
    pages: &[Page],
    code: &Modules,
    mark: &[Outline],
    fonts: &Fonts,
) -> Result<Vec<u8>, DocumentError> {
    let mut document = PdfDocument::new(title);
    document.metadata.info.creator = "一窗".to_owned();
    document.metadata.info.producer = "一窗".to_owned();
    let mut subsets = Subsets::default();
    document.pages = pages.iter().map(|page| write_page(page, code, mark, &mut subsets)).collect();
    for (face, variants) in &subsets.of {
        for (variant, subset) in variants.iter().enumerate() {
            let font = PdfFont::new(fonts.cut(*face, &subset.glyphs)?);
            document.resources.fonts.map.insert(font_id(*face, variant), font);
        }
    }
    let mut warnings = Vec::new();
    let bytes = document.save(&PdfSaveOptions::default(), &mut warnings);
    match warnings.into_iter().find(is_fault) {
        Some(fault) => Err(DocumentError::Writer { detail: fault.msg }),
        None => Ok(bytes),
    }
}

fn is_fault(warning: &PdfWarnMsg) -> bool {
    warning.severity == printpdf::PdfParseErrorSeverity::Error
}

/// A font that will be cut out of a face.
#[derive(Default)]
struct Subset {
    /// The glyphs of the face, in the order of their ids here, which begin at 1.
    glyphs: Vec<u16>,
    /// The id here, and what it means, by the glyph of the face.
    meanings: HashMap<u16, (u16, String)>,
}

/// The subsets of every face.
#[derive(Default)]
struct Subsets {
    of: BTreeMap<FaceId, Vec<Subset>>,
}

impl Subsets {
    /// The subset in which a glyph means `text`, and its id there.
    fn place(&mut self, face: FaceId, glyph: u16, text: &str) -> (usize, u16) {
        let variants = self.of.entry(face).or_default();
        for (variant, subset) in variants.iter().enumerate() {
            match subset.meanings.get(&glyph) {
                Some((id, meaning)) if meaning == text => return (variant, *id),
                Some(_) => {}
                None => break,
            }
        }
        let free = |subset: &Subset| !subset.meanings.contains_key(&glyph);
        let variant = variants.iter().position(free).unwrap_or(variants.len());
        if variant == variants.len() {
            variants.push(Subset::default());
        }
        let subset = &mut variants[variant];
        subset.glyphs.push(glyph);
        // A face has at most 65,535 glyphs, so no subset has more.
        let id = u16::try_from(subset.glyphs.len()).unwrap_or(0);
        subset.meanings.insert(glyph, (id, text.to_owned()));
        (variant, id)
    }
}

/// Six capital letters: the tag of a subset (ISO 32000-1, 9.6.4).
fn font_id(face: FaceId, variant: usize) -> FontId {
    let name = match face {
        FaceId::Regular => 'R',
        FaceId::Bold => 'B',
        FaceId::Mongolian => 'M',
    };
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    FontId(format!("YC{name}{}{}{}", letter(variant / 676), letter(variant / 26), letter(variant)))
}

/// Hundredths of a point: finer than any printer, and short in the file.
fn short(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(short(x)), y: Pt(short(PAGE.1 - y)) }
}

fn corner(x: f32, y: f32) -> LinePoint {
    LinePoint { p: point(x, y), bezier: false }
}

fn shade(ink: Ink) -> Color {
    let percent = match ink {
        Ink::Black => 0.0,
        Ink::Grey => 0.4,
        Ink::Tint => 0.94,
        Ink::Pale => 0.93,
    };
    Color::Greyscale(Greyscale { percent, icc_profile: None })
}

fn write_page(page: &Page, code: &Modules, mark: &[Outline], subsets: &mut Subsets) -> PdfPage {
    let mut ops = watermark(mark);
    // Fills lie under the rules, and rules under the text.
    for item in page {
        if let Item::Fill { x, y, width, height, ink } = item {
            ops.push(Op::SetFillColor { col: shade(*ink) });
            ops.push(rectangle((*x, *y), (*width, *height), PaintMode::Fill));
        }
    }
    ops.push(Op::SetFillColor { col: shade(Ink::Black) });
    for item in page {
        match item {
            Item::Rule { from, to, weight } => {
                ops.push(Op::SetOutlineThickness { pt: Pt(*weight) });
                let points = vec![corner(from.0, from.1), corner(to.0, to.1)];
                ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
            Item::Frame { x, y, width, height, weight, dashed } => {
                ops.push(Op::SetOutlineThickness { pt: Pt(*weight) });
                if *dashed {
                    let dash = LineDashPattern::new(0.0, &[4.0, 3.0]);
                    ops.push(Op::SetLineDashPattern { dash });
                }
                ops.push(rectangle((*x, *y), (*width, *height), PaintMode::Stroke));
                if *dashed {
                    ops.push(Op::SetLineDashPattern { dash: LineDashPattern::solid() });
                }
            }
            Item::Code { x, y, side } => ops.push(modules(code, *x, *y, *side)),
            Item::Fill { .. } | Item::Run { .. } => {}
        }
    }
    let mut ink_now = Ink::Black;
    for item in page {
        if let Item::Run { x, y, size, ink, glyphs } = item {
            if *ink != ink_now {
                ops.push(Op::SetFillColor { col: shade(*ink) });
                ink_now = *ink;
            }
            run(*x, *y, *size, glyphs, subsets, &mut ops);
        }
    }
    PdfPage::new(Pt(PAGE.0).into(), Pt(PAGE.1).into(), ops)
}

fn rectangle(at: (f32, f32), extent: (f32, f32), mode: PaintMode) -> Op {
    Op::DrawRectangle {
        rectangle: Rect {
            x: Pt(short(at.0)),
            y: Pt(short(PAGE.1 - at.1 - extent.1)),
            width: Pt(short(extent.0)),
            height: Pt(short(extent.1)),
            mode: Some(mode),
            winding_order: None,
        },
    }
}

/// The dark modules as one path, so that no seam shows between them.
fn modules(code: &Modules, x: f32, y: f32, side: f32) -> Op {
    let module = side / f32::from(code.side);
    let ring = |&(column, row, length): &(u16, u16, u16)| {
        let (left, top) = (x + f32::from(column) * module, y + f32::from(row) * module);
        let (right, bottom) = (left + f32::from(length) * module, top + module);
        PolygonRing {
            points: vec![
                corner(left, top),
                corner(right, top),
                corner(right, bottom),
                corner(left, bottom),
            ],
        }
    };
    Op::DrawPolygon {
        polygon: Polygon {
            rings: code.runs.iter().map(ring).collect(),
            mode: PaintMode::Fill,
            winding_order: WindingOrder::NonZero,
        },
    }
}

/// The characters of the mark across the page, as outlines: seen, and met by no text search.
fn watermark(mark: &[Outline]) -> Vec<Op> {
    const SIZE: f32 = 190.0;
    if mark.is_empty() {
        return Vec::new();
    }
    let (sin, cos) = 45f32.to_radians().sin_cos();
    let mut pen = -SIZE;
    let mut rings = Vec::new();
    for outline in mark {
        for ring in outline {
            let points = ring.iter().map(|&(x, y, bezier)| {
                let (x, y) = (pen + x * SIZE, (y - 0.38) * SIZE);
                let p = Point {
                    x: Pt(short(PAGE.0 / 2.0 + x * cos - y * sin)),
                    y: Pt(short(PAGE.1 / 2.0 + x * sin + y * cos)),
                };
                LinePoint { p, bezier }
            });
            rings.push(PolygonRing { points: points.collect() });
        }
        pen += SIZE;
    }
    let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
    vec![Op::SetFillColor { col: shade(Ink::Pale) }, Op::DrawPolygon { polygon }]
}

/// One line of text: a show operation for every stretch of one subset on one baseline.
fn run(x: f32, y: f32, size: f32, glyphs: &[Set], subsets: &mut Subsets, ops: &mut Vec<Op>) {
    let placed: Vec<(usize, u16)> = glyphs
        .iter()
        .map(|set| subsets.place(set.glyph.face, set.glyph.id, &set.glyph.text))
        .collect();
    let mut i = 0;
    while i < glyphs.len() {
        let (face, rise, variant) = (glyphs[i].glyph.face, glyphs[i].rise, placed[i].0);
        let start = i;
        let mut shown: Vec<Codepoint> = Vec::new();
        let mut pen = glyphs[i].x;
        while let Some(set) = glyphs.get(i) {
            let glyph = &set.glyph;
            let same_line = set.rise.to_bits() == rise.to_bits();
            if glyph.face != face || placed[i].0 != variant || !same_line {
                break;
            }
            if let Some(before) = shown.last_mut() {
                // In thousandths of an em, positive to the left. What rounding leaves over goes
                // into the next one.
                before.offset = ((pen - set.x) / size * 1000.0).round();
                pen -= before.offset * size / 1000.0;
            }
            shown.push(Codepoint::with_cid(placed[i].1, 0.0, glyph.text.clone()));
            pen += glyph.natural * size;
            i += 1;
        }
        // A section of its own, placed by `Td`: after a text matrix the writer would try to join
        // runs, and decode the outline of every glyph for its width.
        ops.push(Op::StartTextSection);
        ops.push(Op::SetFont {
            font: PdfFontHandle::External(font_id(face, variant)),
            size: Pt(size),
        });
        ops.push(Op::SetTextCursor { pos: point(x + glyphs[start].x, y - rise) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(shown)] });
        ops.push(Op::EndTextSection);
    }
}
