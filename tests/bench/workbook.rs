//! A hall's workbook of 1,573 matters into a release: unpacked, read, checked.

use std::collections::HashMap;
use std::io;
use std::time::Duration;

use yichuang_exchange::{FormFiles, workbook};

use crate::table::{Table, median, milliseconds, ratio, timed};

const MATTERS: usize = 1_573;
const BUDGET: Duration = Duration::from_secs(3);
const ROUNDS: usize = 3;

/// The forms beside the workbook, in memory.
struct Forms(HashMap<String, Vec<u8>>);

impl FormFiles for Forms {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.0.get(name).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// Adds its row.
pub fn measure(table: &mut Table) {
    let guide = guide_maker::guide(MATTERS).expect("a guide");
    let (written, exported) = timed(|| workbook::export(&guide).expect("a workbook"));
    println!("{} bytes of workbook written in {}", exported.bytes.len(), milliseconds(written));
    let forms = Forms(exported.forms.into_iter().collect());
    let times = (0..ROUNDS).map(|_| {
        let (time, read) = timed(|| workbook::read(&exported.bytes, &forms).expect("a release"));
        assert_eq!(read.checked.package.matters.len(), MATTERS);
        time
    });
    let time = median(times.collect());
    table.add(
        "workbook of 1,573 matters, read",
        (milliseconds(time), "3 s".to_owned()),
        (ratio(time, BUDGET), 1.0),
        "unpacked, read, checked; what a first load may take",
    );
}
