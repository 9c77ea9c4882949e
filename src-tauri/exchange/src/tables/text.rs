//! From the bytes of a CSV file to rows of text: encoding, separator, line ends.

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::cell::Cell;
use crate::problem::{CellProblem, Spot};

/// A table as text.
pub(super) struct Table {
    /// The columns, in lower case.
    pub(super) heads: Vec<String>,
    /// Each with the line it begins on, from 1. A cell that says nothing is none.
    pub(super) rows: Vec<(u32, Vec<Option<String>>)>,
}

/// Reads a file.
///
/// # Errors
/// What keeps it from being read, or the rows that do not fit the heads.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Table, Vec<CellProblem>> {
    let spot = |row| Spot { sheet: name.to_owned(), row, column: 0 };
    let fault = |row, code: &str, message: String| CellProblem::error(spot(row), "", code, message);
    let text = decode(bytes).ok_or_else(|| {
        let message = "既不是UTF-8也不是GB18030编码，请用表格软件另存为“CSV UTF-8”";
        vec![fault(0, "bad-encoding", message.to_owned())]
    })?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let (mut heads, mut rows, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, |p| p.line());
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                problems.push(fault(line, "bad-csv", format!("这一行读不出来：{error}")));
                continue;
            }
        };
        let line = record.position().map_or(0, |p| u32::try_from(p.line()).unwrap_or(u32::MAX));
        let cells: Vec<Option<String>> =
            record.iter().map(|field| Cell::text(field).map(|cell| cell.shown())).collect();
        if cells.iter().all(Option::is_none) {
            continue;
        }
        if heads.is_empty() {
            heads = cells.into_iter().map(|c| c.unwrap_or_default().to_lowercase()).collect();
            continue;
        }
        // A separator too many at the end is common and harmless.
        if cells.iter().skip(heads.len()).any(Option::is_some) {
            let message = format!(
                "这一行有{}栏，表头只有{}栏；文字里有逗号或换行的，应整格加英文双引号",
                cells.len(),
                heads.len()
            );
            problems.push(fault(line, "ragged-row", message));
            continue;
        }
        rows.push((line, cells));
    }
    if heads.is_empty() {
        problems.push(fault(0, "empty-file", "文件是空的".to_owned()));
    }
    if problems.is_empty() { Ok(Table { heads, rows }) } else { Err(problems) }
}

/// UTF-8 or UTF-16 where a mark says so, UTF-8 where the bytes are, else GB18030.
fn decode(bytes: &[u8]) -> Option<String> {
    let whole = |encoding: &'static Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes)
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..)?;
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest)?;
        return Some(text.into_owned());
    }
    whole(UTF_8).or_else(|| whole(GB18030)).map(|text| text.into_owned())
}

/// What stands between the heads most often.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    [(',', b','), ('\t', b'\t'), (';', b';')]
        .into_iter()
        .max_by_key(|(sign, byte)| (count(*sign), *byte == b','))
        .map_or(b',', |(_, byte)| byte)
}
