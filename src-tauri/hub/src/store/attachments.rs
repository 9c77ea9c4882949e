//! What the attachments' steps ask of the database: only what was announced.

use yichuang_domain::case::Case;
use yichuang_domain::case::event::CaseId;

use super::engine::values;
use super::{StoreError, Tx};

impl Tx<'_> {
    /// A case, if it was filed in that log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn case_of(&self, origin: &str, case: CaseId) -> Result<Option<Case>, StoreError> {
        let query = "SELECT body FROM cases WHERE origin = ?1 AND id = ?2";
        let Some(mut row) = self.row(query, &values![origin, case.to_string()])? else {
            return Ok(None);
        };
        let body: String = row.take("body")?;
        serde_json::from_str(&body).map(Some).map_err(|_| StoreError::Unreadable("办件"))
    }
}
