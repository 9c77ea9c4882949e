//! What a file says of itself: title, language, outline, identifier.
//!
//! The writer sets dates of 1970 and a random identifier; both are taken out, so that the same
//! paper gives the same bytes. The identifier is made of the content instead.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat, dictionary};
use yichuang_domain::case::event::sha256_hex;

use crate::error::DocumentError;
use crate::layout::Copy;
use crate::layout::page::{Item, Page};
use crate::paper::{Block, Paper};

/// How hard it is tried to make the file small, of 9.
const PACKING: u32 = 6;

/// Adds what the file says of itself, packs it and gives its bytes.
pub(crate) fn finish(
    mut document: Document,
    paper: &Paper,
    copies: &[Copy],
) -> Result<Vec<u8>, DocumentError> {
    let fault = |error: lopdf::Error| DocumentError::Writer { detail: error.to_string() };
    "1.5".clone_into(&mut document.version);
    let info = document.add_object(info(paper));
    if let Some(Object::Reference(old)) = document.trailer.get(b"Info").ok().cloned() {
        document.objects.remove(&old);
    }
    document.trailer.set("Info", info);
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let outline = outline(&mut document, paper, copies, &pages);
    let catalog = document.catalog_mut().map_err(fault)?;
    catalog.set("Lang", Object::string_literal("zh-CN"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    pack(&mut document).map_err(|error| DocumentError::Writer { detail: error.to_string() })?;
    let id = identifier(&document);
    document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .compression_level(PACKING)
        .build();
    let mut bytes = Vec::new();
    match document.save_with_options(&mut bytes, options) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(DocumentError::Writer { detail: error.to_string() }),
    }
}

/// Packs what is not packed yet. At its best ([`Document::compress`]) it takes a fifth of the time
/// of a whole page more and saves 200 bytes of 38,000.
fn pack(document: &mut Document) -> std::io::Result<()> {
    for stream in document.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()) {
        if stream.dict.get(b"Filter").is_err() {
            let mut packer = ZlibEncoder::new(Vec::new(), Compression::new(PACKING));
            packer.write_all(&stream.content)?;
            stream.set_content(packer.finish()?);
            stream.dict.set("Filter", "FlateDecode");
        }
    }
    Ok(())
}

fn info(paper: &Paper) -> Dictionary {
    let title = format!("{} {}", paper.title.plain(), paper.number.plain());
    dictionary! {
        "Title" => text(&title),
        "Author" => text(&paper.issuer.plain()),
        "Subject" => text(paper.running.plain().trim()),
        "Creator" => text("一窗"),
        "Producer" => text("一窗"),
    }
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16 with its mark.
fn text(text: &str) -> Object {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// Of everything that is shown.
fn identifier(document: &Document) -> Object {
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let shown: Vec<u8> = streams.flat_map(|stream| stream.content.iter().copied()).collect();
    let digest = sha256_hex(&shown);
    let half = digest.get(..32).unwrap_or_default();
    Object::String(half.as_bytes().to_vec(), StringFormat::Literal)
}

/// An entry of the outline.
struct Entry {
    title: String,
    page: ObjectId,
    under: Vec<Entry>,
}

/// The outline: every part where there are several, and the headings of each.
fn outline(
    document: &mut Document,
    paper: &Paper,
    copies: &[Copy],
    pages: &[ObjectId],
) -> Option<ObjectId> {
    let mut rest = pages;
    let mut parts = Vec::with_capacity(copies.len());
    for (part, copy) in paper.parts.iter().zip(copies) {
        let (own, others) = rest.split_at_checked(copy.len())?;
        rest = others;
        let title = format!("{}（{}）", part.name, part.to);
        parts.push(Entry { title, page: *own.first()?, under: headings(paper, copy, own) });
    }
    let entries = match parts.len() {
        1 => parts.pop()?.under,
        _ => parts,
    };
    if entries.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ends = add(document, root, &entries);
    let mut dictionary = dictionary! { "Type" => "Outlines" };
    open(&mut dictionary, ends);
    document.set_object(root, dictionary);
    Some(root)
}

/// The first and last entry of a level, and how many it has.
type Ends = Option<(ObjectId, ObjectId, i64)>;

fn open(dictionary: &mut Dictionary, ends: Ends) {
    if let Some((first, last, count)) = ends {
        dictionary.set("First", first);
        dictionary.set("Last", last);
        dictionary.set("Count", count);
    }
}

fn add(document: &mut Document, parent: ObjectId, entries: &[Entry]) -> Ends {
    let ids: Vec<ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    let mut count = 0;
    for (i, entry) in entries.iter().enumerate() {
        let mut dictionary = dictionary! {
            "Title" => text(&entry.title),
            "Parent" => parent,
            "Dest" => vec![entry.page.into(), "Fit".into()],
        };
        if let Some(before) = i.checked_sub(1).and_then(|before| ids.get(before)) {
            dictionary.set("Prev", *before);
        }
        if let Some(next) = ids.get(i + 1) {
            dictionary.set("Next", *next);
        }
        let under = add(document, ids[i], &entry.under);
        count += 1 + under.map_or(0, |(.., count)| count);
        open(&mut dictionary, under);
        document.set_object(ids[i], dictionary);
    }
    Some((*ids.first()?, *ids.last()?, count))
}

/// The headings of a part, each with the page on which its first line stands.
fn headings(paper: &Paper, copy: &[Page], pages: &[ObjectId]) -> Vec<Entry> {
    let mut wanted = paper.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(heading.plain()),
        _ => None,
    });
    let mut next = wanted.next();
    let mut entries = Vec::new();
    for (page, id) in copy.iter().zip(pages) {
        for item in &page.items {
            let Some(heading) = &next else { return entries };
            let Item::Run { glyphs, .. } = item else { continue };
            if !glyphs.iter().all(|set| set.glyph.bold) {
                continue;
            }
            let line: String = glyphs.iter().map(|set| set.glyph.text.as_str()).collect();
            if line.chars().nth(1).is_some() && heading.starts_with(&line) {
                entries.push(Entry { title: heading.clone(), page: *id, under: Vec::new() });
                next = wanted.next();
            }
        }
    }
    entries
}
