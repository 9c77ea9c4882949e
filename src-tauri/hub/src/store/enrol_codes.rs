//! One-time enrolment codes. Only their hashes are kept.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};

use super::{StoreError, Tx};

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeHolder {
    /// 行政区划代码.
    pub region: String,
    /// 站点代码.
    pub station: String,
    /// 窗口.
    pub window: String,
    /// 大厅名称.
    pub hall: String,
}

/// A code as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolCode {
    /// What it stands for.
    pub holder: CodeHolder,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// The device that used it.
    pub used_by: Option<String>,
}

impl Tx<'_> {
    /// Keeps a code, and forgets those that expired a month ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_enrol_code(
        &self,
        code_hash: &str,
        holder: &CodeHolder,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        const MONTH: i64 = 30 * 24 * 3600 * 1000;
        let expires_at = expires_at.as_millisecond();
        self.sql.execute("DELETE FROM enrol_codes WHERE expires_at < ?1", [expires_at - MONTH])?;
        self.sql.execute(
            "INSERT INTO enrol_codes (code_hash, region, station, window, hall, expires_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                code_hash,
                holder.region,
                holder.station,
                holder.window,
                holder.hall,
                expires_at
            ],
        )?;
        Ok(())
    }

    /// The code with that hash.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn enrol_code(&self, code_hash: &str) -> Result<Option<EnrolCode>, StoreError> {
        let query = "SELECT * FROM enrol_codes WHERE code_hash = ?1";
        let found = self
            .sql
            .query_row(query, [code_hash], |row| {
                let holder = CodeHolder {
                    region: row.get("region")?,
                    station: row.get("station")?,
                    window: row.get("window")?,
                    hall: row.get("hall")?,
                };
                Ok((holder, row.get::<_, i64>("expires_at")?, row.get("used_by")?))
            })
            .optional()?;
        let Some((holder, expires_at, used_by)) = found else { return Ok(None) };
        let expires_at = Timestamp::from_millisecond(expires_at)
            .map_err(|_| StoreError::Unreadable("入网码期限"))?;
        Ok(Some(EnrolCode { holder, expires_at, used_by }))
    }

    /// Uses a code up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn use_enrol_code(&self, code_hash: &str, origin: &str) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE enrol_codes SET used_by = ?2 WHERE code_hash = ?1",
            [code_hash, origin],
        )?;
        Ok(())
    }
}
