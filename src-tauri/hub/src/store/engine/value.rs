//! What goes into a statement and comes out of it: a small closed set, the same on every engine.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;

use crate::store::StoreError;

/// What stands for a placeholder.
#[derive(Clone)]
pub(in crate::store) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Text(Cow<'a, str>),
    Bytes(&'a [u8]),
    /// For `IN LIST ?1`.
    Texts(Vec<String>),
    /// For `IN LIST ?1`.
    Ints(Vec<i64>),
}

/// Its kind only: what it holds may be a name, and drivers log what they send.
impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Bool(_) => "Bool",
            Self::Int(_) => "Int",
            Self::Text(_) => "Text",
            Self::Bytes(_) => "Bytes",
            Self::Texts(_) => "Texts",
            Self::Ints(_) => "Ints",
        })
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Self::Int(value.into())
    }
}

/// No position reaches 2⁶³: what claims to lie beyond is looked for there, and not found.
impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        Self::Int(value.try_into().unwrap_or(i64::MAX))
    }
}

impl From<usize> for Value<'_> {
    fn from(value: usize) -> Self {
        Self::Int(value.try_into().unwrap_or(i64::MAX))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value)
    }
}

impl From<Vec<String>> for Value<'_> {
    fn from(value: Vec<String>) -> Self {
        Self::Texts(value)
    }
}

impl From<Vec<i64>> for Value<'_> {
    fn from(value: Vec<i64>) -> Self {
        Self::Ints(value)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The values of a statement, in order: `values![origin, seq]`.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        [$($crate::store::engine::Value::from($value)),*]
    };
}
pub(in crate::store) use values;

/// A value as an engine gave it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(in crate::store) enum Stored {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Stored {
    /// As a statement takes it.
    pub(in crate::store) fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(value) => Value::Int(*value),
            Self::Text(value) => Value::Text(Cow::Borrowed(value)),
            Self::Bytes(value) => Value::Bytes(value),
        }
    }

    /// About how many bytes it takes in memory.
    pub(in crate::store) fn size(&self) -> usize {
        let behind = match self {
            Self::Null | Self::Bool(_) | Self::Int(_) => 0,
            Self::Text(value) => value.len(),
            Self::Bytes(value) => value.len(),
        };
        size_of::<Self>() + behind
    }
}

/// Its kind only, as [`Value`].
impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value().fmt(f)
    }
}

/// A row of an answer.
pub(in crate::store) struct Row {
    columns: Arc<[String]>,
    values: Vec<Stored>,
}

impl Row {
    pub(super) fn new(columns: Arc<[String]>, values: Vec<Stored>) -> Self {
        Self { columns, values }
    }

    /// Every value, in the order of the columns.
    pub(in crate::store) fn into_values(self) -> Vec<Stored> {
        self.values
    }

    /// Takes the value of a column out of the row. A second time it is NULL.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if there is no such column, or its value is of another kind.
    pub(in crate::store) fn take<T: FromStored>(
        &mut self,
        column: &'static str,
    ) -> Result<T, StoreError> {
        let place = self.columns.iter().position(|name| name == column);
        let value = place.and_then(|place| self.values.get_mut(place)).map(mem::take);
        value.and_then(T::from_stored).ok_or(StoreError::Unreadable(column))
    }
}

/// What a stored value can be read as.
pub(in crate::store) trait FromStored: Sized {
    /// None if it is of another kind.
    fn from_stored(value: Stored) -> Option<Self>;
}

impl FromStored for i64 {
    fn from_stored(value: Stored) -> Option<Self> {
        if let Stored::Int(value) = value { Some(value) } else { None }
    }
}

impl FromStored for u64 {
    fn from_stored(value: Stored) -> Option<Self> {
        i64::from_stored(value)?.try_into().ok()
    }
}

impl FromStored for u32 {
    fn from_stored(value: Stored) -> Option<Self> {
        i64::from_stored(value)?.try_into().ok()
    }
}

/// SQLite has no truth values and keeps 0 and 1.
impl FromStored for bool {
    fn from_stored(value: Stored) -> Option<Self> {
        match value {
            Stored::Bool(value) => Some(value),
            Stored::Int(value) => Some(value != 0),
            _ => None,
        }
    }
}

impl FromStored for String {
    fn from_stored(value: Stored) -> Option<Self> {
        if let Stored::Text(value) = value { Some(value) } else { None }
    }
}

impl FromStored for Vec<u8> {
    fn from_stored(value: Stored) -> Option<Self> {
        if let Stored::Bytes(value) = value { Some(value) } else { None }
    }
}

impl<T: FromStored> FromStored for Option<T> {
    fn from_stored(value: Stored) -> Option<Self> {
        match value {
            Stored::Null => Some(None),
            value => T::from_stored(value).map(Some),
        }
    }
}
