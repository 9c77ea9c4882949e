//! The words that a set itself puts on papers, each with its place, and those that no font draws.

use std::collections::BTreeSet;

use yichuang_domain::document::DocumentKind;

use super::check::{Finding, FindingCode, Place};
use super::words::{What, Words};
use super::{BlockTemplate, TemplateSet};
use crate::error::{DocumentError, code_point};
use crate::press::Press;

/// Findings for every character of the set's own words that no paper can show: it would stop each
/// paper of its kind at the counter.
///
/// # Errors
/// [`DocumentError`] where a font that papers can't do without is missing or broken.
pub fn undrawable(set: &TemplateSet, press: &Press) -> Result<Vec<Finding>, DocumentError> {
    let mut said = Said::default();
    said.set(set);
    let all: BTreeSet<char> = said.0.iter().flat_map(|(_, _, words)| words.chars()).collect();
    let missing = press.undrawable(&all)?;
    let mut findings = Vec::new();
    for (kind, place, words) in said.0 {
        let bad: BTreeSet<char> = words.chars().filter(|c| missing.contains(c)).collect();
        if bad.is_empty() {
            continue;
        }
        let named: Vec<_> =
            bad.into_iter().map(|c| format!("“{c}”（{}）", code_point(c))).collect();
        let message = format!("字库里没有{}，打印不出来，请换成别的字", named.join("、"));
        findings.push(Finding::new(kind, &place, FindingCode::NotDrawable, message));
    }
    Ok(findings)
}

/// Words with whose they are and where they stand.
#[derive(Default)]
struct Said(Vec<(Option<DocumentKind>, Place, String)>);

impl Said {
    fn set(&mut self, set: &TemplateSet) {
        self.words(None, &Place::root().at("header", "页眉"), &set.header);
        if let Some(numbering) = &set.numbering {
            let place = Place::root().at("numbering", "发文字号");
            self.put(None, &place.key("pattern"), &String::from(numbering.pattern.clone()));
            for (code, word) in &numbering.authorities {
                self.put(None, &place.key("authorities").key(code), word);
            }
            for (kind, word) in &numbering.kinds {
                self.put(Some(*kind), &place.key("kinds").key(kind.as_str()), word);
            }
        }
        let fragments = Place::root().key("fragments");
        for (name, blocks) in &set.fragments {
            self.blocks(None, &fragments.at(name, &format!("片段“{name}”")), blocks);
        }
        for (kind, template) in &set.papers {
            let (kind, place) = (Some(*kind), Place::root().key("papers").key(kind.as_str()));
            self.words(kind, &place.at("title", "标题"), &template.title);
            self.put(kind, &place.at("code_caption", "二维码说明"), &template.code_caption);
            for (i, part) in template.parts.iter().enumerate() {
                let place = place.key("parts").at(i, &format!("第{}联", i + 1));
                self.put(kind, &place.key("name"), &part.name);
                self.put(kind, &place.key("to"), &part.to);
            }
            self.blocks(kind, &place.key("blocks"), &template.blocks);
        }
    }

    fn put(&mut self, kind: Option<DocumentKind>, place: &Place, words: &str) {
        self.0.push((kind, place.clone(), words.to_owned()));
    }

    fn words(&mut self, kind: Option<DocumentKind>, place: &Place, words: &Words) {
        let tokens = words.parts.iter().flat_map(|part| &part.tokens);
        let said = tokens.filter_map(|token| match &token.what {
            What::Say(said) => Some(said.as_str()),
            What::Field(_) => None,
        });
        let said: String = said.collect();
        self.put(kind, place, &said);
    }

    fn all(&mut self, kind: Option<DocumentKind>, place: &Place, all: &[Words]) {
        for (i, words) in all.iter().enumerate() {
            self.words(kind, &place.key(i), words);
        }
    }

    fn blocks(&mut self, kind: Option<DocumentKind>, place: &Place, blocks: &[BlockTemplate]) {
        for (i, block) in blocks.iter().enumerate() {
            self.block(kind, &place.block(i), block);
        }
    }

    fn block(&mut self, kind: Option<DocumentKind>, place: &Place, block: &BlockTemplate) {
        match block {
            BlockTemplate::Use { .. } | BlockTemplate::Ruled { .. } => {}
            BlockTemplate::Address { text, .. }
            | BlockTemplate::Heading { text, .. }
            | BlockTemplate::Paragraph { text, .. } => self.words(kind, &place.key("text"), text),
            BlockTemplate::Numbered { items, .. } => self.all(kind, &place.key("items"), items),
            BlockTemplate::Pairs { rows, .. } => {
                for (i, row) in rows.iter().enumerate() {
                    for (j, pair) in row.pairs.iter().enumerate() {
                        let place = place.key("rows").key(i).key("pairs").key(j);
                        self.put(kind, &place.key("label"), &pair.label);
                        self.words(kind, &place.key("value"), &pair.value);
                    }
                }
            }
            BlockTemplate::Table { columns, notes, .. } => {
                for (i, column) in columns.iter().enumerate() {
                    let place = place.key("columns").key(i);
                    self.put(kind, &place.key("title"), &column.title);
                    self.words(kind, &place.key("text"), &column.text);
                }
                self.all(kind, &place.key("notes"), notes);
            }
            BlockTemplate::Signature { desk, signers, issuer, seal, date, .. } => {
                self.all(kind, &place.key("desk"), desk);
                self.all(kind, &place.key("signers"), signers);
                self.words(kind, &place.key("issuer"), issuer);
                self.put(kind, &place.key("seal"), seal);
                self.words(kind, &place.key("date"), date);
            }
        }
    }
}
