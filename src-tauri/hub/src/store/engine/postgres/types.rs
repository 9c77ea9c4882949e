//! Values and rows as PostgreSQL's protocol carries them.

use std::error::Error;
use std::sync::Arc;

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::super::value::{Row, Stored, Value};
use crate::store::StoreError;

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Bool(value) => value.to_sql_checked(ty, out),
            Self::Int(value) => value.to_sql_checked(ty, out),
            // PostgreSQL's text has no NUL, and refuses a statement with one. Nothing with a NUL is
            // ever stored; who asks for such a thing is to find nothing, as on SQLite.
            Self::Text(value) if value.contains('\0') => {
                value.replace('\0', "\u{fffd}").to_sql_checked(ty, out)
            }
            Self::Text(value) => value.to_sql_checked(ty, out),
            Self::Bytes(value) => value.to_sql_checked(ty, out),
            Self::Texts(values) => values.to_sql_checked(ty, out),
            Self::Ints(values) => values.to_sql_checked(ty, out),
        }
    }

    /// Whether a value fits is asked of the value itself, in `to_sql`.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The column `place` of many rows, as the array that `unnest` takes.
pub(super) struct Column<'a, 'v> {
    pub(super) rows: &'a [Vec<Value<'v>>],
    pub(super) place: usize,
}

impl std::fmt::Debug for Column<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Column({})", self.place)
    }
}

impl ToSql for Column<'_, '_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        let values: Vec<&Value<'_>> =
            self.rows.iter().map(|row| row.get(self.place).unwrap_or(&Value::Null)).collect();
        values.to_sql_checked(ty, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The rows of an answer.
pub(super) fn rows(answer: &[tokio_postgres::Row]) -> Result<Vec<Row>, StoreError> {
    let Some(first) = answer.first() else { return Ok(Vec::new()) };
    let columns: Arc<[String]> =
        first.columns().iter().map(|column| column.name().to_owned()).collect();
    answer
        .iter()
        .map(|row| {
            let values = (0..columns.len()).map(|place| stored(row, place));
            Ok(Row::new(Arc::clone(&columns), values.collect::<Result<_, _>>()?))
        })
        .collect()
}

fn stored(row: &tokio_postgres::Row, place: usize) -> Result<Stored, StoreError> {
    fn of<'r, T: tokio_postgres::types::FromSql<'r>>(
        row: &'r tokio_postgres::Row,
        place: usize,
        kind: impl FnOnce(T) -> Stored,
    ) -> Result<Stored, StoreError> {
        let value = row.try_get::<_, Option<T>>(place);
        let value = value.map_err(|_| StoreError::Unreadable("数据库的回答"))?;
        Ok(value.map_or(Stored::Null, kind))
    }
    match *row.columns()[place].type_() {
        Type::BOOL => of(row, place, Stored::Bool),
        Type::INT4 => of(row, place, |value: i32| Stored::Int(value.into())),
        Type::INT8 => of(row, place, Stored::Int),
        Type::TEXT | Type::VARCHAR => of(row, place, Stored::Text),
        Type::BYTEA => of(row, place, Stored::Bytes),
        _ => Err(StoreError::Unreadable("数据库的回答")),
    }
}
