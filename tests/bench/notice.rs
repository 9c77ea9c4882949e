//! A one-page notice and a slip, the fonts read: time and size.

use std::time::Duration;

use yichuang_documents::{Press, thermal};
use yichuang_domain::document::DocumentKind;
use yichuang_tests::program;

use crate::desk::Desk;
use crate::table::{Table, best, kilobytes, median, milliseconds, ratio, timed};

const ROUNDS: u32 = 100;
const TIME: Duration = Duration::from_millis(5);
const SIZE: f64 = 40.0 * 1024.0;
/// A twentieth of the second in which a printer of 200 mm a second puts out the shorter slip.
const SLIP: Duration = Duration::from_millis(50);

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
    let mut largest = 0;
    let mut times = Vec::new();
    for running in 1..=ROUNDS {
        let paper = desk.notice(running);
        let (time, pdf) = timed(|| press.render(&paper).expect("a page"));
        assert_eq!(pdf.pages, 1, "a one-page notice");
        largest = largest.max(pdf.bytes.len());
        times.push(time);
    }
    let (fastest, middle) = (best(&times), median(times));
    println!("notice: best {}, median {}", milliseconds(fastest), milliseconds(middle));
    table.add(
        "one-page notice, time",
        (milliseconds(middle), "5 ms".to_owned()),
        (ratio(middle, TIME), 1.0),
        "one part; median of 100, each with its own number",
    );
    table.add(
        "one-page notice, size",
        (kilobytes(largest), "40 KB".to_owned()),
        (largest as f64 / SIZE, 1.0),
        "one part; the largest of 100",
    );

    let mut times = Vec::new();
    for running in 1..=ROUNDS {
        let paper = desk.paper(DocumentKind::MaterialReceipt, running);
        let (time, bytes) =
            timed(|| thermal::escpos::encode(&press.thermal(&paper).expect("a slip")));
        assert!(!bytes.is_empty());
        times.push(time);
    }
    let (fastest, middle) = (best(&times), median(times));
    println!("slip: best {}, median {}", milliseconds(fastest), milliseconds(middle));
    table.add(
        "receipt as slips of 80 mm, time",
        (milliseconds(middle), "50 ms".to_owned()),
        (ratio(middle, SLIP), 1.0),
        "laid out, drawn in dots, in ESC/POS; two slips",
    );
}
