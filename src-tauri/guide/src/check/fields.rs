//! Reading the fields of a JSON object one by one, noting everything that is wrong with them
//! instead of stopping at the first.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;

use jiff::civil::Date;
use serde_json::{Map, Value};
use yichuang_domain::intake::parse_date;

use crate::problem::{Problem, Severity};

/// How many problems are listed; a file with more is not a guide with slips but no guide.
pub const MOST_PROBLEMS: usize = 500;

/// Where a value stands: a path that is only written out when something is wrong there.
#[derive(Clone, Copy)]
pub enum Place<'p> {
    /// The file itself.
    Root,
    /// A key of the object at that place.
    Key(&'p Place<'p>, &'p str),
    /// An element of the list at that place.
    Index(&'p Place<'p>, usize),
}

impl Place<'_> {
    /// Writes the path out, for instance `matters[3].materials[2].when`.
    pub fn render(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Key(Self::Root, key) => (*key).to_owned(),
            Self::Key(parent, key) => format!("{}.{key}", parent.render()),
            Self::Index(parent, index) => format!("{}[{index}]", parent.render()),
        }
    }
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `yichuang-guide/1`.
    V1,
    /// `yichuang-guide/2`.
    V2,
}

/// Collects problems.
pub struct Notes {
    /// The format of the file.
    pub format: Format,
    problems: RefCell<Vec<Problem>>,
    left_out: RefCell<usize>,
}

impl Notes {
    /// For a file of that format.
    pub fn of(format: Format) -> Self {
        Self { format, problems: RefCell::default(), left_out: RefCell::default() }
    }

    /// Notes an error at `place`.
    pub fn error(&self, code: &str, place: &Place<'_>, message: impl Into<String>) {
        self.push(|| Problem::error(code, place.render(), message), Severity::Error);
    }

    /// Notes a warning at `place`.
    pub fn warning(&self, code: &str, place: &Place<'_>, message: impl Into<String>) {
        self.push(|| Problem::warning(code, place.render(), message), Severity::Warning);
    }

    /// Errors are always listed before the limit is used up by warnings.
    fn push(&self, problem: impl FnOnce() -> Problem, severity: Severity) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() >= MOST_PROBLEMS {
            *self.left_out.borrow_mut() += 1;
            if severity == Severity::Warning {
                return;
            }
            match problems.iter().rposition(|p| p.severity == Severity::Warning) {
                Some(warning) => drop(problems.remove(warning)),
                None => return,
            }
        }
        problems.push(problem());
    }

    /// Everything noted; where some was left out, the last says how much.
    pub fn into_problems(self) -> Vec<Problem> {
        let (mut problems, left_out) = (self.problems.into_inner(), self.left_out.into_inner());
        if left_out > 0 {
            let message = format!("另有{left_out}个问题没有列出，请先改正以上问题再检查");
            problems.push(Problem::warning("too-many-problems", String::new(), message));
        }
        problems
    }
}

/// What is known about a key that is absent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Its absence is an error.
    Required,
    /// Its absence is a warning; the package goes on without it.
    Expected,
    /// It may be absent.
    Free,
    /// Required in format 1; from format 2 on there is a default.
    RequiredIn1,
    /// Expected in format 1; from format 2 on its absence says something.
    ExpectedIn1,
    /// Required in format 1, expected from format 2 on.
    ExpectedFrom2,
}

impl Need {
    /// What it means in `format`: one of the first three.
    fn within(self, format: Format) -> Self {
        match (self, format) {
            (Self::RequiredIn1 | Self::ExpectedFrom2, Format::V1) => Self::Required,
            (Self::ExpectedIn1, Format::V1) | (Self::ExpectedFrom2, Format::V2) => Self::Expected,
            (Self::RequiredIn1 | Self::ExpectedIn1, Format::V2) => Self::Free,
            (same, _) => same,
        }
    }
}

/// Whether a text may be empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// It must say something.
    Filled,
    /// It should say something.
    Advised,
    /// It may be empty.
    Any,
}

/// An object whose fields are being read.
#[derive(Clone, Copy)]
pub struct Fields<'v, 'p> {
    map: &'v Map<String, Value>,
    /// Where the object stands.
    pub place: &'p Place<'p>,
    /// Where problems go.
    pub notes: &'p Notes,
}

/// What a JSON value is, in the editor's words.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "空值null",
        Value::Bool(_) => "true/false",
        Value::Number(_) => "数字",
        Value::String(_) => "文字",
        Value::Array(_) => "列表",
        Value::Object(_) => "对象",
    }
}

/// Notes that a value is not what it should be.
pub fn wrong_type(notes: &Notes, place: &Place<'_>, wanted: &str, found: &Value) {
    notes.error("wrong-type", place, format!("这里应为{wanted}，现为{}", kind_of(found)));
}

/// Whether a text says nothing: only blanks, controls and marks of no width.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}')
    })
}

impl<'v, 'p> Fields<'v, 'p> {
    /// The fields of `value`; notes a value that is no object.
    pub fn of(value: &'v Value, place: &'p Place<'p>, notes: &'p Notes) -> Option<Self> {
        match value {
            Value::Object(map) => Some(Self { map, place, notes }),
            other => {
                wrong_type(notes, place, "对象{…}", other);
                None
            }
        }
    }

    /// The place of one of the keys.
    pub fn at<'k>(&self, key: &'k str) -> Place<'k>
    where
        'p: 'k,
    {
        Place::Key(self.place, key)
    }

    /// Warns of every key that the format does not have.
    pub fn only(&self, known: &[&str]) {
        for key in self.map.keys().filter(|key| !known.contains(&key.as_str())) {
            let message = format!("本格式没有“{key}”这一项，已忽略；如拼写有误请改正");
            self.notes.warning("unknown-field", &self.at(key), message);
        }
    }

    /// Like [`Self::only`], and from format 2 on `reference` too.
    pub fn known(&self, known: &[&str]) {
        match self.notes.format {
            Format::V1 => self.only(known),
            Format::V2 => self.only(&[known, &["reference"]].concat()),
        }
    }

    /// The value of `key`, null included; notes its absence.
    pub fn raw(&self, key: &str, need: Need) -> Option<&'v Value> {
        let found = self.map.get(key);
        if found.is_none() {
            let message = format!("缺少“{key}”");
            match need.within(self.notes.format) {
                Need::Required => {
                    self.notes.error("missing-field", &self.at(key), message + "，请补上");
                }
                Need::Expected => {
                    self.notes.warning("missing-field", &self.at(key), message + "，按空处理");
                }
                _ => {}
            }
        }
        found
    }

    /// The value of `key`, or none where it is null or absent.
    pub fn nullable(&self, key: &str, need: Need) -> Option<&'v Value> {
        self.raw(key, need).filter(|value| !value.is_null())
    }

    /// A text.
    pub fn text(&self, key: &str, need: Need, fill: Text) -> Option<&'v str> {
        let value = match (need, fill) {
            (Need::Expected | Need::ExpectedIn1 | Need::Free, Text::Any) => {
                self.nullable(key, need)?
            }
            _ => self.raw(key, need)?,
        };
        let Value::String(text) = value else {
            wrong_type(self.notes, &self.at(key), "文字", value);
            return None;
        };
        if is_blank(text) {
            match fill {
                Text::Filled => {
                    let message = format!("“{key}”不能为空，请填写");
                    self.notes.error("empty-text", &self.at(key), message);
                    return None;
                }
                Text::Advised => {
                    let message = format!("“{key}”为空，文书上将没有这一项");
                    self.notes.warning("empty-text", &self.at(key), message);
                }
                Text::Any => {}
            }
        }
        Some(text)
    }

    /// A text that may be absent, but not null.
    pub fn words(&self, key: &str) -> Option<&'v str> {
        match self.map.get(key)? {
            Value::String(text) => Some(text),
            other => {
                wrong_type(self.notes, &self.at(key), "文字", other);
                None
            }
        }
    }

    /// Texts that may be absent, but not null.
    pub fn all_words(&self, keys: &[&str]) {
        for key in keys {
            self.words(key);
        }
    }

    /// An id: a text without blanks around it.
    pub fn id(&self, key: &str) -> Option<&'v str> {
        let text = self.text(key, Need::Required, Text::Filled)?;
        if text.trim() != text || text.chars().any(char::is_control) {
            let message = format!("“{text}”前后或中间有空白、控制字符，请去掉");
            self.notes.error("bad-id", &self.at(key), message);
            return None;
        }
        Some(text)
    }

    /// A whole number from `least` to `most`.
    pub fn number(&self, key: &str, need: Need, least: u64, most: u64) -> Option<u64> {
        let value = self.raw(key, need)?;
        let Value::Number(number) = value else {
            wrong_type(self.notes, &self.at(key), "整数", value);
            return None;
        };
        let found = number.as_u64().filter(|n| (least..=most).contains(n));
        if found.is_none() {
            let message = format!("“{key}”应为{least}至{most}的整数，现为{number}");
            self.notes.error("out-of-range", &self.at(key), message);
        }
        found
    }

    /// True or false.
    pub fn flag(&self, key: &str, need: Need) -> Option<bool> {
        let value = self.raw(key, need)?;
        if !value.is_boolean() {
            wrong_type(self.notes, &self.at(key), "true或false", value);
        }
        value.as_bool()
    }

    /// One of the names that the format has for this field.
    pub fn one_of(&self, key: &str, need: Need, names: &[&str]) -> Option<&'v str> {
        let value = self.raw(key, need)?;
        one_of(self.notes, &self.at(key), value, names)
    }

    /// A date, `YYYY-MM-DD`.
    pub fn date(&self, key: &str, need: Need) -> Option<Date> {
        let value = self.raw(key, need)?;
        date(self.notes, &self.at(key), value)
    }

    /// A list; empty where there is none.
    pub fn list(&self, key: &str, need: Need) -> &'v [Value] {
        match self.raw(key, need) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(other) => {
                wrong_type(self.notes, &self.at(key), "列表[…]", other);
                &[]
            }
        }
    }

    /// A list of texts, none of them empty.
    pub fn texts(&self, key: &str, need: Need) {
        let place = self.at(key);
        for (i, value) in self.list(key, need).iter().enumerate() {
            let place = Place::Index(&place, i);
            match value {
                Value::String(text) if is_blank(text) => {
                    self.notes.warning("empty-text", &place, "这一条是空的，请填写或删去");
                }
                Value::String(_) => {}
                other => wrong_type(self.notes, &place, "文字", other),
            }
        }
    }

    /// A list of names that the format has for this field, at least one where `filled`.
    pub fn names(&self, key: &str, need: Need, names: &[&str], filled: bool) {
        let place = self.at(key);
        let Some(value) = self.raw(key, need) else { return };
        let Value::Array(list) = value else {
            wrong_type(self.notes, &place, "列表[…]", value);
            return;
        };
        if list.is_empty() && filled {
            self.notes.error("empty-list", &place, format!("“{key}”至少要有一项"));
        }
        for (i, value) in list.iter().enumerate() {
            let place = Place::Index(&place, i);
            one_of(self.notes, &place, value, names);
        }
    }
}

fn one_of<'v>(
    notes: &Notes,
    place: &Place<'_>,
    value: &'v Value,
    names: &[&str],
) -> Option<&'v str> {
    let Value::String(text) = value else {
        wrong_type(notes, place, "文字", value);
        return None;
    };
    if !names.contains(&text.as_str()) {
        let message = format!("不认识“{text}”，应为{}之一", names.join("、"));
        notes.error("unknown-value", place, message);
        return None;
    }
    Some(text)
}

/// A date, `YYYY-MM-DD`.
pub fn date(notes: &Notes, place: &Place<'_>, value: &Value) -> Option<Date> {
    let Value::String(text) = value else {
        wrong_type(notes, place, "日期文字（如2026-03-02）", value);
        return None;
    };
    match parse_date(text, "") {
        Ok(date) => Some(date),
        Err(refusal) => {
            notes.error("bad-date", place, refusal.message);
            None
        }
    }
}

/// Ids that must not be used twice.
pub struct Ids<'a> {
    seen: HashSet<Cow<'a, str>>,
    what: &'static str,
}

impl<'a> Ids<'a> {
    /// Ids of a kind, named in the editor's words.
    pub fn of(what: &'static str) -> Self {
        Self { seen: HashSet::new(), what }
    }

    /// Takes in another; notes it where it was there before.
    pub fn take(&mut self, id: impl Into<Cow<'a, str>>, place: &Place<'_>, notes: &Notes) {
        let id = id.into();
        if self.seen.contains(&id) {
            let message = format!("{}“{id}”用了两次，请改成不同的", self.what);
            notes.error("duplicate-id", place, message);
        } else {
            self.seen.insert(id);
        }
    }

    /// Whether it was taken in before.
    pub fn has(&self, id: &str) -> bool {
        self.seen.contains(id)
    }
}
