//! Training (训练): role cards are played on the real screens, over a database of their own.
//!
//! Everything here refuses a database of records. An attempt is a draft that the program watches:
//! the trainee files it as any other, and what was filed is scored against the card.

mod attempts;
mod board;
mod cards;

pub(crate) use attempts::timed;
pub use board::TrainingFile;
use yichuang_domain::clerk::ClerkRole;
use yichuang_domain::training::RoleCard;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::ClerkView;

const NO_CARD: DeskError = DeskError::NotFound { what: "这张角色卡" };
const NO_ATTEMPT: DeskError = DeskError::NotFound { what: "这次训练" };

fn read_card(text: &str) -> Result<RoleCard, DeskError> {
    serde_json::from_str(text).map_err(|error| DeskError::BadScenario(error.to_string()))
}

fn write_json(value: &impl serde::Serialize) -> Result<String, DeskError> {
    serde_json::to_string(value).map_err(|error| DeskError::BadScenario(error.to_string()))
}

impl Desk {
    /// Whether this desk stands over a database for training only.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn is_training(&self) -> Result<bool, DeskError> {
        Ok(self.store.is_training()?)
    }

    /// Who trains, in a database for training.
    ///
    /// # Errors
    /// [`DeskError::NotTraining`], [`DeskError::NotSignedIn`].
    fn trainee(&self) -> Result<ClerkView, DeskError> {
        if !self.is_training()? {
            return Err(DeskError::NotTraining);
        }
        self.clerk().ok_or(DeskError::NotSignedIn)
    }

    /// Who trains others.
    ///
    /// # Errors
    /// As [`Self::trainee`]; [`DeskError::NotRole`].
    fn trainer(&self) -> Result<ClerkView, DeskError> {
        let clerk = self.trainee()?;
        let trains = self.store.has_role(&clerk.id, ClerkRole::Trainer)?;
        if trains { Ok(clerk) } else { Err(DeskError::NotRole(ClerkRole::Trainer)) }
    }

    /// Proves that whoever is signed in may take training back to its beginning.
    ///
    /// # Errors
    /// As for the editor: only a trainer may.
    pub fn may_reset_training(&self) -> Result<ClerkView, DeskError> {
        self.trainer()
    }
}
