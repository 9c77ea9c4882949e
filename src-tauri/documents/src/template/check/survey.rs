//! Walking a template: every use of a field with the conditions it stands under, and every name that
//! does not exist.

use super::{FindingCode, Inspection, Site};
use crate::template::BlockTemplate;
use crate::template::vocabulary;
use crate::template::when::{Atom, When};
use crate::template::words::{What, Words};

impl<'t> Inspection<'t> {
    /// Walks the header, the title and the blocks.
    pub(super) fn survey(&mut self) {
        let (set, template) = (self.set, self.template);
        self.words(&set.header, None, &[], "页眉");
        self.words(&template.title, None, &[], "标题");
        self.walk(&template.blocks, &mut Vec::new(), &mut Vec::new(), "");
    }

    pub(super) fn walk(
        &mut self,
        blocks: &'t [BlockTemplate],
        conditions: &mut Vec<&'t When>,
        within: &mut Vec<&'t str>,
        prefix: &str,
    ) {
        for (i, block) in blocks.iter().enumerate() {
            let place = format!("{prefix}第{}段", i + 1);
            conditions.push(block.when());
            self.conditions(block.when(), None, &place);
            self.block(block, conditions, within, &place);
            conditions.pop();
        }
    }

    pub(super) fn block(
        &mut self,
        block: &'t BlockTemplate,
        conditions: &mut Vec<&'t When>,
        within: &mut Vec<&'t str>,
        place: &str,
    ) {
        match block {
            BlockTemplate::Use { fragment, .. } => match self.set.fragments.get(fragment) {
                Some(blocks) if !within.contains(&fragment.as_str()) && within.len() < 4 => {
                    within.push(fragment);
                    self.walk(blocks, conditions, within, &format!("片段“{fragment}”"));
                    within.pop();
                }
                _ => self.unknown(place, "片段", fragment),
            },
            BlockTemplate::Address { text, .. }
            | BlockTemplate::Heading { text, .. }
            | BlockTemplate::Paragraph { text, .. } => self.words(text, None, conditions, place),
            BlockTemplate::Numbered { items, .. } => {
                items.iter().for_each(|item| self.words(item, None, conditions, place));
            }
            BlockTemplate::Pairs { rows, .. } => {
                for row in rows {
                    self.conditions(&row.when, None, place);
                    conditions.push(&row.when);
                    row.pairs.iter().for_each(|p| self.words(&p.value, None, conditions, place));
                    conditions.pop();
                }
            }
            BlockTemplate::Table { of, columns, notes, .. } => {
                if !vocabulary::lists().iter().any(|list| list.name == of) {
                    return self.unknown(place, "列表", of);
                }
                let width: f32 = columns.iter().map(|c| c.width).sum();
                if columns.is_empty() || columns.iter().any(|c| c.width < 5.0) || width > 170.5 {
                    let message = "表格各列至少5毫米，合计不超过170毫米，请调整列宽".to_owned();
                    self.find(place, FindingCode::TooWide, message);
                }
                let texts = columns.iter().map(|c| &c.text).chain(notes);
                texts.for_each(|text| self.words(text, Some(of), conditions, place));
            }
            BlockTemplate::Ruled { .. } => {}
            BlockTemplate::Signature { desk, signers, issuer, date, .. } => {
                let texts = desk.iter().chain(signers).chain([issuer, date]);
                texts.for_each(|text| self.words(text, None, conditions, place));
                self.signatures.push((block, conditions.clone()));
            }
        }
    }

    pub(super) fn words(
        &mut self,
        words: &'t Words,
        list: Option<&'t str>,
        conditions: &[&'t When],
        place: &str,
    ) {
        for part in &words.parts {
            self.conditions(&part.when, list, place);
            for token in &part.tokens {
                if let What::Field(field) = &token.what {
                    if self.name(field, list).is_none() {
                        self.unknown(place, "字段", field);
                        continue;
                    }
                    let mut conditions = conditions.to_vec();
                    conditions.push(&part.when);
                    self.sites.push(Site { field, list, conditions, place: place.to_owned() });
                }
            }
        }
    }

    /// Names the names of a condition that do not exist.
    pub(super) fn conditions(&mut self, when: &When, list: Option<&str>, place: &str) {
        for atom in when.atoms() {
            match atom {
                Atom::Present(name) if self.variable(name, list).is_none() => {
                    self.unknown(place, "条件", name);
                }
                Atom::Is(choice, value) => {
                    let known = vocabulary::choices().iter().find(|c| c.name == choice);
                    if !known.is_some_and(|c| c.values.contains(&value.as_str())) {
                        self.unknown(place, "条件", &format!("{choice}={value}"));
                    }
                }
                Atom::Present(_) => {}
            }
        }
    }

    pub(super) fn unknown(&mut self, place: &str, what: &str, name: &str) {
        let message = format!("没有名为“{name}”的{what}，请对照字段表改正");
        self.find(place, FindingCode::UnknownName, message);
    }
}
