//! The check of a template set (模板检查): before a hall's template is used, it is proven that no case
//! can get a paper from it that lacks what the law wants there, or that names what it does not have.
//!
//! Every place that uses a field stands under conditions. For each of them the few names in its
//! conditions are set to everything they can be; a required field must stand somewhere whenever the
//! case has it, and no field may be used where it can have nothing to say.

mod combinations;
mod finding;
mod survey;

use std::collections::BTreeMap;

use yichuang_domain::document::DocumentKind;

use super::vocabulary;
use super::when::When;
use super::words::Words;
use super::{BlockTemplate, PartTemplate, Template, TemplateSet};

pub(crate) use finding::Place;
pub use finding::{Finding, FindingCode};

/// More combinations than this are not gone through.
const MOST_COMBINATIONS: usize = 1 << 16;

/// A template with more blocks than this, those of fragments counted wherever they are used, is not
/// gone through.
const MOST_BLOCKS: usize = 2_000;

/// Everything wrong with a set; nothing where it can be used.
pub fn check(set: &TemplateSet) -> Vec<Finding> {
    let mut findings = Vec::new();
    for &kind in DocumentKind::ALL {
        match set.papers.get(&kind) {
            None => findings.push(Finding::new(
                Some(kind),
                &Place::of(kind),
                FindingCode::NoTemplate,
                format!("缺少《{}》的模板，请补上", kind.title()),
            )),
            Some(template) => Inspection::of(set, template, kind).run(&mut findings),
        }
    }
    findings
}

/// A use of a field.
struct Site<'t> {
    field: &'t str,
    /// The list whose items it is written for.
    list: Option<&'t str>,
    /// All of these hold where it stands.
    conditions: Vec<&'t When>,
    place: Place,
}

/// A variable of the case that conditions ask for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Variable {
    /// Whether this field, list, or `list.field` has something to say.
    Has(String),
    /// Which value this choice has.
    Choice(&'static str),
}

/// A value of every variable: for [`Variable::Has`] 0 or 1, for a choice the index of its value.
type Assignment = BTreeMap<Variable, usize>;

struct Inspection<'t> {
    set: &'t TemplateSet,
    template: &'t Template,
    kind: DocumentKind,
    sites: Vec<Site<'t>>,
    signatures: Vec<(&'t BlockTemplate, Vec<&'t When>)>,
    /// Blocks walked so far, those of fragments wherever they are used.
    walked: usize,
    findings: Vec<Finding>,
}

impl<'t> Inspection<'t> {
    fn of(set: &'t TemplateSet, template: &'t Template, kind: DocumentKind) -> Self {
        Self {
            set,
            template,
            kind,
            sites: Vec::new(),
            signatures: Vec::new(),
            walked: 0,
            findings: Vec::new(),
        }
    }

    fn run(mut self, findings: &mut Vec<Finding>) {
        self.survey();
        self.whole();
        self.absent();
        self.required();
        // A shared fragment is walked wherever it is used; what is wrong with it is said once.
        for finding in self.findings {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }

    fn find(&mut self, place: &Place, code: FindingCode, message: String) {
        self.findings.push(Finding::new(Some(self.kind), place, code, message));
    }

    /// The template as a whole.
    fn here(&self) -> Place {
        Place::of(self.kind)
    }

    /// Fields used where they can have nothing to say.
    fn absent(&mut self) {
        let mut found = Vec::new();
        for site in &self.sites {
            let Some(Some(variable)) = self.variable(site.field, site.list) else { continue };
            let mut variables = self.variables(&site.conditions, site.list);
            variables.push(variable.clone());
            variables.extend(site.list.map(|list| Variable::Has(list.to_owned())));
            let told =
                Self::some(variables, |at| self.shown(site, at) && at.get(&variable) == Some(&0));
            let name = site.field;
            let message = format!("“{name}”有时没有内容，请加适用条件“{name}”");
            found.push((site.place.clone(), told, message));
        }
        for (place, told, message) in found {
            self.report(&place, told, FindingCode::MayBeAbsent, message);
        }
    }

    /// Required fields that some case would not get.
    fn required(&mut self) {
        let mut found = Vec::new();
        for name in vocabulary::required(self.kind) {
            let (list, field) = match name.split_once('.') {
                Some((list, field)) => (Some(list), field),
                None => (None, name),
            };
            let sites: Vec<&Site<'_>> =
                self.sites.iter().filter(|s| s.field == field && s.list == list).collect();
            let mut variables: Vec<Variable> =
                sites.iter().flat_map(|site| self.variables(&site.conditions, site.list)).collect();
            let has = self.variable(field, list).flatten();
            variables.extend(has.clone());
            variables.extend(list.map(|list| Variable::Has(list.to_owned())));
            let told = Self::some(variables, |at| {
                let list_is_there =
                    list.is_none_or(|list| at.get(&Variable::Has(list.to_owned())) == Some(&1));
                let has = has.as_ref().is_none_or(|variable| at.get(variable) == Some(&1));
                list_is_there && has && !sites.iter().any(|site| self.shown(site, at))
            });
            let message = format!("《{}》必须写明“{name}”，请补上", self.kind.title());
            found.push((told, message));
        }
        for (told, message) in found {
            self.report(&self.here(), told, FindingCode::RequiredMissing, message);
        }
    }

    /// Title, parts, the seal's place and the signatures.
    fn whole(&mut self) {
        let title = &self.template.title;
        let conditions: Vec<&When> = title.parts.iter().map(|p| &p.when).collect();
        let untitled = Self::some(self.variables(&conditions, None), |at| {
            !title.parts.iter().any(|p| !p.tokens.is_empty() && self.holds(&p.when, None, at))
        });
        let message = "标题在有些情形下是空的，请补上".to_owned();
        self.report(&self.here().at("title", "标题"), untitled, FindingCode::Incomplete, message);

        let nameless = |p: &PartTemplate| p.name.trim().is_empty() || p.to.trim().is_empty();
        if self.template.parts.is_empty() || self.template.parts.iter().any(nameless) {
            let message = "至少要有一联，每一联都要有联名和去向".to_owned();
            self.find(&self.here(), FindingCode::Incomplete, message);
        }

        let signatures = std::mem::take(&mut self.signatures);
        let conditions: Vec<&When> = signatures.iter().flat_map(|s| s.1.clone()).collect();
        let unsigned = Self::some(self.variables(&conditions, None), |at| {
            let standing = |s: &&(&BlockTemplate, Vec<&When>)| {
                s.1.iter().all(|when| self.holds(when, None, at))
            };
            signatures.iter().filter(standing).count() != 1
        });
        let message = "落款要有且只有一处，请检查落款段的适用条件".to_owned();
        self.report(&self.here(), unsigned, FindingCode::Incomplete, message);
        let kind = self.kind;
        let faulty = |block: &BlockTemplate| match block {
            BlockTemplate::Signature { signers, issuer, seal, date, .. } => {
                let sealed = !issuer.is_empty() && !seal.trim().is_empty() && !date.is_empty();
                signers.iter().all(Words::is_empty) || (kind.is_sealed() && !sealed)
            }
            _ => false,
        };
        if signatures.iter().any(|(block, _)| faulty(block)) {
            let message = match kind.is_sealed() {
                true => "落款要有签字人、机关名称、印章位置和日期",
                false => "落款要有签字人",
            };
            self.find(&self.here(), FindingCode::Incomplete, message.to_owned());
        }
    }
}
