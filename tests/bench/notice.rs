//! A one-page notice and a slip, the fonts read: time and size of one part.

use std::time::Duration;

use yichuang_documents::Press;
use yichuang_domain::document::DocumentKind;
use yichuang_tests::program;

use crate::desk::Desk;
use crate::table::{Table, median, milliseconds, ratio, timed};

const ROUNDS: usize = 50;
const TIME: Duration = Duration::from_millis(5);
const SIZE: f64 = 40.0 * 1024.0;

/// The fonts, opened and ready.
pub fn press() -> Press {
    let (opened, press) = timed(|| {
        let press = Press::open(&program::fonts(), &[]).expect("the fonts");
        press.warm_up().expect("the fonts");
        press
    });
    println!("fonts opened in {}", milliseconds(opened));
    press
}

/// Adds its rows.
pub fn measure(table: &mut Table) {
    let press = press();
    let desk = Desk::open();
    let paper = desk.paper(DocumentKind::OneTimeNotice, 1);
    let times = (0..ROUNDS).map(|_| timed(|| press.render(&paper).expect("a page")).0).collect();
    let pdf = press.render(&paper).expect("a page");
    assert_eq!(pdf.pages, 1, "a one-page notice");
    let time = median(times);
    table.add(
        "one-page notice, time",
        (milliseconds(time), "5 ms".to_owned()),
        (ratio(time, TIME), 1.0),
        "one part",
    );
    let size = pdf.bytes.len() as f64;
    table.add(
        "one-page notice, size",
        (format!("{:.1} KB", size / 1024.0), "40 KB".to_owned()),
        (size / SIZE, 1.0),
        "one part",
    );
    let slip = desk.paper(DocumentKind::MaterialReceipt, 1);
    let times = (0..ROUNDS).map(|_| timed(|| press.thermal(&slip).expect("a slip")).0).collect();
    let time = median(times);
    table.add(
        "receipt as a thermal slip, time",
        (milliseconds(time), "20 ms".to_owned()),
        (ratio(time, SLIP), 1.0),
        "one part, drawn at the dots of the printer",
    );
}

/// Paper leaves a slip printer in a second or two: a fiftieth of that is not noticed.
const SLIP: Duration = Duration::from_millis(20);
