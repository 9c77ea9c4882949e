//! One font file, read as it is needed.
//!
//! Of a file of 10 to 51 MB the tables that say which character has which glyph and how wide it
//! is are held (below 1 MB), and the outlines that were once used. The others stay on the disk.
//! Only fonts with TrueType outlines (`glyf`) can be used: nothing else can be cut for a paper.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustybuzz::ttf_parser::{Face, GlyphId, RawFaceTables};

use crate::cff::{self, Lines};
use crate::charstring::{self, GRID};
use crate::error::DocumentError;
use crate::outline::{self, Rings, units};
use crate::sfnt;

/// No table but the outlines is larger in any font seen; a larger one is a broken file.
const LARGEST_TABLE: u32 = 16 << 20;

type Tables = HashMap<[u8; 4], Vec<u8>>;

/// A font file that was opened.
#[derive(Debug)]
pub(crate) struct FontFile {
    path: PathBuf,
    file: Mutex<File>,
    /// The tables that are held, by name.
    tables: Tables,
    /// Where the outlines stand in the file.
    outlines: u64,
    /// The glyphs that were used, as papers carry them.
    drawn: Mutex<HashMap<u16, Arc<Vec<u8>>>>,
    whole: OnceLock<Vec<u8>>,
}

const HELD: [[u8; 4]; 6] = [*b"cmap", *b"head", *b"hhea", *b"hmtx", *b"loca", *b"maxp"];

/// Looks only at the first bytes of a file: whether it is there and of the right kind.
///
/// # Errors
/// [`DocumentError::FontMissing`], [`DocumentError::FontBroken`], and
/// [`DocumentError::FontUnsuited`] for a font without TrueType outlines and for a collection.
pub(crate) fn look(path: &Path) -> Result<(), DocumentError> {
    let mut kind = [0; 4];
    let missing = |source| DocumentError::FontMissing { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(missing)?;
    if let Err(error) = file.read_exact(&mut kind) {
        return Err(match error.kind() {
            std::io::ErrorKind::UnexpectedEof => broken(path),
            _ => missing(error),
        });
    }
    match &kind {
        [0, 1, 0, 0] | b"true" => Ok(()),
        b"OTTO" | b"ttcf" | b"wOFF" | b"wOF2" => {
            Err(DocumentError::FontUnsuited { path: path.to_owned() })
        }
        _ => Err(broken(path)),
    }
}

fn broken(path: &Path) -> DocumentError {
    DocumentError::FontBroken { path: path.to_owned() }
}

impl FontFile {
    /// Reads the tables of a font.
    ///
    /// # Errors
    /// Those of [`look`].
    pub(crate) fn open(path: &Path) -> Result<Self, DocumentError> {
        look(path)?;
        let missing = |source| DocumentError::FontMissing { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(missing)?;
        let (tables, outlines) = read_tables(&mut file).ok_or_else(|| broken(path))?;
        let font = Self {
            path: path.to_owned(),
            file: Mutex::new(file),
            tables,
            outlines,
            drawn: Mutex::default(),
            whole: OnceLock::new(),
        };
        // What papers ask of a font can be asked of this one: its characters, and a glyph.
        let face = font.face()?;
        if face.tables().cmap.is_none() || font.rings(0).is_none() {
            return Err(font.broken());
        }
        Ok(font)
    }

    /// Its name without folder and ending, of what the name of a font in a PDF may have.
    fn name(&self) -> String {
        let stem = self.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect()
    }

    fn table(&self, tag: &[u8; 4]) -> &[u8] {
        self.tables.get(tag).map_or(&[], Vec::as_slice)
    }

    /// Its characters and widths; not its outlines.
    ///
    /// # Errors
    /// [`DocumentError::FontBroken`].
    pub(crate) fn face(&self) -> Result<Face<'_>, DocumentError> {
        let tables = RawFaceTables {
            head: self.table(b"head"),
            hhea: self.table(b"hhea"),
            maxp: self.table(b"maxp"),
            cmap: Some(self.table(b"cmap")),
            hmtx: Some(self.table(b"hmtx")),
            ..RawFaceTables::default()
        };
        Face::from_raw_tables(tables).map_err(|_| self.broken())
    }

    /// All of it, for the rules of joined writing. Only small fonts are asked for this.
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`].
    pub(crate) fn whole(&self) -> Result<&[u8], DocumentError> {
        if let Some(bytes) = self.whole.get() {
            return Ok(bytes);
        }
        let missing = |source| DocumentError::FontMissing { path: self.path.clone(), source };
        let bytes = std::fs::read(&self.path).map_err(missing)?;
        Ok(self.whole.get_or_init(|| bytes))
    }

    /// That it is no usable font.
    pub(crate) fn broken(&self) -> DocumentError {
        broken(&self.path)
    }

    /// The outline of a glyph, in units of the font. None if the file is torn.
    pub(crate) fn rings(&self, id: u16) -> Option<Rings> {
        outline::rings(&mut |id| self.bytes_of(id), id)
    }

    fn bytes_of(&self, id: u16) -> Option<Vec<u8>> {
        let loca = self.table(b"loca");
        let long = number(self.table(b"head"), 50, 2)? == 1;
        let place = |i: usize| match long {
            true => number(loca, 4 * i, 4),
            false => number(loca, 2 * i, 2).map(|half| 2 * half),
        };
        let (start, end) = (place(usize::from(id))?, place(usize::from(id) + 1)?);
        let length = usize::try_from(end.checked_sub(start)?).ok()?;
        let mut bytes = vec![0; length.min(1 << 20)];
        if length > 0 {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(self.outlines + u64::from(start))).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        Some(bytes)
    }

    /// A glyph as papers carry it.
    fn glyph(&self, id: u16, width: u16) -> Option<Arc<Vec<u8>>> {
        let known = |drawn: &HashMap<u16, Arc<Vec<u8>>>| drawn.get(&id).cloned();
        if let Some(glyph) = known(&self.drawn.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Some(glyph);
        }
        let glyph = Arc::new(charstring::write(&self.rings(id)?, self.scale(), width)?);
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        drawn.insert(id, glyph.clone());
        Some(glyph)
    }

    /// Units of the grid in a unit of the font.
    fn scale(&self) -> f32 {
        let em = number(self.table(b"head"), 18, 2).and_then(|em| u16::try_from(em).ok());
        f32::from(GRID) / f32::from(em.unwrap_or(1000).max(1))
    }

    /// A font of some glyphs, numbered from 1, on the grid; 0 is the missing glyph.
    ///
    /// # Errors
    /// [`DocumentError::FontBroken`].
    pub(crate) fn cut(&self, tag: &str, glyphs: &[u16]) -> Result<Cut, DocumentError> {
        let face = self.face()?;
        let fit = |value: i16| on_grid(f32::from(value) * self.scale()).cast_signed();
        let lines = Lines { ascent: fit(face.ascender()), descent: fit(face.descender()) };
        let ids = || std::iter::once(&0).chain(glyphs);
        let width = |id: &u16| {
            on_grid(f32::from(face.glyph_hor_advance(GlyphId(*id)).unwrap_or(0)) * self.scale())
        };
        let widths: Vec<u16> = ids().map(width).collect();
        let outlines: Option<Vec<_>> =
            ids().zip(&widths).map(|(id, width)| self.glyph(*id, *width)).collect();
        let name = format!("{tag}+{}", self.name());
        let cut = outlines.and_then(|outlines| {
            Some(Cut {
                frame: sfnt::frame(&name, lines, &widths)?,
                program: cff::write(&name, lines, &outlines)?,
            })
        });
        cut.ok_or_else(|| self.broken())
    }
}

/// A font cut out of another.
pub(crate) struct Cut {
    /// Its names and widths without outlines: the writer would decode each of them for its width.
    pub(crate) frame: Vec<u8>,
    /// What is embedded.
    pub(crate) program: Vec<u8>,
}

/// How wide a glyph is, in ems: as wide as the font on the grid has it.
pub(crate) fn advance(face: &Face<'_>, id: GlyphId) -> f32 {
    let width = units(i32::from(face.glyph_hor_advance(id).unwrap_or(0)));
    let scale = f32::from(GRID) / f32::from(face.units_per_em());
    f32::from(on_grid(width * scale)) / f32::from(GRID)
}

/// The nearest whole number, negative ones as two's complement.
fn on_grid(value: f32) -> u16 {
    #[expect(clippy::cast_possible_truncation, reason = "whole, and held inside the range")]
    (value.round().clamp(-32768.0, 32767.0) as i16).cast_unsigned()
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().fold(0, |value, byte| (value << 8) | u32::from(*byte)))
}

/// The tables that are held, and where the outlines stand. None if one is not there.
fn read_tables(file: &mut File) -> Option<(Tables, u64)> {
    let mut head = [0; 12];
    file.seek(SeekFrom::Start(0)).ok()?;
    file.read_exact(&mut head).ok()?;
    let mut directory = vec![0; 16 * usize::try_from(number(&head, 4, 2)?).ok()?];
    file.read_exact(&mut directory).ok()?;
    let mut tables = HashMap::new();
    let mut outlines = None;
    for record in directory.chunks_exact(16) {
        let tag: [u8; 4] = record.get(..4)?.try_into().ok()?;
        let (start, length) = (number(record, 8, 4)?, number(record, 12, 4)?);
        if &tag == b"glyf" {
            outlines = Some(u64::from(start));
        }
        if HELD.contains(&tag) {
            let length = usize::try_from(length.min(LARGEST_TABLE)).ok()?;
            let mut table = vec![0; length];
            file.seek(SeekFrom::Start(u64::from(start))).ok()?;
            file.read_exact(&mut table).ok()?;
            tables.insert(tag, table);
        }
    }
    let complete = HELD.iter().all(|tag| tables.contains_key(tag));
    complete.then_some((tables, outlines?))
}
