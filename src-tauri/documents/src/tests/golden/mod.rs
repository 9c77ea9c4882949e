//! Every paper as it was when somebody last looked at it: on every sheet, in three cases, word for
//! word and as a coarse picture. What changed on purpose is written anew with
//! `YICHUANG_WRITE_GOLDENS=1`, looked at, and committed.

pub(super) mod cells;
pub(super) mod stress;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use image::GrayImage;
use yichuang_domain::document::DocumentKind;

use self::cells::{agree, coarse, off, part_of, strip};
use self::stress::Stress;
use super::poppler::{on_disk, press};
use crate::{Format, Paper};

const FORMATS: [Format; 3] = [Format::A4, Format::A5, Format::Roll80];

/// A paper that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looked {
    /// The sheet of an enquiry.
    Sheet,
    /// The sheet of an enquiry about a bundle.
    JointSheet,
    /// A paper of a case.
    Of(DocumentKind),
}

impl Looked {
    fn name(self) -> &'static str {
        match self {
            Self::Sheet => "guide-sheet",
            Self::JointSheet => "joint-sheet",
            Self::Of(kind) => kind.as_str(),
        }
    }
}

/// A paper on one sheet in one case.
struct Seen {
    /// Which, with the number and the size of the pages.
    title: String,
    text: String,
    /// Their numbers and cells.
    pages: Vec<(u32, GrayImage)>,
    paper: Paper,
}

fn seen(kind: Looked, format: Format, stress: Stress) -> Seen {
    let mut paper = Paper { format, ..stress.paper(kind) };
    // The parts differ in their label; once is enough to see it.
    if !matches!((format, stress), (Format::A4, Stress::Plain)) {
        paper.parts.truncate(1);
    }
    let pdf = press().render(&paper).unwrap();
    let disk = on_disk(&pdf);
    let mut numbers = vec![1, 2, pdf.pages];
    numbers.retain(|page| *page <= pdf.pages);
    numbers.dedup();
    let mut pages: Vec<(u32, GrayImage)> = Vec::new();
    for page in numbers {
        pages.push((page, coarse(&disk.picture(page, cells::DPI))));
    }
    let mut title = format!("=== {format:?} {stress:?}: {} pages,", pdf.pages);
    for (page, cells) in &pages {
        let (wide, high) = cells.dimensions();
        write!(title, " {page}:{wide}x{high}").unwrap();
    }
    // What poppler puts behind a page would look like one more line.
    let text = disk.as_written().replace('\u{c}', "\n---\n");
    Seen { title, text, pages, paper }
}

fn kept(kind: Looked, suffix: &str) -> PathBuf {
    let name = kind.name();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/golden/kept");
    folder.join(format!("{name}.{suffix}"))
}

/// The first line in which two texts differ.
fn difference(was: &str, is: &str) -> String {
    let (mut old, mut new) = (was.lines(), is.lines());
    for line in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => return format!("line {line} was {a:?}, is {b:?}"),
        }
    }
    "the blanks at the end differ".to_owned()
}

/// Draws a page that is not as it was, to be looked at.
fn picture_of(kind: Looked, seen: &Seen, page: u32, stress: Stress) -> PathBuf {
    let folder = std::env::temp_dir().join("yichuang-goldens");
    std::fs::create_dir_all(&folder).unwrap();
    let name = kind.name();
    let file = folder.join(format!("{name}-{:?}-{stress:?}-{page}.png", seen.paper.format));
    let disk = on_disk(&press().render(&seen.paper).unwrap());
    disk.picture(page, 80).save(&file).unwrap();
    file
}

fn compare(kind: Looked) {
    let cases = FORMATS.iter().flat_map(|format| Stress::ALL.map(|stress| (*format, stress)));
    let cases: Vec<(Format, Stress)> = cases.collect();
    let all: Vec<Seen> = cases.iter().map(|(format, case)| seen(kind, *format, *case)).collect();
    let pictures = strip(all.iter().flat_map(|seen| &seen.pages).map(|page| &page.1));
    if std::env::var("YICHUANG_WRITE_GOLDENS").is_ok() {
        let texts = all.iter().map(|seen| format!("{}\n{}", seen.title, seen.text));
        std::fs::write(kept(kind, "txt"), texts.collect::<String>()).unwrap();
        pictures.save(kept(kind, "png")).unwrap();
        return;
    }
    let told = "see docs/development.md, “Papers as they were”";
    let texts = std::fs::read_to_string(kept(kind, "txt")).expect(told);
    let strip = image::open(kept(kind, "png")).expect(told).to_luma8();
    let mut faults = Vec::new();
    let mut x = 0;
    for ((_, stress), seen) in cases.iter().zip(&all) {
        let name = kind.name();
        let what = format!("{name} {:?} {stress:?}", seen.paper.format);
        let begins = seen.title.split_once(':').unwrap().0;
        let found = texts.split("=== ").find(|text| {
            begins.strip_prefix("=== ").is_some_and(|begins| {
                text.strip_prefix(begins).is_some_and(|rest| rest.starts_with(':'))
            })
        });
        let is = format!("{}\n{}", seen.title, seen.text);
        let was = found.map(|text| format!("=== {text}")).unwrap_or_default();
        if was != is {
            let file = picture_of(kind, seen, 1, *stress);
            faults.push(format!("{what}: {}; {}", difference(&was, &is), file.display()));
        }
        for (page, cells) in &seen.pages {
            let before = part_of(&strip, x, cells.dimensions());
            x += cells.width();
            if !agree(&before, cells) {
                let (place, by) = off(&before, cells);
                let file = picture_of(kind, seen, *page, *stress);
                let file = file.display();
                faults.push(format!("{what} page {page}: off by {by} at {place} mm; {file}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{told}", faults.join("\n"));
}

macro_rules! goldens {
    ($($name:ident: $kind:expr;)*) => {
        $(#[test] fn $name() { compare($kind); })*

        #[test]
        fn none_is_left_out() {
            let compared = [$($kind),*];
            assert!(compared.contains(&Looked::Sheet) && compared.contains(&Looked::JointSheet));
            for &kind in DocumentKind::ALL {
                assert!(compared.contains(&Looked::Of(kind)), "{kind:?}");
            }
        }
    };
}

goldens! {
    guide_sheet: Looked::Sheet;
    joint_sheet: Looked::JointSheet;
    material_receipt: Looked::Of(DocumentKind::MaterialReceipt);
    acceptance: Looked::Of(DocumentKind::Acceptance);
    one_time_notice: Looked::Of(DocumentKind::OneTimeNotice);
    refusal: Looked::Of(DocumentKind::Refusal);
    not_required_notice: Looked::Of(DocumentKind::NotRequiredNotice);
    commitment: Looked::Of(DocumentKind::Commitment);
    deferral_commitment: Looked::Of(DocumentKind::DeferralCommitment);
    special_procedure_notice: Looked::Of(DocumentKind::SpecialProcedureNotice);
    extension_notice: Looked::Of(DocumentKind::ExtensionNotice);
    return_notice: Looked::Of(DocumentKind::ReturnNotice);
    power_of_attorney: Looked::Of(DocumentKind::PowerOfAttorney);
    delivery_receipt: Looked::Of(DocumentKind::DeliveryReceipt);
    result_slip: Looked::Of(DocumentKind::ResultSlip);
    withdrawal_request: Looked::Of(DocumentKind::WithdrawalRequest);
    transfer_sheet: Looked::Of(DocumentKind::TransferSheet);
    evaluation_form: Looked::Of(DocumentKind::EvaluationForm);
}
