//! 交班: leaving the desk to the next clerk. Nothing ends with it: drafts, cases and ledgers stay
//! where they are, and whoever goes on does so under their own name.

use yichuang_domain::case::CaseState;
use yichuang_domain::intake::{LONGEST_REASON, too_long};
use yichuang_storage::CaseQuery;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{LeftOpen, ShiftView};

impl Desk {
    /// What is open now.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn left_open(&self) -> Result<LeftOpen, DeskError> {
        self.actor()?;
        let count = |states: &[CaseState]| {
            let in_hand =
                CaseQuery { states: states.to_vec(), in_hand: true, ..Default::default() };
            self.store.count_cases(&in_hand)
        };
        let before = self.store.open_days(self.clock.today())?;
        let earlier_papers = before.iter().map(|(_, papers)| papers).sum();
        let attention = CaseQuery { attention: true, ..CaseQuery::default() };
        Ok(LeftOpen {
            drafts: u32::try_from(self.own_drafts()?.len()).unwrap_or(u32::MAX),
            notices: count(&[CaseState::Received])?,
            acceptable: count(&[CaseState::Supplemented])?,
            results: count(&[CaseState::Decided, CaseState::ReadyForHandover])?,
            attention: self.store.count_cases(&attention)?,
            ledger: self.ledger_counts()?.iter().map(|ledger| ledger.open).sum(),
            papers: self.store.open_papers()?.saturating_sub(earlier_papers),
            earlier_papers,
        })
    }

    /// Hands the desk over with a word for the next clerk, and signs out.
    ///
    /// # Errors
    /// `too-long` (field `note`); [`DeskError::NotSignedIn`].
    pub fn hand_over_shift(&self, note: &str) -> Result<(), DeskError> {
        let actor = self.actor()?;
        let note = note.trim();
        too_long("note", note, LONGEST_REASON)?;
        let left = serde_json::to_string(&self.left_open()?);
        let left = left.map_err(|error| DeskError::BadScenario(error.to_string()))?;
        let at = self.clock.now();
        self.store.write(|tx| tx.hand_over_shift(&actor, at, note, &left))?;
        self.sign_out();
        Ok(())
    }

    /// The shift that waits to be taken over; none where none does.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn waiting_shift(&self) -> Result<Option<ShiftView>, DeskError> {
        let actor = self.actor()?;
        Ok(self.store.waiting_shift()?.map(|shift| ShiftView {
            id: shift.id,
            own: shift.clerk.id == actor.id,
            clerk: shift.clerk.name,
            at: shift.at,
            note: shift.note,
            // What an earlier program counted otherwise is looked up on the workbench.
            left_open: serde_json::from_str(&shift.left_open).unwrap_or_default(),
        }))
    }

    /// Takes over, on record.
    ///
    /// # Errors
    /// [`DeskError::Stale`] if somebody did already; [`DeskError::NotSignedIn`].
    pub fn take_shift(&self, id: &str) -> Result<(), DeskError> {
        let actor = self.actor()?;
        let at = self.clock.now();
        match self.store.write(|tx| tx.take_shift(id, &actor, at))? {
            true => Ok(()),
            false => Err(DeskError::Stale),
        }
    }
}

#[cfg(test)]
mod tests {
    use yichuang_domain::clerk::ClerkRoles;
    use yichuang_domain::condition::Answers;

    use crate::tests::Bench;

    const PIN: &str = "135790";

    #[test]
    fn the_next_clerk_reads_what_was_left_and_takes_it_under_their_own_name() {
        let bench = Bench::new();
        let desk = &bench.desk;
        desk.first_account("王敏", PIN).unwrap();
        let next = desk.add_clerk("赵一", PIN, &ClerkRoles::new()).unwrap().id;
        let matter = desk.guide().unwrap().package.matters[0].code.clone();
        let draft = desk.start_draft(&matter, &Answers::new()).unwrap().draft;
        desk.hand_over_shift("  三号柜里有一份原件  ").unwrap();
        assert_eq!(desk.workbench().unwrap_err().code(), "not-signed-in");

        desk.sign_in(&next, PIN).unwrap();
        let waiting = desk.waiting_shift().unwrap().unwrap();
        assert_eq!((waiting.clerk.as_str(), waiting.note.as_str()), ("王敏", "三号柜里有一份原件"));
        assert_eq!((waiting.left_open.drafts, waiting.own), (1, false));
        assert!(desk.open_draft(&draft.id).is_ok(), "nothing ended with it");
        desk.take_shift(&waiting.id).unwrap();
        assert_eq!(desk.waiting_shift().unwrap(), None);
        assert_eq!(desk.take_shift(&waiting.id).unwrap_err().code(), "stale");
        let refused = desk.hand_over_shift(&"长".repeat(2000)).unwrap_err();
        assert_eq!((refused.code(), refused.field().as_deref()), ("too-long", Some("note")));
        assert!(desk.workbench().is_ok(), "who was refused is still signed in");
    }

    #[test]
    fn an_evening_nobody_took_over_is_taken_with_the_next() {
        let bench = Bench::new();
        let desk = &bench.desk;
        desk.first_account("王敏", PIN).unwrap();
        let own = desk.clerk().unwrap();
        desk.hand_over_shift("第一次").unwrap();
        bench.wait(60);
        desk.sign_in(&own.id, PIN).unwrap();
        assert!(desk.waiting_shift().unwrap().unwrap().own);
        desk.hand_over_shift("第二次").unwrap();
        let bench = bench.restart();
        bench.desk.sign_in(&own.id, PIN).unwrap();
        let waiting = bench.desk.waiting_shift().unwrap().unwrap();
        assert_eq!(waiting.note, "第二次");
        bench.desk.take_shift(&waiting.id).unwrap();
        assert_eq!(bench.desk.waiting_shift().unwrap(), None);
    }
}
