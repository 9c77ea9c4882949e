//! Which window of the station wrote what in the shared list, in the words in which people know it.

use std::collections::HashMap;

use yichuang_domain::case::log::window_of;

use crate::desk::Desk;
use crate::error::DeskError;

/// The windows of a hall by their logs, as the newest roster has them.
pub(super) struct Windows {
    own: String,
    named: HashMap<String, String>,
}

impl Windows {
    /// The number of the window that writes a log; none for this one. A window that the roster does
    /// not know yet goes by the code of its device, which stands in the log's name.
    pub(super) fn other(&self, log: &str) -> Option<String> {
        let window = window_of(log);
        if window == self.own {
            return None;
        }
        let named = self.named.get(window).cloned();
        Some(named.unwrap_or_else(|| window.split('-').nth(1).unwrap_or(window).to_owned()))
    }
}

impl Desk {
    /// The windows of this hall.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub(super) fn windows(&self) -> Result<Windows, DeskError> {
        let mut named = HashMap::new();
        if let Some(enrolment) = self.store.enrolment()?
            && let Some(roster) = self.roster_of(&enrolment.hub_key)?
        {
            for device in roster.devices() {
                if let Some(origin) = &device.origin {
                    named.insert(origin.clone(), device.window.clone());
                }
            }
        }
        Ok(Windows { own: self.store.own_origin()?, named })
    }
}
