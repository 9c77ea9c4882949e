//! What a paper says, as one number: the same for every sheet size, font and layout.

use sha2::{Digest, Sha256};

use yichuang_domain::signature::PenPoint;

use crate::paper::{Block, Paper, Signature, Text};

/// Takes in strings one by one, each with its place and length, so that no two papers of
/// different words come out as the same bytes.
struct Words(Sha256);

impl Words {
    fn put(&mut self, place: &str, words: &str) {
        for text in [place, words] {
            self.0.update((text.len() as u64).to_le_bytes());
            self.0.update(text.as_bytes());
        }
    }

    fn text(&mut self, place: &str, text: &Text) {
        self.put(place, &text.plain());
    }

    fn texts(&mut self, place: &str, texts: &[Text]) {
        texts.iter().for_each(|text| self.text(place, text));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Address(text) => self.text("address", text),
            Block::Heading(text) => self.text("heading", text),
            Block::Paragraph(text) => self.text("paragraph", text),
            Block::Pairs(rows) => {
                for pair in rows.iter().flatten() {
                    self.put("label", &pair.label);
                    self.text("value", &pair.value);
                }
            }
            Block::Table(table) => {
                table.columns.iter().for_each(|column| self.put("column", &column.title));
                for row in &table.rows {
                    self.put("row", "");
                    self.texts("cell", &row.cells);
                    self.texts("note", &row.notes);
                }
            }
            Block::Ruled(lines) => self.put("ruled", &lines.to_string()),
            Block::Signature(signature) => self.signature(signature),
        }
    }

    fn signature(&mut self, signature: &Signature) {
        self.texts("desk", &signature.desk);
        signature.signers.iter().for_each(|signer| self.put("signer", signer));
        self.text("signed-by", &signature.issuer);
        self.put("seal", &signature.seal);
        self.text("date", &signature.date);
        if let Some(signed) = &signature.signed {
            self.put("signed-line", &signed.line.to_string());
            for stroke in signed.strokes.lines() {
                self.put("stroke", "");
                for PenPoint { x, y, t, p } in stroke {
                    self.put("pen", &format!("{x} {y} {t} {p}"));
                }
            }
            self.text("signed-on", &signed.on);
            self.text("signed-how", &signed.note);
        }
    }
}

impl Paper {
    /// SHA-256 of what it says, in the order in which it is read. Left out is how it looks (sheet,
    /// widths, bold) and its code, which holds this very number.
    pub fn digest(&self) -> [u8; 32] {
        let mut words = Words(Sha256::new());
        words.put("yichuang-paper-words", "1");
        words.text("issuer", &self.issuer);
        words.text("title", &self.title);
        words.text("number", &self.number);
        words.text("running", &self.running);
        words.texts("warning", &self.warnings);
        words.put("practice", if self.practice { "演练" } else { "" });
        self.blocks.iter().for_each(|block| words.block(block));
        words.text("guide", &self.guide);
        for part in &self.parts {
            words.put("part", &part.name);
            words.put("for", &part.to);
        }
        words.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yichuang_domain::signature::Strokes;

    use crate::paper::{Column, Format, Pair, Part, Row, SignedLine, Table};

    fn signed() -> SignedLine {
        let point = |x, y, t| PenPoint { x, y, t, p: 128 };
        let sent = [vec![point(100, 100, 0), point(900, 500, 9)], vec![point(900, 90, 20)]];
        SignedLine {
            line: 0,
            strokes: Strokes::written(&sent).unwrap(),
            on: Text::of("2026年11月24日"),
            note: Text::of("屏幕手写签名"),
        }
    }

    /// The signature with one point elsewhere.
    fn moved(strokes: &Strokes) -> Strokes {
        let mut lines = strokes.lines().to_vec();
        lines[1][0].x += 1;
        Strokes::written(&lines).unwrap()
    }

    fn paper() -> Paper {
        let text = Text::of;
        let column = |title: &str, width| Column {
            title: title.to_owned(),
            width,
            centred: false,
            lead: false,
        };
        Paper {
            typeface: crate::paper::Typeface::Serif,
            format: Format::A4,
            issuer: text("根河市市场监督管理局"),
            title: text("受理通知书"),
            number: text("文号：1"),
            running: text("办件编号：1"),
            warnings: vec![text("演练文书")],
            practice: true,
            specimen: false,
            logo: None,
            blocks: vec![
                Block::Address(text("张三：")),
                Block::Heading(text("一、材料")),
                Block::Paragraph(Text::of("你于").hold("日期", "今日").say("申请")),
                Block::Pairs(vec![vec![Pair {
                    label: "申请人".to_owned(), value: text("张三")
                }]]),
                Block::Table(Table {
                    columns: vec![column("序号", 10.0), column("名称", 60.0)],
                    rows: vec![Row {
                        cells: vec![text("1"), text("申请书")],
                        notes: vec![text("原件")],
                    }],
                }),
                Block::Ruled(2),
                Block::Signature(Signature {
                    desk: vec![text("经办人：白哈斯")],
                    signers: vec!["申请人签字".to_owned()],
                    issuer: text("根河市市场监督管理局"),
                    seal: "（印章）".to_owned(),
                    date: text("2026年11月24日"),
                    signed: Some(signed()),
                }),
            ],
            qr_text: String::new(),
            qr_caption: "扫码".to_owned(),
            guide: text("办事指南第1版"),
            parts: vec![Part { name: "客户联".to_owned(), to: "交申请人".to_owned() }],
        }
    }

    /// Every string of a paper in turn, changed.
    fn changed() -> Vec<Paper> {
        let more = |text: &mut Text| text.0.push(Text::of("。").0.remove(0));
        let change = |change: &dyn Fn(&mut Paper)| {
            let mut paper = paper();
            change(&mut paper);
            paper
        };
        let block = |at: usize, to: &dyn Fn(&mut Block)| change(&|p| to(&mut p.blocks[at]));
        let signature = |to: &dyn Fn(&mut Signature)| {
            block(6, &|b| {
                if let Block::Signature(s) = b {
                    to(s);
                }
            })
        };
        let table = |to: &dyn Fn(&mut Table)| {
            block(4, &|b| {
                if let Block::Table(t) = b {
                    to(t);
                }
            })
        };
        let pair = |to: &dyn Fn(&mut Pair)| {
            block(3, &|b| {
                if let Block::Pairs(rows) = b {
                    to(&mut rows[0][0]);
                }
            })
        };
        let words = |b: &mut Block| {
            if let Block::Address(t) | Block::Heading(t) | Block::Paragraph(t) = b {
                more(t);
            }
        };
        vec![
            change(&|p| more(&mut p.issuer)),
            change(&|p| more(&mut p.title)),
            change(&|p| more(&mut p.number)),
            change(&|p| more(&mut p.running)),
            change(&|p| more(&mut p.warnings[0])),
            change(&|p| p.practice = false),
            change(&|p| more(&mut p.guide)),
            change(&|p| p.parts[0].name.push('二')),
            change(&|p| p.parts[0].to.push('。')),
            change(&|p| p.blocks.swap(0, 1)),
            change(&|p| drop(p.blocks.remove(5))),
            block(0, &words),
            block(1, &words),
            block(2, &words),
            block(5, &|b| *b = Block::Ruled(3)),
            pair(&|p| p.label.push('二')),
            pair(&|p| more(&mut p.value)),
            table(&|t| t.columns[1].title.push('。')),
            table(&|t| more(&mut t.rows[0].cells[1])),
            table(&|t| more(&mut t.rows[0].notes[0])),
            table(&|t| t.rows.push(Row::default())),
            signature(&|s| more(&mut s.desk[0])),
            signature(&|s| s.signers[0].push('。')),
            signature(&|s| more(&mut s.issuer)),
            signature(&|s| s.seal.clear()),
            signature(&|s| more(&mut s.date)),
            signature(&|s| s.signed = None),
            signature(&|s| s.signed.iter_mut().for_each(|s| s.line = 1)),
            signature(&|s| s.signed.iter_mut().for_each(|s| s.strokes = moved(&s.strokes))),
            signature(&|s| s.signed.iter_mut().for_each(|s| more(&mut s.on))),
            signature(&|s| s.signed.iter_mut().for_each(|s| more(&mut s.note))),
        ]
    }

    #[test]
    fn every_word_counts() {
        let mut seen = vec![paper().digest()];
        for (at, changed) in changed().iter().enumerate() {
            let digest = changed.digest();
            assert!(!seen.contains(&digest), "change {at} goes unseen");
            seen.push(digest);
        }
    }

    #[test]
    fn looks_and_the_code_do_not_count() {
        let mut other = paper();
        other.format = Format::Roll80;
        other.qr_text = "YC2-…".to_owned();
        other.qr_caption = "扫码核验".to_owned();
        other.specimen = true;
        // The same words in other pieces, and in bold.
        other.blocks[2] = Block::Paragraph(Text::of("你于今日申请").strong());
        if let Block::Table(table) = &mut other.blocks[4] {
            table.columns[1].width = 30.0;
            table.columns[1].centred = true;
        }
        assert_eq!(paper().digest(), other.digest());
    }

    #[test]
    fn words_do_not_slip_from_one_place_to_the_next() {
        let with = |one: &str, two: &str| {
            let mut paper = paper();
            paper.blocks = vec![say(one), say(two)];
            paper.digest()
        };
        let digests = [with("甲", "乙"), with("甲乙", ""), with("", "甲乙")];
        assert!(digests[0] != digests[1] && digests[1] != digests[2] && digests[0] != digests[2]);
    }

    fn say(words: &str) -> Block {
        Block::Paragraph(Text::of(words))
    }
}
