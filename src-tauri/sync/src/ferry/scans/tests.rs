use proptest::prelude::*;
use yichuang_domain::attachment::LARGEST;
use yichuang_domain::case::CaseId;
use yichuang_protocol::ferry::SCAN_BYTES;

use super::*;

fn waiting() -> impl Strategy<Value = Vec<WaitingAttachment>> {
    let one = (1u64..=LARGEST, any::<bool>()).prop_map(|(size, refused)| WaitingAttachment {
        case: CaseId::nil(),
        hash: String::new(),
        size,
        held: 0,
        trouble: refused.then(|| AttachmentTrouble {
            code: "attachment-mismatch".to_owned(),
            message: String::new(),
            at: Timestamp::UNIX_EPOCH,
        }),
    });
    prop::collection::vec(one, 0..60).prop_map(|mut all| {
        for (n, one) in all.iter_mut().enumerate() {
            one.hash = format!("{n:064x}");
        }
        all
    })
}

proptest! {
    #[test]
    fn what_is_chosen_fits_and_nothing_is_forgotten(all in waiting(), room in 0..2 * SCAN_BYTES) {
        let (aboard, left) = choose(&all, room);
        let bytes: u64 = aboard.iter().map(|one| one.size).sum();
        prop_assert!(bytes <= room);
        prop_assert_eq!(aboard.len() as u64 + left, all.len() as u64);
        // Nothing that still fits stays behind.
        let stays = all.iter().filter(|one| !aboard.iter().any(|a| a.hash == one.hash));
        prop_assert!(stays.map(|one| one.size).min().is_none_or(|least| least > room - bytes));
    }

    #[test]
    fn file_after_file_everything_goes_the_refused_last(all in waiting()) {
        let room = LARGEST;
        let mut rest = all.clone();
        let mut files = 0;
        while !rest.is_empty() {
            let (aboard, _) = choose(&rest, room);
            let oldest_sound = rest.iter().find(|one| one.trouble.is_none());
            let first = aboard.first().map(|one| one.hash.clone());
            let wanted = oldest_sound.or(rest.first()).map(|one| one.hash.clone());
            prop_assert_eq!(first, wanted, "the oldest always goes: none is ever passed over for ever");
            let gone: Vec<String> = aboard.iter().map(|one| one.hash.clone()).collect();
            rest.retain(|one| !gone.contains(&one.hash));
            files += 1;
            prop_assert!(files <= all.len());
        }
    }
}
