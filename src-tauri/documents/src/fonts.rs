//! The fonts of the house, in the order in which they are asked.
//!
//! A paper asks its own typeface first, then the other one, then the fonts that the hall added,
//! then the bundled fonts of rare characters (`docs/decisions/0020-rare-characters.md`). Each file
//! is opened when the first character needs it: a slip never opens the serif, and the fonts of
//! rare characters stay closed until a rare one comes.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::error::DocumentError;
use crate::fontfile::{self, FontFile};
use crate::layout::glyphs::FaceId;
use crate::paper::Typeface;

/// What a font is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontRole {
    /// Noto Serif SC: formal papers.
    Serif,
    /// Noto Sans SC: slips.
    Sans,
    /// Joined Mongolian.
    Mongolian,
    /// Joined Arabic script: Uyghur, Kazakh, Kirghiz names.
    Arabic,
    /// Added by the hall.
    Own,
    /// Bundled for rare characters: no other text is ever set in it.
    Rare,
}

impl FontRole {
    /// A stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Serif => "serif",
            Self::Sans => "sans",
            Self::Mongolian => "mongolian",
            Self::Arabic => "arabic",
            Self::Own => "own",
            Self::Rare => "rare",
        }
    }

    /// Whether every paper can be made without it, but for some characters.
    fn can_be_missed(self) -> bool {
        matches!(self, Self::Own | Self::Rare)
    }

    /// In the clerk's words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Serif => "宋体",
            Self::Sans => "黑体",
            Self::Mongolian => "蒙古文",
            Self::Arabic => "维吾尔文",
            Self::Own => "本机自备",
            Self::Rare => "生僻字",
        }
    }
}

struct Slot {
    path: PathBuf,
    role: FontRole,
    file: OnceLock<FontFile>,
    /// Set when a font that papers can do without turned out to be of no use.
    useless: OnceLock<()>,
}

/// The fonts.
pub(crate) struct Fonts {
    slots: Vec<Slot>,
}

const NEEDED: [(&str, FontRole); 4] = [
    ("NotoSerifSC-Regular.ttf", FontRole::Serif),
    ("NotoSansSC-Regular.ttf", FontRole::Sans),
    ("NotoSansMongolian-Regular.ttf", FontRole::Mongolian),
    ("NotoSansArabic-Regular.ttf", FontRole::Arabic),
];
/// Chinese forms before Japanese ones.
const RARE: [&str; 2] = ["BabelStoneHan.ttf", "HanaMinB.ttf"];

/// More files than anybody puts into a folder of fonts for papers.
const MOST_OWN: usize = 64;

pub(crate) const SERIF: FaceId = FaceId(0);
pub(crate) const SANS: FaceId = FaceId(1);
pub(crate) const MONGOLIAN: FaceId = FaceId(2);
pub(crate) const ARABIC: FaceId = FaceId(3);

impl Slot {
    fn new(path: PathBuf, role: FontRole) -> Self {
        Self { path, role, file: OnceLock::new(), useless: OnceLock::new() }
    }

    fn open(&self) -> Result<&FontFile, DocumentError> {
        if let Some(file) = self.file.get() {
            return Ok(file);
        }
        let file = FontFile::open(&self.path)?;
        Ok(self.file.get_or_init(|| file))
    }
}

impl Fonts {
    /// Looks for the bundled fonts and for what the hall added, and opens none.
    ///
    /// # Errors
    /// [`DocumentError::FontMissing`], [`DocumentError::FontBroken`] and
    /// [`DocumentError::FontUnsuited`] for a font that every paper may need. What is wrong with
    /// the others is told by [`Fonts::faults`].
    pub(crate) fn look(bundled: &Path, own: &[&Path]) -> Result<Self, DocumentError> {
        let mut slots = Vec::new();
        for (file, role) in NEEDED {
            let path = bundled.join(file);
            fontfile::look(&path)?;
            slots.push(Slot::new(path, role));
        }
        let files = own.iter().flat_map(|folder| font_files(folder)).take(MOST_OWN);
        slots.extend(files.map(|path| Slot::new(path, FontRole::Own)));
        slots.extend(RARE.map(|file| Slot::new(bundled.join(file), FontRole::Rare)));
        Ok(Self { slots })
    }

    /// In what order a paper asks for a character that needs no joining.
    pub(crate) fn order(&self, typeface: Typeface) -> Vec<FaceId> {
        let [first, second] = match typeface {
            Typeface::Serif => [SERIF, SANS],
            Typeface::Sans => [SANS, SERIF],
        };
        let others = (0u8..).map(FaceId).zip(&self.slots).skip(usize::from(ARABIC.0) + 1);
        [first, second, MONGOLIAN].into_iter().chain(others.map(|(face, _)| face)).collect()
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.slots.len()
    }

    /// Every font.
    pub(crate) fn all(&self) -> impl Iterator<Item = (FaceId, &Path, FontRole)> {
        let faces = (0u8..).map(FaceId).zip(&self.slots);
        faces.map(|(face, slot)| (face, slot.path.as_path(), slot.role))
    }

    pub(crate) fn role(&self, face: FaceId) -> FontRole {
        self.slots.get(usize::from(face.0)).map_or(FontRole::Rare, |slot| slot.role)
    }

    /// A font, opened; none where papers can do without it and it is of no use.
    ///
    /// # Errors
    /// What is wrong with a font that papers can't do without.
    pub(crate) fn open(&self, face: FaceId) -> Result<Option<&FontFile>, DocumentError> {
        let Some(slot) = self.slots.get(usize::from(face.0)) else { return Ok(None) };
        if slot.useless.get().is_some() {
            return Ok(None);
        }
        match slot.open() {
            Ok(file) => Ok(Some(file)),
            Err(_) if slot.role.can_be_missed() => {
                slot.useless.get_or_init(|| ());
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Opens the fonts that papers can't do without.
    ///
    /// # Errors
    /// What is wrong with one.
    pub(crate) fn warm_up(&self) -> Result<(), DocumentError> {
        let mut needed = self.slots.iter().filter(|slot| !slot.role.can_be_missed());
        needed.try_for_each(|slot| slot.open().map(|_| ()))
    }

    /// What is wrong with fonts that papers can do without. Opens all of them.
    pub(crate) fn faults(&self) -> Vec<DocumentError> {
        let others = self.slots.iter().filter(|slot| slot.role.can_be_missed());
        others.filter_map(|slot| slot.open().err()).collect()
    }
}

/// The fonts in a folder, by name; none where there is no such folder.
fn font_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_font = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        ["ttf", "otf", "ttc"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    };
    let mut files: Vec<_> = entries.map(|entry| entry.path()).filter(is_font).collect();
    files.sort();
    files
}
