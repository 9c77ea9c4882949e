//! How an applicant asks for a case (办件进度查询): the address and the check code that papers carry,
//! where the hub has a page for it.

use yichuang_domain::numbering::CaseNumber;
use yichuang_protocol::roster::statement;
use yichuang_protocol::{CheckCode, PrivateKey, ProgressAddress, PublicKey, SignedText};
use yichuang_storage::Tx;

use crate::error::DeskError;

/// What this window tells applicants.
pub(crate) struct Asking {
    device: PrivateKey,
    hub: PublicKey,
    /// Where the page is.
    pub(crate) address: ProgressAddress,
}

impl Asking {
    /// As the hub last said, by its signature. None in a profile that joined no hub, and where the
    /// hub has no page.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) fn of(tx: &Tx<'_>) -> Result<Option<Self>, DeskError> {
        let (Some(enrolment), Some(roster)) = (tx.enrolment()?, tx.roster()?) else {
            return Ok(None);
        };
        let Ok(hub) = PublicKey::from_bytes(&enrolment.hub_key) else { return Ok(None) };
        let signed = SignedText { text: roster.statement, signature: roster.signature };
        let said = statement(&hub, &signed).ok();
        let address = said.and_then(|said| said.progress_address());
        let device = PrivateKey::from_seed(&enrolment.device_seed);
        Ok(address.map(|address| Self { device, hub, address }))
    }

    /// The code of a case of this window.
    pub(crate) fn code(&self, case: &CaseNumber) -> CheckCode {
        CheckCode::of(&self.device, &self.hub, case)
    }
}
