//! The health check of a release (指南体检): what passes the check at import and would still trip
//! the applicant or the clerk.
//!
//! Each rule has a code, a weight, and the law or standard it comes from; each finding its place
//! and a sentence on what is wrong and how to mend it. The check at import ([`crate::check()`])
//! refuses what can't be used; this one refuses nothing, it advises the guide's editor.

mod matter;
mod reference;
mod release;
mod rule;
mod situation;
mod wording;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::matter::{Matter, MatterCode};

pub use self::rule::{RULES, Rule, Weight};
use crate::package::GuidePackage;

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// The rule's code.
    pub code: String,
    /// How much it matters.
    pub weight: Weight,
    /// Where: a path such as `matters[3].materials[2].when`.
    pub place: String,
    /// 实施编码 of the matter it is about; none where it is about the release.
    pub matter: Option<MatterCode>,
    /// Its name; of the department, the bundle or the release where it is about no matter.
    pub subject: String,
    /// What is wrong and how to mend it.
    pub message: String,
    /// What the rule rests on.
    pub source: String,
}

/// Goes through `package` with every rule. The order is that of the package. `unprintable` are
/// those of its characters that no font of the papers has.
pub fn review(package: &GuidePackage, unprintable: &BTreeSet<char>) -> Vec<Finding> {
    let mut findings = Findings::default();
    release::review(package, &mut findings);
    for (at, matter) in package.matters.iter().enumerate() {
        findings.about_matter(at, matter);
        matter::review(matter, &mut findings);
        situation::review(matter, &mut findings);
        reference::review(matter, package.issued_on, &mut findings);
        wording::review(matter, unprintable, &mut findings);
    }
    findings.found
}

/// Collects findings about one subject after the other.
#[derive(Default)]
struct Findings {
    found: Vec<Finding>,
    prefix: String,
    matter: Option<MatterCode>,
    subject: String,
}

impl Findings {
    fn about(&mut self, prefix: impl Into<String>, subject: &str) {
        self.prefix = prefix.into();
        self.matter = None;
        subject.clone_into(&mut self.subject);
    }

    fn about_matter(&mut self, at: usize, matter: &Matter) {
        self.about(format!("matters[{at}]"), &matter.name);
        self.matter = Some(matter.code.clone());
    }

    /// `field` is the rest of the place, empty for the subject as a whole.
    fn add(&mut self, rule: &Rule, field: &str, message: impl Into<String>) {
        let dot = if field.is_empty() || field.starts_with('[') { "" } else { "." };
        self.found.push(Finding {
            code: rule.code.to_owned(),
            weight: rule.weight,
            place: format!("{}{dot}{field}", self.prefix),
            matter: self.matter.clone(),
            subject: self.subject.clone(),
            message: message.into(),
            source: rule.source.to_owned(),
        });
    }
}
