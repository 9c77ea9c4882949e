//! The list of matters: each by itself, and among the others.

use std::collections::HashMap;

use serde_json::Value;

use super::fields::{Fields, Ids, Need, Place, Text};
use super::matter;

/// The matters looked at so far, and what they are checked against.
pub struct Matters<'v> {
    departments: Ids<'v>,
    forms: Ids<'v>,
    /// Their codes.
    pub codes: Ids<'static>,
    names: HashMap<String, usize>,
}

impl<'v> Matters<'v> {
    /// None looked at yet.
    pub fn new(departments: Ids<'v>, forms: Ids<'v>) -> Self {
        Self { departments, forms, codes: Ids::of("实施编码"), names: HashMap::new() }
    }

    /// Checks the list where it stands in `package`.
    pub fn check_list(&mut self, package: &Fields<'_, '_>) {
        let list = package.list("matters", Need::Required);
        if list.is_empty() && package.raw("matters", Need::Free).is_some_and(Value::is_array) {
            let message = "指南里没有一个事项，导入后将无事可办";
            package.notes.error("empty-list", &package.at("matters"), message);
        }
        for (i, value) in list.iter().enumerate() {
            self.check(package, i, value);
        }
    }

    /// Checks the next matter, number `i` of `package`.
    pub fn check(&mut self, package: &Fields<'_, '_>, i: usize, value: &Value) {
        let list_place = package.at("matters");
        let place = Place::Index(&list_place, i);
        let Some(matter) = Fields::of(value, &place, package.notes) else { return };
        if let Some(code) = matter.id("code") {
            self.codes.take(code.to_owned(), &matter.at("code"), package.notes);
        }
        if let Some(name) = matter.text("name", Need::Required, Text::Filled)
            && let Some(first) = self.names.insert(name.trim().to_owned(), i)
        {
            let message =
                format!("“{name}”与matters[{first}]同名，窗口会分不清，建议在名称里写明区别");
            package.notes.warning("same-name", &matter.at("name"), message);
        }
        matter::check(&matter, &self.departments, &self.forms);
    }
}
