//! The one-page notice beside typst, WeasyPrint and `ReportLab`: the same words in the same font
//! file on the same sheet, each in a process that has read the font, one notice after the other,
//! each with a number of its own. They are run by the small scripts in `papers/`; `cargo xtask
//! bench` installs them. Bold is left to ourselves.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;
use serde_json::{Value, json};
use yichuang_documents::{Block, Column, Pair, Paper, Row, Text};
use yichuang_tests::program;

use crate::desk::Desk;
use crate::notice::press;
use crate::table::{Table, best, kilobytes, median, milliseconds, ratio, timed};

const ROUNDS: u32 = 30;
/// The file's name, the row of times, the row of sizes.
const RIVALS: [(&str, &str, &str); 3] = [
    ("typst", "notice, time beside typst", "notice, size beside typst"),
    ("weasyprint", "notice, time beside WeasyPrint", "notice, size beside WeasyPrint"),
    ("reportlab", "notice, time beside ReportLab", "notice, size beside ReportLab"),
];

/// What a rival prints.
#[derive(Deserialize)]
struct Made {
    /// In milliseconds.
    times: Vec<f64>,
    bytes: usize,
    /// The most memory it held, in kilobytes.
    peak: u64,
}

/// Adds its rows.
pub fn measure(table: &mut Table) {
    let desk = Desk::open();
    let papers: Vec<Paper> = (1..=ROUNDS).map(|running| desk.notice(running)).collect();
    let press = press();
    let made = papers.iter().map(|paper| timed(|| press.render(paper).expect("a page")));
    let (times, mut pdfs): (Vec<_>, Vec<_>) = made.unzip();
    let last = pdfs.pop().expect("a page");
    let folder = program::out("papers");
    let own = folder.join("own.pdf");
    std::fs::write(&own, &last.bytes).expect("out/ can be written");
    let (fastest, middle) = (best(&times), median(times));
    println!("own: best {}, median {}", milliseconds(fastest), milliseconds(middle));

    let words = folder.join("papers.json");
    let described: Vec<Value> = papers.iter().map(described).collect();
    let described_bytes = serde_json::to_vec(&described).expect("JSON");
    std::fs::write(&words, described_bytes).expect("out/ can be written");
    for (rival, time, size) in RIVALS {
        let out = folder.join(format!("{rival}.pdf"));
        let Some(made) = run(rival, &words, &out) else { continue };
        must_say(&out, &own, described.last().expect("a paper"));
        let times: Vec<Duration> =
            made.times.iter().map(|time| Duration::from_secs_f64(time / 1e3)).collect();
        let (its_best, its_median) = (best(&times), median(times));
        println!(
            "{rival}: best {}, median {}, {} of memory",
            milliseconds(its_best),
            milliseconds(its_median),
            kilobytes(1024 * usize::try_from(made.peak).unwrap_or(0)),
        );
        table.add(
            time,
            (milliseconds(fastest), milliseconds(its_best)),
            (ratio(fastest, its_best), 1.0),
            "best of 30, warm, each with its own number",
        );
        table.add(
            size,
            (kilobytes(last.bytes.len()), kilobytes(made.bytes)),
            (last.bytes.len() as f64 / made.bytes as f64, 1.0),
            "same words, same font file",
        );
    }
}

/// Runs a rival; none where it is not installed.
fn run(rival: &str, papers: &Path, out: &Path) -> Option<Made> {
    let python = program::repository().join("target/tools/papers/bin/python");
    if !python.is_file() {
        println!("{rival} is not installed; `cargo xtask bench papers` does it on Debian");
        return None;
    }
    let script = program::repository().join(format!("tests/bench/papers/by_{rival}.py"));
    let font = program::fonts().join("NotoSerifSC-Regular.ttf");
    let mut command = Command::new(python);
    let output = command.arg(script).arg(font).arg(papers).arg(out).output().expect("Python");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{rival} failed:\n{said}");
    Some(serde_json::from_slice(&output.stdout).expect("what a rival prints"))
}

/// It is one page in the font of the paper, each of its texts stands there, and it has the same
/// characters as ours, each as often.
fn must_say(file: &Path, own: &Path, paper: &Value) {
    let (text, own) = (text_of(file), text_of(own));
    let fonts = said("pdffonts", &[], file);
    // Name, kind, encoding, whether it is embedded.
    for font in fonts.lines().skip(2).filter(|font| font.contains(" yes ")) {
        let ours = ["NotoSerifSC", "Paper"].iter().any(|name| font.contains(name));
        assert!(ours, "{}: {font}", file.display());
    }
    let mut missing = Vec::new();
    each_text(paper, &mut |words| {
        let words = bare(words);
        if !text.contains(&words) {
            missing.push(words);
        }
    });
    assert!(missing.is_empty(), "{} lacks {missing:#?} in\n{text}", file.display());
    let counted = |text: &str| {
        let mut count = BTreeMap::new();
        text.chars().for_each(|c| *count.entry(c).or_insert(0) += 1);
        count
    };
    assert_eq!(counted(&text), counted(&own), "{}\n{text}\n{own}", file.display());
}

fn text_of(file: &Path) -> String {
    let text = said("pdftotext", &["-raw"], file);
    assert_eq!(text.matches('\u{C}').count(), 1, "{}: pages", file.display());
    bare(&text)
}

/// What a program of poppler says of a file.
fn said(program: &str, options: &[&str], file: &Path) -> String {
    let mut command = Command::new(program);
    command.args(options).arg(file);
    if program == "pdftotext" {
        command.arg("-");
    }
    String::from_utf8_lossy(&command.output().expect("poppler").stdout).into_owned()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn each_text(value: &Value, see: &mut impl FnMut(&str)) {
    match value {
        Value::String(words) => see(words),
        Value::Array(values) => values.iter().for_each(|value| each_text(value, see)),
        Value::Object(fields) => {
            let said = fields.iter().filter(|(name, _)| *name != "kind");
            said.for_each(|(_, value)| each_text(value, see));
        }
        _ => {}
    }
}

/// A paper as the scripts read it: every word that stands on the page, in its place.
fn described(paper: &Paper) -> Value {
    let part = paper.parts.first().expect("a part");
    json!({
        "label": [part.name, part.to],
        "issuer": paper.issuer.plain(),
        "title": paper.title.plain(),
        "number": paper.number.plain(),
        "caption": paper.qr_caption,
        "code": code(&paper.qr_text),
        "blocks": paper.blocks.iter().map(block).collect::<Vec<_>>(),
        "foot": [
            paper.guide.plain(),
            "第 1 页　共 1 页",
            format!("{}（{}）", part.name, part.to),
        ],
    })
}

fn block(block: &Block) -> Value {
    match block {
        Block::Address(text) => json!({ "kind": "address", "text": text.plain() }),
        Block::Heading(text) => json!({ "kind": "heading", "text": text.plain() }),
        Block::Paragraph(text) => json!({ "kind": "paragraph", "text": text.plain() }),
        Block::Pairs(rows) => {
            let row = |row: &Vec<Pair>| {
                let pairs = row.iter().map(|pair| [pair.label.clone(), pair.value.plain()]);
                pairs.collect::<Vec<_>>()
            };
            json!({ "kind": "pairs", "rows": rows.iter().map(row).collect::<Vec<_>>() })
        }
        Block::Table(table) => {
            let plain = |texts: &[Text]| texts.iter().map(Text::plain).collect::<Vec<_>>();
            let column = |column: &Column| json!({ "title": column.title, "width": column.width });
            let row = |row: &Row| json!({ "cells": plain(&row.cells), "notes": plain(&row.notes) });
            json!({
                "kind": "table",
                "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
                "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
            })
        }
        Block::Signature(end) => {
            let signers = end.signers.iter().map(|signer| format!("{signer}："));
            json!({
                "kind": "signature",
                "desk": end.desk.iter().map(Text::plain).collect::<Vec<_>>(),
                "signers": signers.collect::<Vec<_>>(),
                "day": ["日期：", "年", "月", "日"],
                "issuer": end.issuer.plain(),
                "seal": end.seal,
                "date": end.date.plain(),
            })
        }
        Block::Ruled(_) => unreachable!("no notice has lines to write on"),
    }
}

/// The dark runs of a code: column, row, length; and its side, with the quiet zone.
fn code(text: &str) -> Value {
    const QUIET: i32 = 4;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).expect("a short text");
    let mut runs = Vec::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if length > 0 {
                runs.push([x + QUIET, y + QUIET, length]);
            }
            x += length + 1;
        }
    }
    json!({ "side": code.size() + 2 * QUIET, "runs": runs })
}
