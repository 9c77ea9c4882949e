//! What the check says, and where.

use serde::Serialize;
use ts_rs::TS;
use yichuang_domain::document::DocumentKind;

/// Something wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "TemplateFinding")]
pub struct Finding {
    /// The kind whose template it is; none for what the set has for all papers.
    pub kind: Option<DocumentKind>,
    /// Where in it, for instance `第3段`; empty for the template as a whole.
    pub place: String,
    /// The same as a JSON pointer (RFC 6901) into the set, for instance
    /// `/papers/refusal/blocks/2/text`.
    pub path: String,
    /// What is wrong.
    pub code: FindingCode,
    /// In words, with the way out.
    pub message: String,
}

/// What can be wrong with a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "TemplateFindingCode")]
pub enum FindingCode {
    /// What stands there is no template.
    Unreadable,
    /// The logo is no picture that papers can show.
    BadLogo,
    /// No template for a kind of paper.
    NoTemplate,
    /// A field, list, choice or fragment that does not exist.
    UnknownName,
    /// A field is used where it can have nothing to say.
    MayBeAbsent,
    /// What the paper must show is missing in some cases.
    RequiredMissing,
    /// No title, no part, no place for the seal or for signatures.
    Incomplete,
    /// A table that does not fit the page.
    TooWide,
    /// Too many conditions to be sure.
    TooIntricate,
    /// A character that no font draws.
    NotDrawable,
}

impl Finding {
    pub(crate) fn new(
        kind: Option<DocumentKind>,
        place: &Place,
        code: FindingCode,
        message: String,
    ) -> Self {
        Self { kind, place: place.words.clone(), path: place.path.clone(), code, message }
    }

    /// Whose template, and where: `《受理通知书》第3段`.
    pub fn whereabouts(&self) -> String {
        let kind =
            self.kind.map_or("公用部分".to_owned(), |kind| format!("《{}》", kind.title()));
        format!("{kind}{}", self.place)
    }
}

/// A place in a set, in words and as a pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    words: String,
    path: String,
}

impl Place {
    /// The set as a whole.
    pub(crate) fn root() -> Self {
        Self { words: String::new(), path: String::new() }
    }

    /// The template of a kind as a whole.
    pub(crate) fn of(kind: DocumentKind) -> Self {
        Self::root().key("papers").key(kind.as_str())
    }

    /// Further in, by a name that says nothing to people.
    pub(crate) fn key(&self, key: impl std::fmt::Display) -> Self {
        let key = key.to_string().replace('~', "~0").replace('/', "~1");
        Self { words: self.words.clone(), path: format!("{}/{key}", self.path) }
    }

    /// Further in, and what that is called.
    pub(crate) fn at(&self, key: impl std::fmt::Display, words: &str) -> Self {
        let inner = self.key(key);
        Self { words: format!("{}{words}", inner.words), ..inner }
    }

    /// The block of that index.
    pub(crate) fn block(&self, index: usize) -> Self {
        self.at(index, &format!("第{}段", index + 1))
    }
}
