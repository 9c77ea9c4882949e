//! Enums whose values have a stable name in files and a word that people read.

/// A value with a name in JSON and a word in Chinese. The compiler keeps the lists whole.
pub trait Named: Copy + PartialEq + 'static {
    /// Every value, in the order of the standard.
    const ALL: &'static [Self];
    /// The names of [`Self::ALL`].
    const NAMES: &'static [&'static str];

    /// The name in JSON.
    fn name(self) -> &'static str;

    /// The word that people read.
    fn word(self) -> &'static str;

    /// The value of that name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name() == name)
    }

    /// The value of that word.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == word)
    }
}

/// Names the values of an enum; one that is forgotten does not compile.
#[macro_export]
macro_rules! named {
    ($type:ty { $($value:ident $name:literal $word:literal,)+ }) => {
        impl $crate::named::Named for $type {
            const ALL: &'static [Self] = &[$(Self::$value),+];
            const NAMES: &'static [&'static str] = &[$($name),+];

            fn name(self) -> &'static str {
                match self { $(Self::$value => $name),+ }
            }

            fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }
    };
}
pub use named;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::Named;
    use crate::matter::*;

    fn holds<T: Named + Serialize + DeserializeOwned + std::fmt::Debug>() {
        let mut words = HashSet::new();
        assert_eq!(T::ALL.len(), T::NAMES.len());
        for value in T::ALL {
            assert_eq!(serde_json::to_value(value).expect("a name"), json!(value.name()));
            let read: T = serde_json::from_value(json!(value.name())).expect("a value");
            assert_eq!(read, *value);
            assert_eq!(T::from_name(value.name()), Some(*value));
            assert_eq!(T::from_word(value.word()), Some(*value));
            assert!(words.insert(value.word()), "{} is used twice", value.word());
        }
    }

    #[test]
    fn names_are_those_of_the_files_and_words_are_unique() {
        holds::<crate::applicant::ApplicantKind>();
        holds::<crate::calendar::YearStatus>();
        holds::<crate::clerk::ClerkRole>();
        holds::<MatterKind>();
        holds::<Handling>();
        holds::<Level>();
        holds::<AcceptanceMode>();
        holds::<LimitUnit>();
        holds::<SupplementLaw>();
        holds::<StopOutcome>();
        holds::<MaterialHandling>();
        holds::<MaterialSource>();
        holds::<Necessity>();
        holds::<MaterialKind>();
        holds::<MaterialMedia>();
        holds::<MatterState>();
        holds::<PowerSource>();
        holds::<UseLevel>();
        holds::<DepartmentKind>();
        holds::<LegalBasisKind>();
        holds::<HandleForm>();
        holds::<ServiceArea>();
        holds::<OnlineDepth>();
        holds::<crate::ledger::LedgerKind>();
        holds::<crate::ledger::LedgerChannel>();
        holds::<crate::ledger::LedgerState>();
        holds::<crate::ledger::LedgerOutcome>();
        holds::<crate::ledger::LedgerReply>();
        holds::<crate::ledger::NoteKind>();
        holds::<crate::ledger::StepKind>();
        holds::<crate::urgency::Light>();
        holds::<crate::handover::ReceiverRole>();
        holds::<crate::evaluation::Satisfaction>();
        holds::<crate::evaluation::Dissatisfaction>();
        holds::<crate::evaluation::EvaluationChannel>();
        holds::<crate::evaluation::Occasion>();
        holds::<crate::evaluation::Answered>();
        holds::<crate::figures::Figure>();
        holds::<crate::figures::Rate>();
        holds::<crate::figures::FigureGroup>();
        holds::<crate::figures::HallGroup>();
        holds::<crate::follow_up::Finding>();
        holds::<crate::follow_up::ContactWay>();
        holds::<crate::follow_up::FollowUpState>();
        holds::<crate::training::CardLevel>();
        holds::<crate::training::PictureKind>();
        holds::<crate::training::Brought>();
        holds::<crate::training::DefectKind>();
        holds::<crate::training::CourtesyWord>();
        holds::<crate::training::TrainingStep>();
        holds::<crate::training::FindingKind>();
    }
}
