//! The PDF itself. The only module that speaks to printpdf.
//!
//! Every glyph is written by its id, with the code points it stands for as its `ToUnicode` entry.
//! One embedded font can give a glyph only one meaning; where a second text needs the same glyph
//! (a compatibility ideograph drawn like the unified one, a letter form that two Mongolian letters
//! share), it goes into a second subset of the same font, so what is found in the file is always
//! what was meant.

mod logo;
mod written;

use std::collections::{BTreeMap, HashMap};

use printpdf::{
    Codepoint, Color, CurTransMat, FontId, Greyscale, Line, LineDashPattern, LineJoinStyle,
    LinePoint, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, PdfWarnMsg, Point, Polygon, PolygonRing, Pt, Rect, TextItem, TextRenderingMode,
    WindingOrder,
};

use crate::chain::Outline;
use crate::error::DocumentError;
use crate::fonts::Fonts;
use crate::layout::Copy;
use crate::layout::glyphs::FaceId;
use crate::layout::page::{Ink, Item, Page, Set};
use crate::logo::Logo;
use crate::paper::Paper;
use crate::qr::Modules;
use crate::{about, meaning};

/// The line around a bold glyph, in ems: half of it falls outside. A second font would cost every
/// file the outlines of its characters again (`docs/decisions/0021-outline-grid-and-bold.md`).
pub(crate) const BOLD_LINE: f32 = 0.032;

/// Writes the file.
///
/// # Errors
/// [`DocumentError::Writer`] if the writer reports a fault; what is wrong with a font.
pub(crate) fn write(
    paper: &Paper,
    copies: &[Copy],
    code: &Modules,
    mark: &[Outline],
    fonts: &Fonts,
) -> Result<Vec<u8>, DocumentError> {
    let mut document = PdfDocument::new("");
    let mut subsets = Subsets::default();
    let mut embedded = HashMap::new();
    let pages = copies.iter().flatten();
    document.pages = pages.map(|page| write_page(page, code, mark, &mut subsets)).collect();
    for (face, variants) in &subsets.of {
        for (variant, subset) in variants.iter().enumerate() {
            let id = font_id(*face, variant);
            let Some(file) = fonts.open(*face)? else { continue };
            let cut = file.cut(&id.0, &subset.glyphs)?;
            let font = ParsedFont::from_bytes(&cut.frame, 0, &mut Vec::new());
            let font = PdfFont::new(font.ok_or_else(|| file.broken())?);
            embedded.insert(id.0.clone(), (cut.program, subset.meanings()));
            document.resources.fonts.map.insert(id, font);
        }
    }
    if let Some(picture) = paper.logo.as_ref().and_then(Logo::picture) {
        document.resources.xobjects.map.insert(logo::id(), logo::object(picture));
    }
    let mut warnings = Vec::new();
    // The fonts are cut already; the writer would parse and cut them once more.
    let options = PdfSaveOptions { subset_fonts: false, ..PdfSaveOptions::default() };
    let mut written = document.to_lopdf_document(&options, &mut warnings);
    if let Some(fault) = warnings.into_iter().find(is_fault) {
        return Err(DocumentError::Writer { detail: fault.msg });
    }
    embed(&mut written, embedded);
    about::finish(written, paper, copies)
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

impl Subset {
    fn meanings(&self) -> Vec<u8> {
        let meaning = |glyph: &u16| self.meanings.get(glyph).map_or("", |known| known.1.as_str());
        meaning::table(&self.glyphs.iter().map(meaning).collect::<Vec<_>>())
    }
}

/// Puts the outlines into the fonts, and shorter tables of meanings in place of the writer's: by
/// the tag of the subset, with which the name of a font begins.
fn embed(written: &mut lopdf::Document, mut fonts: HashMap<String, (Vec<u8>, Vec<u8>)>) {
    let mut streams = Vec::new();
    let tag = |name: &[u8]| std::str::from_utf8(name.get(..6)?).ok().map(str::to_owned);
    for object in written.objects.values().filter_map(|object| object.as_dict().ok()) {
        let stream = |key: &[u8]| object.get(key).and_then(lopdf::Object::as_reference).ok();
        let name = |key: &[u8]| object.get(key).and_then(lopdf::Object::as_name).ok().and_then(tag);
        let program = stream(b"FontFile3").zip(name(b"FontName"));
        let meanings = stream(b"ToUnicode").zip(name(b"BaseFont"));
        streams.extend(program.map(|(id, tag)| (id, tag, true)));
        streams.extend(meanings.map(|(id, tag)| (id, tag, false)));
    }
    for (id, tag, is_program) in streams {
        let Some((program, meanings)) = fonts.get_mut(&tag) else { continue };
        let content = std::mem::take(if is_program { program } else { meanings });
        if let Ok(stream) = written.get_object_mut(id).and_then(lopdf::Object::as_stream_mut) {
            stream.set_content(content);
        }
    }
}

/// Six capital letters: the tag of a subset (ISO 32000-1, 9.6.4).
fn font_id(face: FaceId, variant: usize) -> FontId {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    let font = usize::from(face.0);
    let name = [font / 26, font, variant / 676, variant / 26, variant].map(letter);
    FontId(std::iter::once('Y').chain(name).collect())
}

/// Hundredths of a point: finer than any printer, and short in the file.
fn short(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

/// A point of a page that is `height` high: the file counts from the bottom.
fn point(height: f32, x: f32, y: f32) -> Point {
    Point { x: Pt(short(x)), y: Pt(short(height - y)) }
}

fn corner(height: f32, x: f32, y: f32) -> LinePoint {
    LinePoint { p: point(height, x, y), bezier: false }
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
    let (width, height) = page.size;
    let mut ops = watermark(mark, page.size);
    // Fills lie under the rules, and rules under the text.
    for item in &page.items {
        if let Item::Fill { x, y, width, height: high, ink } = item {
            ops.push(Op::SetFillColor { col: shade(*ink) });
            ops.push(rectangle(height, (*x, *y), (*width, *high), PaintMode::Fill));
        }
    }
    ops.push(Op::SetFillColor { col: shade(Ink::Black) });
    for item in &page.items {
        match item {
            Item::Rule { from, to, weight, dashed } => {
                let points = vec![corner(height, from.0, from.1), corner(height, to.0, to.1)];
                let line = Op::DrawLine { line: Line { points, is_closed: false } };
                stroke(line, *weight, *dashed, &mut ops);
            }
            Item::Frame { x, y, width, height: high, weight, dashed } => {
                let line = rectangle(height, (*x, *y), (*width, *high), PaintMode::Stroke);
                stroke(line, *weight, *dashed, &mut ops);
            }
            Item::Code { x, y, side } => ops.extend(modules(height, code, *x, *y, *side)),
            Item::Logo { x, y, width, height: high } => {
                ops.extend(logo::draw(point(height, *x, y + high), (*width, *high)));
            }
            Item::Written { strokes } => written::draw(height, strokes, &mut ops),
            Item::Fill { .. } | Item::Run { .. } => {}
        }
    }
    // Sharp serifs would grow spikes.
    ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
    let mut ink_now = Ink::Black;
    let mut bold_now = false;
    for item in &page.items {
        if let Item::Run { x, y, size, ink, glyphs } = item {
            if *ink != ink_now {
                ops.push(Op::SetFillColor { col: shade(*ink) });
                ops.push(Op::SetOutlineColor { col: shade(*ink) });
                ink_now = *ink;
            }
            bold_now = run((*x, height - *y), *size, glyphs, subsets, bold_now, &mut ops);
        }
    }
    PdfPage::new(Pt(width).into(), Pt(height).into(), ops)
}

fn stroke(line: Op, weight: f32, dashed: bool, ops: &mut Vec<Op>) {
    ops.push(Op::SetOutlineThickness { pt: Pt(weight) });
    if dashed {
        ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &[4.0, 3.0]) });
    }
    ops.push(line);
    if dashed {
        ops.push(Op::SetLineDashPattern { dash: LineDashPattern::solid() });
    }
}

fn rectangle(height: f32, at: (f32, f32), extent: (f32, f32), mode: PaintMode) -> Op {
    Op::DrawRectangle {
        rectangle: Rect {
            x: Pt(short(at.0)),
            y: Pt(short(height - at.1 - extent.1)),
            width: Pt(short(extent.0)),
            height: Pt(short(extent.1)),
            mode: Some(mode),
            winding_order: None,
        },
    }
}

/// The dark modules as one path, so that no seam shows between them, in units of a module: whole
/// numbers are short in the file.
fn modules(height: f32, code: &Modules, x: f32, y: f32, side: f32) -> [Op; 4] {
    let module = side / f32::from(code.side);
    let ring = |&(column, row, length): &(u16, u16, u16)| {
        let (left, top) = (f32::from(column), -f32::from(row));
        let (right, bottom) = (left + f32::from(length), top - 1.0);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        let corner = |(x, y)| LinePoint { p: Point { x: Pt(x), y: Pt(y) }, bezier: false };
        PolygonRing { points: corners.map(corner).to_vec() }
    };
    let matrix = CurTransMat::Raw([module, 0.0, 0.0, module, x, height - y]);
    let polygon = Polygon {
        rings: code.runs.iter().map(ring).collect(),
        mode: PaintMode::Fill,
        winding_order: WindingOrder::NonZero,
    };
    [
        Op::SaveGraphicsState,
        Op::SetTransformationMatrix { matrix },
        Op::DrawPolygon { polygon },
        Op::RestoreGraphicsState,
    ]
}

/// A character of the mark, of the width of the page.
const WATERMARK: f32 = 0.319_18;

/// The characters of the mark across the page, as outlines: seen, and met by no text search.
fn watermark(mark: &[Outline], page: (f32, f32)) -> Vec<Op> {
    let size = page.0 * WATERMARK;
    if mark.is_empty() {
        return Vec::new();
    }
    let (sin, cos) = 45f32.to_radians().sin_cos();
    let mut pen = -size;
    let mut rings = Vec::new();
    for outline in mark {
        for ring in outline {
            let points = ring.iter().map(|&(x, y, bezier)| {
                let (x, y) = (pen + x * size, (y - 0.38) * size);
                let p = Point {
                    x: Pt(short(page.0 / 2.0 + x * cos - y * sin)),
                    y: Pt(short(page.1 / 2.0 + x * sin + y * cos)),
                };
                LinePoint { p, bezier }
            });
            rings.push(PolygonRing { points: points.collect() });
        }
        pen += size;
    }
    let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
    vec![Op::SetFillColor { col: shade(Ink::Pale) }, Op::DrawPolygon { polygon }]
}

/// One line of text from `at`, counted from the bottom: a show operation for every stretch of one subset, weight and baseline.
/// `bold` is the weight set by then; answers the weight that is left set.
fn run(
    at: (f32, f32),
    size: f32,
    glyphs: &[Set],
    subsets: &mut Subsets,
    mut bold: bool,
    ops: &mut Vec<Op>,
) -> bool {
    let placed: Vec<(usize, u16)> = glyphs
        .iter()
        .map(|set| subsets.place(set.glyph.face, set.glyph.id, &set.glyph.text))
        .collect();
    let alike = |i: usize| {
        let glyph = &glyphs[i].glyph;
        (glyph.face, placed[i].0, glyph.bold, glyphs[i].rise.to_bits())
    };
    let mut i = 0;
    while i < glyphs.len() {
        let start = i;
        let (face, variant, heavy, _) = alike(start);
        let mut shown: Vec<Codepoint> = Vec::new();
        let mut pen = glyphs[start].x;
        while i < glyphs.len() && alike(i) == alike(start) {
            let (set, glyph) = (&glyphs[i], &glyphs[i].glyph);
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
        if heavy {
            ops.push(Op::SetOutlineThickness { pt: Pt(short(size * BOLD_LINE)) });
        }
        if heavy != bold {
            let mode = if heavy { TextRenderingMode::FillStroke } else { TextRenderingMode::Fill };
            ops.push(Op::SetTextRenderingMode { mode });
            bold = heavy;
        }
        // A section of its own, placed by `Td`: after a text matrix the writer would try to join
        // runs, and decode the outline of every glyph for its width.
        ops.push(Op::StartTextSection);
        ops.push(Op::SetFont {
            font: PdfFontHandle::External(font_id(face, variant)),
            size: Pt(size),
        });
        let pos =
            Point { x: Pt(short(at.0 + glyphs[start].x)), y: Pt(short(at.1 + glyphs[start].rise)) };
        ops.push(Op::SetTextCursor { pos });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(shown)] });
        ops.push(Op::EndTextSection);
    }
    bold
}
