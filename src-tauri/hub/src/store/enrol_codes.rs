//! One-time enrolment codes. Only their hashes are kept.

use jiff::Timestamp;

use super::engine::values;
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
        let old = "DELETE FROM enrol_codes WHERE expires_at < ?1";
        self.execute(old, &values![expires_at - MONTH])?;
        self.execute(
            r#"INSERT INTO enrol_codes (code_hash, region, station, "window", hall, expires_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)"#,
            &values![
                code_hash,
                &holder.region,
                &holder.station,
                &holder.window,
                &holder.hall,
                expires_at,
            ],
        )?;
        Ok(())
    }

    /// The code with that hash.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn enrol_code(&self, code_hash: &str) -> Result<Option<EnrolCode>, StoreError> {
        let query = r#"SELECT region, station, "window", hall, expires_at, used_by
                       FROM enrol_codes WHERE code_hash = ?1"#;
        let Some(mut row) = self.row(query, &values![code_hash])? else { return Ok(None) };
        let holder = CodeHolder {
            region: row.take("region")?,
            station: row.take("station")?,
            window: row.take("window")?,
            hall: row.take("hall")?,
        };
        let (expires_at, used_by): (i64, _) = (row.take("expires_at")?, row.take("used_by")?);
        let expires_at = Timestamp::from_millisecond(expires_at)
            .map_err(|_| StoreError::Unreadable("入网码期限"))?;
        Ok(Some(EnrolCode { holder, expires_at, used_by }))
    }

    /// Uses a code up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn use_enrol_code(&self, code_hash: &str, origin: &str) -> Result<(), StoreError> {
        let query = "UPDATE enrol_codes SET used_by = ?2 WHERE code_hash = ?1";
        self.execute(query, &values![code_hash, origin])?;
        Ok(())
    }
}
