//! Damage: whatever happens to a workbook, reading it ends in a release or in a list of problems.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

fn odd_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        any::<f64>().prop_map(Cell::Number),
        (0.0..60_000.0).prop_map(Cell::Number),
        any::<bool>().prop_map(Cell::Flag),
        "\\PC{1,8}".prop_map(Cell::Text),
        Just(Cell::Text("示例：x".to_owned())),
        Just(Cell::Text("q1=“a；\n或 =".to_owned())),
        Just(Cell::Text("1111150785MB0A000188".to_owned())),
    ]
}

/// Every cell of the full release.
fn cells() -> &'static [(String, u32, u32)] {
    static CELLS: std::sync::OnceLock<Vec<(String, u32, u32)>> = std::sync::OnceLock::new();
    CELLS.get_or_init(|| {
        let mut all = Vec::new();
        for grid in full_grids().0 {
            for (row, cells) in &grid.rows {
                all.extend(cells.keys().map(|at| (grid.name.clone(), *row, *at)));
            }
        }
        all
    })
}

/// The parts of a workbook, unpacked.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|i| {
            let mut part = zip.by_index(i).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("its content");
            (part.name().expect("a name").into_owned(), content)
        })
        .collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("a zip").into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Odd values in any cell: a release, or problems of which one is an error; never a fault of
    /// the program (`unreadable`).
    #[test]
    fn damaged_cells_are_refused_or_read(
        edits in prop::collection::vec((any::<prop::sample::Index>(), odd_cell()), 1..6),
    ) {
        let (mut grids, files) = full_grids();
        for (at, cell) in edits {
            let (sheet, row, column) = &cells()[at.index(cells().len())];
            let grid = grids.iter_mut().find(|g| g.name == *sheet).expect("the sheet");
            grid.rows.entry(*row).or_default().insert(*column, cell);
        }
        let made = rows::package(&grids, files);
        if let Err(problems) = finish(made) {
            prop_assert!(is_refused(&problems));
            prop_assert!(problems.iter().all(|p| p.code != "unreadable"), "{problems:?}");
        }
    }

    /// Damage to the file as it lies on the disk.
    #[test]
    fn damaged_bytes_never_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = full_book().0.clone();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Err(problems) = read(&bytes, &no_files()) {
            prop_assert!(is_refused(&problems));
        }
    }

    /// Damage inside the XML of a part, packed again so that the parser really sees it.
    #[test]
    fn damaged_parts_never_panic(
        part in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut all = parts(&full_book().0);
        let at = part.index(all.len());
        for (place, byte) in edits {
            let content = &mut all[at].1;
            if !content.is_empty() {
                let place = place.index(content.len());
                content[place] = byte;
            }
        }
        if let Err(problems) = read(&packed(&all), &no_files()) {
            prop_assert!(is_refused(&problems));
        }
    }
}

#[test]
fn a_cell_at_the_far_corner_costs_one_cell() {
    let mut book = Workbook::new();
    page(&mut book, "版本", &[&["版本号"]]).write_string(1_048_575, 16_383, "x").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    assert!(read(&bytes, &no_files()).is_err());
}

#[test]
fn what_is_no_workbook_is_refused_in_one_sentence() {
    for (bytes, code) in [
        (&b""[..], "bad-workbook"),
        (b"PK\x03\x04", "bad-workbook"),
        (b"{}", "bad-workbook"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old-workbook"),
    ] {
        let problems = read(bytes, &no_files()).expect_err("refused");
        assert_eq!(said(&problems), [(code, "", 0, 0)]);
    }
}

/// The full release with one part replaced.
fn with_part(name: &str, content: Vec<u8>) -> Vec<u8> {
    let mut all = parts(&full_book().0);
    let part = all.iter_mut().find(|(part, _)| part == name).expect("the part");
    part.1 = content;
    packed(&all)
}

/// A part of 64 MB, as often as it takes to unpack to 576 MB.
fn bomb() -> Vec<u8> {
    let one = packed(&[("xl/media/0".to_owned(), vec![b' '; 64 * 1024 * 1024])]);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..9 {
        let mut source = ZipArchive::new(Cursor::new(&one)).expect("a zip");
        let part = source.by_index(0).expect("a part");
        zip.raw_copy_file_rename(part, format!("xl/media/{n}")).expect("a copy");
    }
    zip.finish().expect("a zip").into_inner()
}

#[test]
fn a_small_file_that_unpacks_to_much_is_refused_whatever_it_says_of_itself() {
    let mut bomb = bomb();
    assert!(bomb.len() < 1024 * 1024, "{} bytes", bomb.len());
    let problems = read(&bomb, &no_files()).expect_err("refused");
    assert_eq!(said(&problems), [("too-large", "", 0, 0)]);
    assert!(problems[0].message.contains("解压后"), "{}", problems[0].message);

    // The size stands in the central directory, 24 bytes behind the signature of an entry.
    let entries: Vec<usize> =
        bomb.windows(4).enumerate().filter(|(_, w)| *w == b"PK\x01\x02").map(|(i, _)| i).collect();
    assert_eq!(entries.len(), 9);
    for at in entries {
        bomb[at + 24..at + 28].copy_from_slice(&100u32.to_le_bytes());
    }
    assert!(read(&bomb, &no_files()).is_err());
}

#[test]
fn a_long_text_that_many_cells_share_is_refused() {
    let mut all = parts(&full_book().0);
    for (name, content) in &mut all {
        match name.as_str() {
            "xl/sharedStrings.xml" => {
                let text = "a".repeat(1024 * 1024);
                *content = format!("<sst><si><t>{text}</t></si></sst>").into_bytes();
            }
            "xl/worksheets/sheet1.xml" => {
                let rows = "<row><c t=\"s\"><v>0</v></c></row>".repeat(300);
                *content = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into();
            }
            _ => {}
        }
    }
    let problems = read(&packed(&all), &no_files()).expect_err("refused");
    assert_eq!(said(&problems), [("too-large", "", 0, 0)]);
    assert!(problems[0].message.contains("文字超过"), "{}", problems[0].message);
}

/// The reader makes room for as many texts as are announced: it would end the program.
#[test]
fn a_workbook_that_announces_more_texts_than_cells_is_refused() {
    let announced = |before: &str, number: &str| {
        let text = format!("<sst{before} uniqueCount {number}><si><t>a</t></si></sst>");
        read(&with_part("xl/sharedStrings.xml", text.into_bytes()), &no_files())
    };
    for number in ["=\"99999999999999\"", "\n=\t'18446744073709551616'", "=\"6000001\""] {
        let problems = announced("", number).expect_err("refused");
        assert_eq!(said(&problems), [("bad-workbook", "", 0, 0)], "{number}");
        assert!(announced(&" a='u' ".repeat(50), number).is_err());
    }
    let wide: Vec<u8> =
        "<sst uniqueCount=\"99999999999\"/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(read(&with_part("xl/sharedStrings.xml", wide), &no_files()).is_err());
}
