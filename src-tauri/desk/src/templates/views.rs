//! What the screens and the command line see of templates.

use serde::Serialize;
use ts_rs::TS;
use yichuang_documents::template::vocabulary::{self, Name, Presence};
use yichuang_documents::template::{Template, TemplateSet};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::formal::USUAL_PATTERN;

use super::own;
use crate::desk::Desk;
use crate::error::DeskError;

/// The templates in use.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct TemplatesView {
    /// Which edition; 0 is the program's own, never replaced here.
    pub edition: u32,
    /// The set in use.
    pub set: TemplateSet,
    /// The program's own set.
    pub own: TemplateSet,
    /// Whether the hall changed header, logo, numbers or shared parts.
    pub shared_changed: bool,
    /// Every kind, in the order of the catalogue.
    pub kinds: Vec<TemplateKindView>,
    /// A pattern of numbers to begin with.
    pub pattern: String,
    /// The departments of the guide, which numbers are given for.
    pub departments: Vec<TemplateDepartment>,
}

/// A kind of paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TemplateKindView {
    /// Which.
    pub kind: DocumentKind,
    /// 文书名称.
    pub title: String,
    /// Whether the hall's template differs from the program's own.
    pub changed: bool,
}

/// A department of the guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TemplateDepartment {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// An edition that was installed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TemplateEditionView {
    /// From 1.
    pub edition: u32,
    /// When.
    pub at: String,
    /// By whom.
    pub by: String,
    /// What they said about it; may be empty.
    pub note: String,
    /// Whether it went back to the program's own templates.
    pub own: bool,
    /// Whether it is the one in use.
    pub in_use: bool,
}

/// What a template of one kind may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TemplateVocabulary {
    /// Fields.
    pub fields: Vec<FieldView>,
    /// Lists, for tables.
    pub lists: Vec<ListView>,
    /// What conditions may ask for besides.
    pub choices: Vec<ChoiceView>,
    /// Fields that the kind must show wherever a case has them; `列表.字段` for those of a list.
    pub required: Vec<String>,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FieldView {
    /// As templates write it.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// What it might say.
    pub example: String,
    /// The condition under which it has something to say; none where it always has.
    pub when: Option<String>,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ListView {
    /// As templates write it.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// What each item has.
    pub fields: Vec<FieldView>,
}

/// A property of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChoiceView {
    /// As conditions write it.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// What it can be.
    pub values: Vec<String>,
    /// What a specimen shows unless something else is asked for.
    pub usual: String,
}

impl From<&Name> for FieldView {
    fn from(name: &Name) -> Self {
        let when = match name.presence {
            Presence::Always => None,
            Presence::Sometimes => Some(name.name.to_owned()),
            Presence::With(other) => Some(other.to_owned()),
        };
        Self {
            name: name.name.to_owned(),
            meaning: name.meaning.to_owned(),
            example: name.example.to_owned(),
            when,
        }
    }
}

/// What a template of `kind` may name.
pub fn vocabulary_of(kind: DocumentKind) -> TemplateVocabulary {
    let mut fields: Vec<FieldView> = Vec::new();
    for name in vocabulary::fields(kind) {
        if !fields.iter().any(|field| field.name == name.name) {
            fields.push(FieldView::from(&name));
        }
    }
    let list = |list: &vocabulary::List| ListView {
        name: list.name.to_owned(),
        meaning: list.meaning.to_owned(),
        fields: list.fields.iter().map(FieldView::from).collect(),
    };
    let choice = |choice: &vocabulary::Choice| ChoiceView {
        name: choice.name.to_owned(),
        meaning: choice.meaning.to_owned(),
        values: choice.values.iter().map(|value| (*value).to_owned()).collect(),
        usual: choice.usual.to_owned(),
    };
    TemplateVocabulary {
        fields,
        lists: vocabulary::lists().iter().map(list).collect(),
        choices: vocabulary::choices().iter().map(choice).collect(),
        required: vocabulary::required(kind).into_iter().map(str::to_owned).collect(),
    }
}

impl Desk {
    /// The templates in use, beside the program's own.
    ///
    /// # Errors
    /// [`DeskError::TemplatesUnreadable`].
    pub fn templates_view(&self) -> Result<TemplatesView, DeskError> {
        let used = self.templates_in_use()?;
        let own = own()?;
        let kind = |&kind: &DocumentKind| TemplateKindView {
            kind,
            title: kind.title().to_owned(),
            changed: template(&used.set, kind) != template(&own, kind),
        };
        let departments = match self.guide() {
            Ok(guide) => departments(&guide.package.departments),
            Err(DeskError::NoGuide) => Vec::new(),
            Err(error) => return Err(error),
        };
        Ok(TemplatesView {
            edition: used.edition,
            set: used.set.clone(),
            shared_changed: shared(&used.set) != shared(&own),
            kinds: DocumentKind::ALL.iter().map(kind).collect(),
            pattern: USUAL_PATTERN.to_owned(),
            departments,
            own,
        })
    }
}

/// A set as text, the same for the same set.
///
/// # Errors
/// None of a set that was read.
pub fn written(set: &TemplateSet) -> Result<String, DeskError> {
    serde_json::to_string_pretty(set)
        .map_err(|error| DeskError::TemplatesUnreadable { edition: 0, detail: error.to_string() })
}

fn departments(departments: &[yichuang_domain::matter::Department]) -> Vec<TemplateDepartment> {
    let view = |department: &yichuang_domain::matter::Department| TemplateDepartment {
        code: department.code.clone(),
        name: department.name.clone(),
    };
    departments.iter().map(view).collect()
}

fn template(set: &TemplateSet, kind: DocumentKind) -> Option<&Template> {
    set.papers.get(&kind)
}

/// What a set has for all papers.
fn shared(set: &TemplateSet) -> TemplateSet {
    TemplateSet { papers: Default::default(), ..set.clone() }
}
