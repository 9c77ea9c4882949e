//! How a failure crosses a door: `{code, message, details}`. The screens have one table from
//! codes to words; nobody reads the message to decide.

use serde::Serialize;
use serde_json::{Value, json};
use yichuang_desk::DeskError;
use yichuang_storage::StorageError;
use yichuang_sync::SyncError;

/// A refused or failed command.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failure {
    /// Stable, kebab-case.
    pub code: String,
    /// What happened and what to do.
    pub message: String,
    /// More of it: `{"field": …}`, `{"problems": […]}`.
    pub details: Value,
    /// Whether input was refused (or the machine failed).
    #[serde(skip)]
    pub refused: bool,
}

impl Failure {
    /// Input that was refused.
    pub fn refused(code: &str, field: Option<&str>, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            details: field.map_or(json!({}), |field| json!({ "field": field })),
            refused: true,
        }
    }

    /// The machine failed.
    pub fn failed(code: &str, message: impl Into<String>) -> Self {
        let (code, message) = (code.to_owned(), message.into());
        Self { code, message, details: json!({}), refused: false }
    }

    /// The field it is about; empty where there is none.
    pub fn field(&self) -> &str {
        self.details.get("field").and_then(Value::as_str).unwrap_or_default()
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        let mut details = json!({});
        if let Some(field) = error.field() {
            details["field"] = field.into();
        }
        if let DeskError::BadGuide(problems) = &error {
            details["problems"] = json!(problems);
        }
        if let DeskError::CardFaulty(findings) = &error {
            details["problems"] = json!(findings);
        }
        if let DeskError::TemplatesFaulty(findings) = &error {
            details["problems"] = json!(findings);
        }
        Self {
            code: error.code().to_owned(),
            message: error.to_string(),
            details,
            refused: error.is_refusal(),
        }
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        DeskError::from(error).into()
    }
}

impl From<SyncError> for Failure {
    fn from(error: SyncError) -> Self {
        Self {
            code: error.code().to_owned(),
            message: error.to_string(),
            details: error.field().map_or(json!({}), |field| json!({ "field": field })),
            refused: error.is_refusal(),
        }
    }
}
