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
