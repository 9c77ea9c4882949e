//! Sheets: what size a paper is, and whether a printer takes it.

use super::PrintError;

/// The size of a sheet, in millimetres, upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sheet {
    /// Across.
    pub width: u32,
    /// Down. On a roll, whatever the paper needs.
    pub height: u32,
}

/// What a paper is to the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The size of its first page.
    pub sheet: Sheet,
    /// How many pages.
    pub pages: u32,
}

/// Up to this width a sheet is cut from a roll (80 mm, or what of it can be printed on).
const WIDEST_ROLL: u32 = 84;
const MILLIMETRES_PER_POINT: f32 = 25.4 / 72.0;
const MILLIMETRES_PER_INCH: f32 = 25.4;

impl Sheet {
    /// A4.
    pub const A4: Self = Self { width: 210, height: 297 };
    /// A5.
    pub const A5: Self = Self { width: 148, height: 210 };

    /// Whether it comes from a roll.
    pub fn is_roll(self) -> bool {
        self.width <= WIDEST_ROLL
    }

    /// As a clerk calls it.
    pub fn name(self) -> String {
        match self {
            Self::A4 => "A4".to_owned(),
            Self::A5 => "A5".to_owned(),
            roll if roll.is_roll() => format!("{}毫米卷纸", if roll.width > 60 { 80 } else { 58 }),
            Self { width, height } => format!("{width}×{height}毫米"),
        }
    }

    /// As the printing system calls it (PWG 5101.1).
    pub fn keyword(self) -> String {
        match self {
            Self::A4 => "iso_a4_210x297mm".to_owned(),
            Self::A5 => "iso_a5_148x210mm".to_owned(),
            Self { width, height } => format!("custom_{width}x{height}mm_{width}x{height}mm"),
        }
    }

    /// The size that a keyword of PWG 5101.1 ends with; none where it is no such keyword.
    pub fn of_keyword(keyword: &str) -> Option<Self> {
        let (_, size) = keyword.rsplit_once('_')?;
        let (size, unit) = match (size.strip_suffix("mm"), size.strip_suffix("in")) {
            (Some(size), _) => (size, 1.0),
            (_, Some(size)) => (size, MILLIMETRES_PER_INCH),
            _ => return None,
        };
        let (width, height) = size.split_once('x')?;
        let long = |text: &str| text.parse::<f32>().ok().map(|n| rounded(n * unit));
        Some(Self { width: long(width)?, height: long(height)? })
    }

    /// Whether a printer that has sheets of `self` prints a paper of `wanted` on them.
    fn is_for(self, wanted: Self) -> bool {
        let near = |a: u32, b: u32| a.abs_diff(b) <= 2;
        match wanted.is_roll() {
            true => self.is_roll(),
            false => near(self.width, wanted.width) && near(self.height, wanted.height),
        }
    }
}

/// A length in whole millimetres; what is no length is none.
fn rounded(millimetres: f32) -> u32 {
    // A float that is too large or no number becomes the nearest bound, by `as`.
    millimetres.round() as u32
}

/// Whether a printer that says it takes `media` takes a sheet.
///
/// Ranges (`custom_min_…`) are no promise: a laser printer names one that an 80 mm slip would fit
/// into. A printer that names no fixed size at all is not held to anything.
pub fn takes(media: &[String], sheet: Sheet) -> bool {
    let range = |name: &str| name.starts_with("custom_min_") || name.starts_with("custom_max_");
    let fixed = media.iter().filter(|name| !range(name));
    let mut named = fixed.filter_map(|name| Sheet::of_keyword(name)).peekable();
    named.peek().is_none() || named.any(|size| size.is_for(sheet))
}

/// What a printer takes, in a few words.
pub(super) fn names(media: &[String]) -> String {
    let mut names: Vec<String> = Vec::new();
    for size in media.iter().filter_map(|name| Sheet::of_keyword(name)) {
        let name = size.name();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len() > 3;
    names.truncate(3);
    format!("{}{}", names.join("、"), if more { "等" } else { "" })
}

/// Measures a paper.
///
/// # Errors
/// [`PrintError::BadPaper`] for what is no PDF with pages.
pub fn measure(pdf: &[u8]) -> Result<Measure, PrintError> {
    let document = lopdf::Document::load_mem(pdf).map_err(|_| PrintError::BadPaper)?;
    let pages = document.get_pages();
    let first = pages.values().next().ok_or(PrintError::BadPaper)?;
    let sheet = media_box(&document, *first).ok_or(PrintError::BadPaper)?;
    Ok(Measure { sheet, pages: u32::try_from(pages.len()).map_err(|_| PrintError::BadPaper)? })
}

/// The size of a page, its own or inherited from the nodes above it.
fn media_box(document: &lopdf::Document, page: lopdf::ObjectId) -> Option<Sheet> {
    let mut node = document.get_dictionary(page).ok()?;
    // A tree of pages is never this deep; one that goes in circles ends here.
    for _ in 0..32 {
        if let Ok(found) = node.get_deref(b"MediaBox", document) {
            let corners: Vec<f32> = found
                .as_array()
                .ok()?
                .iter()
                .map(|n| n.as_float())
                .collect::<Result<_, _>>()
                .ok()?;
            let [left, low, right, high] = corners.as_slice() else { return None };
            let long = |from: f32, to: f32| rounded((to - from).abs() * MILLIMETRES_PER_POINT);
            return Some(Sheet { width: long(*left, *right), height: long(*low, *high) });
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn sizes_are_read_from_the_names_of_media() {
        assert_eq!(Sheet::of_keyword("iso_a4_210x297mm"), Some(Sheet::A4));
        assert_eq!(
            Sheet::of_keyword("na_letter_8.5x11in"),
            Some(Sheet { width: 216, height: 279 })
        );
        assert_eq!(Sheet::of_keyword("om_80x297mm_80x297mm").map(Sheet::is_roll), Some(true));
        for odd in ["", "a4", "iso_a4", "iso_a4_210mm", "iso_a4_x297mm", "iso_a4_210x297pt"] {
            assert_eq!(Sheet::of_keyword(odd), None, "{odd}");
        }
        for sheet in [Sheet::A4, Sheet::A5, Sheet { width: 80, height: 200 }] {
            assert_eq!(Sheet::of_keyword(&sheet.keyword()), Some(sheet));
        }
    }

    #[test]
    fn a_page_is_not_for_a_slip_printer_nor_a_slip_for_a_page_printer() {
        let slip = Sheet { width: 80, height: 154 };
        let laser = media(&[
            "iso_a4_210x297mm",
            "iso_a5_148x210mm",
            "custom_min_76.2x127mm",
            "custom_max_215.9x355.6mm",
        ]);
        let thermal = media(&["om_72-mm-roll_72x210mm", "roll_max_80x3276mm", "roll_min_25x25mm"]);
        assert!(takes(&laser, Sheet::A4) && takes(&laser, Sheet::A5) && !takes(&laser, slip));
        assert!(
            !takes(&thermal, Sheet::A4) && !takes(&thermal, Sheet::A5) && takes(&thermal, slip)
        );
        assert!(takes(&[], Sheet::A4) && takes(&media(&["auto"]), slip), "it names no size");
        assert!(takes(&media(&["custom_min_76.2x127mm"]), Sheet::A4), "a range is no size");
    }

    #[test]
    fn a_clerk_reads_what_a_printer_takes() {
        let said = names(&media(&["roll_max_80x3276mm", "om_72-mm-roll_72x210mm"]));
        assert_eq!(said, "80毫米卷纸");
        assert_eq!(names(&media(&["iso_a4_210x297mm", "iso_a4_210x297mm"])), "A4");
    }

    /// A PDF of three pages, whose size stands on the node above them.
    fn three_pages(width: f32, height: f32) -> Vec<u8> {
        use lopdf::{Document, Object, dictionary};
        let mut document = Document::with_version("1.5");
        let above = document.new_object_id();
        let page = dictionary! { "Type" => "Page", "Parent" => above };
        let pages: Vec<Object> = (0..3).map(|_| document.add_object(page.clone()).into()).collect();
        document.objects.insert(
            above,
            Object::Dictionary(dictionary! {
                "Type" => "Pages",
                "Count" => 3,
                "Kids" => pages,
                "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            }),
        );
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => above });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_paper_is_measured() {
        let a4 = measure(&three_pages(595.276, 841.89)).unwrap();
        assert_eq!(a4, Measure { sheet: Sheet::A4, pages: 3 });
        let slip = measure(&three_pages(226.8, 400.0)).unwrap();
        assert_eq!(slip.sheet.name(), "80毫米卷纸");
    }

    #[test]
    fn what_is_no_paper_is_refused() {
        for bytes in [b"".as_slice(), b"%PDF-1.4", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n"] {
            assert_eq!(measure(bytes).unwrap_err().code(), "bad-paper");
        }
    }
}
