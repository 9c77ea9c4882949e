//! What the glyphs of an embedded font mean: the `ToUnicode` table (ISO 32000-1, 9.10.3).
//!
//! The writer's own table names the id of every glyph. Ids here follow one another, so a list of
//! what they mean is enough, and half as long.

use std::fmt::Write as _;

/// As many as one list may have: all ids of a list must share their first byte, and a table holds
/// at most a hundred lists in a row.
const LIST: usize = 256;

/// The table of a font whose ids begin at 1; the meaning of each, empty for one without.
pub(crate) fn table(meanings: &[&str]) -> Vec<u8> {
    let mut table = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
         /CMapName/Adobe-Identity-UCS def/CMapType 2 def\n\
         1 begincodespacerange<0000><FFFF>endcodespacerange\n",
    );
    // Id 0 is the missing glyph: no list begins before 1, and none crosses a first byte.
    let mut id = 1usize;
    let mut rest = meanings;
    while !rest.is_empty() {
        let (list, others) = rest.split_at(rest.len().min(LIST - id % LIST));
        for run in list.chunk_by(|a, b| a.is_empty() == b.is_empty()) {
            if run.first().is_some_and(|meaning| !meaning.is_empty()) {
                list_of(run, id, &mut table);
            }
            id += run.len();
        }
        rest = others;
    }
    table.push_str("endcmap CMapName currentdict/CMap defineresource pop end end");
    table.into_bytes()
}

fn list_of(meanings: &[&str], first: usize, table: &mut String) {
    let last = first + meanings.len() - 1;
    // Writing to a string does not fail.
    let _ = write!(table, "1 beginbfrange<{first:04X}><{last:04X}>[");
    for meaning in meanings {
        table.push('<');
        for unit in meaning.encode_utf16() {
            let _ = write!(table, "{unit:04X}");
        }
        table.push('>');
    }
    table.push_str("]endbfrange\n");
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn lists_end_with_the_first_byte_and_skip_what_means_nothing() {
        let mut meanings = vec!["王"; 300];
        meanings[1] = "";
        meanings[2] = "𠮷\u{FE00}";
        let text = String::from_utf8(table(&meanings)).unwrap();
        assert!(text.contains("<0001><0001>[<738B>]"), "{text}");
        assert!(text.contains("<0003><00FF>[<D842DFB7FE00><738B>"), "{text}");
        assert!(text.contains("<0100><012C>[<738B>"), "{text}");
    }
}
