//! Reading a set piece by piece, so that what can't be read is named by its place: a reader that goes
//! through the whole would stop at the first fault and give a line of a text nobody sees.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use yichuang_domain::document::DocumentKind;

use super::check::{Finding, FindingCode, Place};
use super::{BlockTemplate, FORMAT, Numbering, Template, TemplateSet, Words};
use crate::logo::Logo;

/// The longest text of a set, in bytes: fifty times the shipped one.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// Reads a set.
///
/// # Errors
/// A finding ([`FindingCode::Unreadable`], [`FindingCode::BadLogo`]) for every piece that is none.
pub fn read(text: &str) -> Result<TemplateSet, Vec<Finding>> {
    let mut reader = Reader::default();
    let set = reader.set(text);
    match set {
        Some(set) if reader.findings.is_empty() => Ok(set),
        _ => Err(reader.findings),
    }
}

#[derive(Default)]
struct Reader {
    findings: Vec<Finding>,
    kind: Option<DocumentKind>,
}

impl Reader {
    fn find(&mut self, place: &Place, code: FindingCode, message: String) {
        self.findings.push(Finding::new(self.kind, place, code, message));
    }

    fn unreadable(&mut self, place: &Place, why: &impl std::fmt::Display) {
        let message = format!("读不懂：{why}，请改正");
        self.find(place, FindingCode::Unreadable, message);
    }

    /// One piece, or a finding.
    fn piece<T: DeserializeOwned>(&mut self, place: &Place, value: Value) -> Option<T> {
        match T::deserialize(value) {
            Ok(piece) => Some(piece),
            Err(error) => {
                self.unreadable(place, &error);
                None
            }
        }
    }

    fn set(&mut self, text: &str) -> Option<TemplateSet> {
        let root = Place::root();
        if text.len() > MOST_BYTES {
            self.unreadable(&root, &format!("超过{}MB", MOST_BYTES / 1024 / 1024));
            return None;
        }
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                self.unreadable(&root, &format!("第{line}行第{column}个字处不是JSON（{error}）"));
                return None;
            }
        };
        let Value::Object(mut given) = value else {
            self.unreadable(&root, &"不是一套文书模板");
            return None;
        };
        let format = given.remove("format");
        if format.as_ref().and_then(Value::as_str) != Some(FORMAT) {
            self.unreadable(&root.key("format"), &format!("format要写“{FORMAT}”"));
        }
        let header = self.needed::<Words>(&mut given, "header", "页眉");
        let logo = match given.remove("logo") {
            None | Some(Value::Null) => None,
            Some(value) => self.logo(value),
        };
        let numbering = match given.remove("numbering") {
            None | Some(Value::Null) => None,
            Some(value) => self.piece::<Numbering>(&root.at("numbering", "发文字号"), value),
        };
        let fragments = self.map(&mut given, "fragments").into_iter().map(|(name, value)| {
            let place = root.key("fragments").at(&name, &format!("片段“{name}”"));
            let blocks = self.blocks(&place, value);
            (name, blocks)
        });
        let fragments = fragments.collect();
        let papers = self.papers(&mut given);
        for name in given.keys() {
            self.unreadable(&root.key(name), &format!("没有叫“{name}”的部分"));
        }
        Some(TemplateSet {
            format: FORMAT.to_owned(),
            header: header?,
            logo,
            numbering,
            fragments,
            papers,
        })
    }

    fn needed<T: DeserializeOwned>(
        &mut self,
        given: &mut Map<String, Value>,
        name: &str,
        words: &str,
    ) -> Option<T> {
        let place = Place::root().at(name, words);
        let Some(value) = given.remove(name) else {
            self.unreadable(&place, &"缺少这一部分");
            return None;
        };
        self.piece(&place, value)
    }

    fn logo(&mut self, value: Value) -> Option<Logo> {
        let place = Place::root().at("logo", "徽标");
        let text = self.piece::<String>(&place, value)?;
        match Logo::try_from(text) {
            Ok(logo) => Some(logo),
            Err(fault) => {
                self.find(&place, FindingCode::BadLogo, fault.to_string());
                None
            }
        }
    }

    fn map(&mut self, given: &mut Map<String, Value>, name: &str) -> Map<String, Value> {
        match given.remove(name) {
            Some(Value::Object(map)) => map,
            _ => {
                self.unreadable(&Place::root().key(name), &format!("{name}要是一组带名称的内容"));
                Map::new()
            }
        }
    }

    fn papers(
        &mut self,
        given: &mut Map<String, Value>,
    ) -> std::collections::BTreeMap<DocumentKind, Template> {
        let mut papers = std::collections::BTreeMap::new();
        for (name, value) in self.map(given, "papers") {
            let place = Place::root().key("papers").key(&name);
            let Some(kind) = DocumentKind::ALL.iter().find(|kind| kind.as_str() == name) else {
                self.unreadable(&place, &format!("没有叫“{name}”的文书"));
                continue;
            };
            self.kind = Some(*kind);
            papers.extend(self.paper(&place, value).map(|template| (*kind, template)));
            self.kind = None;
        }
        papers
    }

    /// A template: its blocks one by one, then what surrounds them.
    fn paper(&mut self, place: &Place, value: Value) -> Option<Template> {
        let Value::Object(mut value) = value else {
            self.unreadable(place, &"不是一种文书的模板");
            return None;
        };
        let blocks = value.remove("blocks").unwrap_or_default();
        let blocks = self.blocks(&place.key("blocks"), blocks);
        let title = value.remove("title").unwrap_or_default();
        let title = self.piece::<Words>(&place.at("title", "标题"), title);
        value.insert("blocks".to_owned(), Value::Array(Vec::new()));
        value.insert("title".to_owned(), Value::String(String::new()));
        let template = self.piece::<Template>(place, Value::Object(value))?;
        Some(Template { title: title?, blocks, ..template })
    }

    fn blocks(&mut self, place: &Place, value: Value) -> Vec<BlockTemplate> {
        let Value::Array(blocks) = value else {
            self.unreadable(place, &"这里要是一段一段的内容");
            return Vec::new();
        };
        let mut read = Vec::with_capacity(blocks.len());
        for (i, block) in blocks.into_iter().enumerate() {
            read.extend(self.piece::<BlockTemplate>(&place.block(i), block));
        }
        read
    }
}
