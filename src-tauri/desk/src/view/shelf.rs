//! What the guide can be browsed by.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the guide can be browsed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Browse {
    /// 实施主体, in guide order.
    pub departments: Vec<DepartmentShelf>,
    /// 一件事, in guide order.
    pub bundles: Vec<GroupShelf>,
    /// 人生事件 and 主题, in guide order (from format 2).
    pub life_events: Vec<GroupShelf>,
    /// How many matters the clerk starred.
    pub starred: u32,
}

/// A department and how much it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DepartmentShelf {
    /// 统一社会信用代码.
    pub code: String,
    /// 名称.
    pub name: String,
    /// How many matters.
    pub matters: u32,
}

/// A bundle or a life event, and how much it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupShelf {
    /// Its id.
    pub id: String,
    /// 名称.
    pub name: String,
    /// What the clerk should know about it; may be empty.
    pub note: String,
    /// How many matters.
    pub matters: u32,
}

/// Where matters stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Shelf {
    /// A department, by its code.
    Department(String),
    /// A bundle, by its id.
    Bundle(String),
    /// A life event, by its id.
    LifeEvent(String),
    /// What the clerk starred.
    Starred,
}
