//! Whoever was here before, so that nobody is typed twice.

use yichuang_domain::applicant::PartyInput;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::KnownPartyView;

/// From so many characters of a name, or digits of a number, somebody is meant.
const ENOUGH: usize = 2;
/// More than anybody compares while somebody waits.
const MOST: u32 = 6;

impl Desk {
    /// Applicants and agents of earlier filings whose name or number begins with `text`, the latest
    /// first; none for a text too short to mean somebody.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn known_parties(&self, text: &str) -> Result<Vec<KnownPartyView>, DeskError> {
        self.actor()?;
        let text = text.trim();
        if text.chars().count() < ENOUGH {
            return Ok(Vec::new());
        }
        let known = self.store.known_parties(text, MOST)?.into_iter();
        Ok(known
            .map(|known| KnownPartyView {
                kind: known.kind.map(|kind| kind.as_str().to_owned()),
                party: PartyInput {
                    name: known.party.name,
                    id_type: known.party.id_type.as_str().to_owned(),
                    id_number: known.party.id_number,
                    phone: known.party.phone,
                    address: known.party.address,
                },
                seen_on: known.seen_on,
                matter_name: known.matter_name,
            })
            .collect())
    }
}
