//! Making a paper from its template and the values of a case.

use yichuang_domain::document::DocumentKind;

use super::when::{Atom, When};
use super::words::{What, Words};
use super::{BlockTemplate, Item, PairRow, TemplateSet, Values};
use crate::paper::{Block, Column, Format, Pair, Part, Row, Signature, Table, Text, Typeface};

/// A template that can't be filled. A set that [`super::check`] passed has none of these.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// The set has no template of that kind.
    #[error("模板里没有《{}》", kind.title())]
    NoTemplate {
        /// Which.
        kind: DocumentKind,
    },
    /// A field has nothing to say here, or no such field is known.
    #[error("模板用了字段“{field}”，但这份文书没有这项内容")]
    Absent {
        /// Which.
        field: String,
    },
    /// A fragment that the set does not have, or that uses itself.
    #[error("模板用了片段“{name}”，但没有这个片段")]
    NoFragment {
        /// Which.
        name: String,
    },
}

/// What a filled template says; what surrounds it on the page comes from its caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The sheet.
    pub sheet: Format,
    /// In what it is set.
    pub typeface: Typeface,
    /// Over the title.
    pub header: Text,
    /// 文书名称.
    pub title: Text,
    /// Its copies.
    pub parts: Vec<Part>,
    /// Under the QR code.
    pub code_caption: String,
    /// The content.
    pub blocks: Vec<Block>,
}

impl TemplateSet {
    /// Fills the template of a kind.
    ///
    /// # Errors
    /// [`FillError`], for a set that was not checked.
    pub fn fill(&self, kind: DocumentKind, values: &Values) -> Result<Filled, FillError> {
        let template = self.papers.get(&kind).ok_or(FillError::NoTemplate { kind })?;
        let filler = Filler { set: self, values };
        let part = |p: &super::PartTemplate| Part { name: p.name.clone(), to: p.to.clone() };
        let mut filling = Filling::default();
        filler.blocks(&template.blocks, 0, &mut filling)?;
        Ok(Filled {
            sheet: template.sheet,
            typeface: template.typeface,
            code_caption: template.code_caption.clone(),
            header: filler.words(&self.header, None)?,
            title: filler.words(&template.title, None)?,
            parts: template.parts.iter().map(part).collect(),
            blocks: filling.blocks,
        })
    }
}

struct Filler<'a> {
    set: &'a TemplateSet,
    values: &'a Values,
}

/// The blocks so far, and how many headings are among them.
#[derive(Default)]
struct Filling {
    blocks: Vec<Block>,
    headings: usize,
}

/// How deep fragments may use fragments.
const DEEPEST: usize = 4;

impl Filler<'_> {
    fn stands(&self, when: &When, item: Option<&Item>) -> bool {
        when.holds(&|atom| match atom {
            Atom::Present(name) => {
                item.is_some_and(|item| item.contains_key(name.as_str()))
                    || self.values.fields.contains_key(name.as_str())
                    || self.values.lists.get(name.as_str()).is_some_and(|list| !list.is_empty())
            }
            Atom::Is(choice, value) => {
                self.values.choices.get(choice.as_str()).is_some_and(|v| v == value)
            }
        })
    }

    fn words(&self, words: &Words, item: Option<&Item>) -> Result<Text, FillError> {
        let mut text = Text::default();
        for part in words.parts.iter().filter(|part| self.stands(&part.when, item)) {
            for token in &part.tokens {
                let mut value = match &token.what {
                    What::Say(said) => Text::of(said.as_str()),
                    What::Field(name) => item
                        .and_then(|item| item.get(name.as_str()))
                        .or_else(|| self.values.fields.get(name.as_str()))
                        .cloned()
                        .ok_or_else(|| FillError::Absent { field: name.clone() })?,
                };
                if token.bold {
                    value.0.iter_mut().for_each(|span| span.bold = true);
                }
                text = text.then(value);
            }
        }
        Ok(text)
    }

    fn each(&self, all: &[Words], item: Option<&Item>) -> Result<Vec<Text>, FillError> {
        let mut texts = Vec::with_capacity(all.len());
        for words in all {
            let text = self.words(words, item)?;
            if !text.is_empty() {
                texts.push(text);
            }
        }
        Ok(texts)
    }

    fn blocks(
        &self,
        templates: &[BlockTemplate],
        depth: usize,
        filling: &mut Filling,
    ) -> Result<(), FillError> {
        for template in templates {
            if self.stands(template.when(), None) {
                self.block(template, depth, filling)?;
            }
        }
        Ok(())
    }

    fn block(
        &self,
        template: &BlockTemplate,
        depth: usize,
        filling: &mut Filling,
    ) -> Result<(), FillError> {
        match template {
            BlockTemplate::Use { fragment, .. } => {
                let missing = || FillError::NoFragment { name: fragment.clone() };
                let blocks = self.set.fragments.get(fragment).ok_or_else(missing)?;
                if depth >= DEEPEST {
                    return Err(missing());
                }
                self.blocks(blocks, depth + 1, filling)?;
            }
            BlockTemplate::Address { text, .. } => {
                filling.blocks.push(Block::Address(self.words(text, None)?));
            }
            BlockTemplate::Heading { text, .. } => {
                filling.headings += 1;
                let number = format!("{}、", numeral(filling.headings));
                filling.blocks.push(Block::Heading(Text::of(number).then(self.words(text, None)?)));
            }
            BlockTemplate::Paragraph { text, .. } => {
                let text = self.words(text, None)?;
                if !text.is_empty() {
                    filling.blocks.push(Block::Paragraph(text));
                }
            }
            BlockTemplate::Numbered { items, .. } => {
                for (i, text) in self.each(items, None)?.into_iter().enumerate() {
                    let number = format!("（{}）", numeral(i + 1));
                    filling.blocks.push(Block::Paragraph(Text::of(number).then(text)));
                }
            }
            BlockTemplate::Pairs { rows, .. } => {
                let rows = rows.iter().filter(|row| self.stands(&row.when, None));
                let rows = rows.map(|row| self.pairs(row)).collect::<Result<Vec<_>, _>>()?;
                if !rows.is_empty() {
                    filling.blocks.push(Block::Pairs(rows));
                }
            }
            BlockTemplate::Table { of, columns, notes, .. } => {
                let items = self.values.lists.get(of.as_str()).map_or(&[][..], Vec::as_slice);
                let rows = items.iter().map(|item| {
                    let cells = columns.iter().map(|c| self.words(&c.text, Some(item)));
                    Ok(Row {
                        cells: cells.collect::<Result<_, _>>()?,
                        notes: self.each(notes, Some(item))?,
                    })
                });
                let rows = rows.collect::<Result<Vec<_>, _>>()?;
                if !rows.is_empty() {
                    let columns = columns.iter().map(|c| Column {
                        title: c.title.clone(),
                        width: c.width,
                        centred: c.centred,
                        lead: c.lead,
                    });
                    filling.blocks.push(Block::Table(Table { columns: columns.collect(), rows }));
                }
            }
            BlockTemplate::Ruled { lines, .. } => filling.blocks.push(Block::Ruled(*lines)),
            BlockTemplate::Signature { desk, signers, issuer, seal, date, .. } => {
                let signers = self.each(signers, None)?;
                filling.blocks.push(Block::Signature(Signature {
                    desk: self.each(desk, None)?,
                    signers: signers.iter().map(Text::plain).collect(),
                    issuer: self.words(issuer, None)?,
                    seal: seal.clone(),
                    date: self.words(date, None)?,
                    signed: None,
                }));
            }
        }
        Ok(())
    }

    fn pairs(&self, row: &PairRow) -> Result<Vec<Pair>, FillError> {
        let pair = |pair: &super::PairTemplate| {
            Ok(Pair { label: pair.label.clone(), value: self.words(&pair.value, None)? })
        };
        row.pairs.iter().map(pair).collect()
    }
}

impl BlockTemplate {
    /// When it stands.
    pub(crate) fn when(&self) -> &When {
        match self {
            Self::Use { when, .. }
            | Self::Address { when, .. }
            | Self::Heading { when, .. }
            | Self::Paragraph { when, .. }
            | Self::Numbered { when, .. }
            | Self::Pairs { when, .. }
            | Self::Table { when, .. }
            | Self::Ruled { when, .. }
            | Self::Signature { when, .. } => when,
        }
    }
}

/// 一 to 九十九.
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (n / 10, n % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens % 10], DIGITS[ones]),
    }
}
