//! What the attachments' steps ask of the database: only what was announced.

use yichuang_domain::case::Case;
use yichuang_domain::case::event::CaseId;

use super::engine::values;
use super::{Device, StoreError, Tx};

impl Tx<'_> {
    /// A case, if a device filed it or had it in hand.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn case_for(&self, device: &Device, case: CaseId) -> Result<Option<Case>, StoreError> {
        if let Some(own) = self.case_of(&device.origin, case)? {
            return Ok(Some(own));
        }
        if self.cases_of_party(&device.origin, &[case])?.is_empty() {
            return Ok(None);
        }
        match self.filed_in(&[case])?.remove(&case) {
            Some(origin) => self.case_of(&origin, case),
            None => Ok(None),
        }
    }

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
