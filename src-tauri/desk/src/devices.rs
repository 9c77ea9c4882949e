//! Devices of this window, as administrators set them.

use std::path::Path;

use yichuang_domain::{Refusal, RefusalCode};

use crate::desk::Desk;
use crate::error::DeskError;

impl Desk {
    /// The helper program that reads identity cards; none where none is set.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn card_reader(&self) -> Result<Option<String>, DeskError> {
        Ok(self.store.card_reader()?)
    }

    /// Sets that program; an empty path takes it away.
    ///
    /// # Errors
    /// [`DeskError::NotRole`]; `not-allowed` (field `program`) for what is no file with a full
    /// path.
    pub fn set_card_reader(&self, program: &str) -> Result<(), DeskError> {
        self.administrator()?;
        let program = program.trim();
        let path = Path::new(program);
        let usable = program.is_empty() || path.is_absolute() && path.is_file();
        if !usable {
            let message = "没有这个读卡程序，请写完整路径";
            return Err(Refusal::new(RefusalCode::NotAllowed, "program", message).into());
        }
        Ok(self.store.set_card_reader(program)?)
    }
}
