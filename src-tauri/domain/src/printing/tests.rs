use proptest::prelude::*;

use super::*;

const NEWS: [PrintNews; 4] =
    [PrintNews::Taken, PrintNews::CameOut, PrintNews::CameToNothing, PrintNews::Lost];

#[test]
fn what_may_follow_what() {
    use PrintState::*;
    let follow = |state: PrintState| NEWS.map(|news| state.next(news));
    assert_eq!(follow(Queued), [Some(Sent), None, Some(Failed), Some(Unknown)]);
    assert_eq!(follow(Sent), [None, Some(Printed), Some(Failed), Some(Unknown)]);
    assert_eq!(follow(Unknown), [Some(Sent), Some(Printed), Some(Failed), None]);
    assert_eq!(follow(Printed), [None; 4]);
    assert_eq!(follow(Failed), [None; 4]);
}

#[test]
fn names_are_read_back() {
    for state in PrintState::ALL {
        assert_eq!(PrintState::named(state.as_str()), Some(state));
        let json = serde_json::to_string(&state).expect("JSON");
        assert_eq!(json, format!("\"{}\"", state.as_str()));
    }
    for way in OtherWay::ALL {
        assert_eq!(OtherWay::named(way.as_str()), Some(way));
        let json = serde_json::to_string(&way).expect("JSON");
        assert_eq!(json, format!("\"{}\"", way.as_str()));
    }
    assert_eq!((PrintState::named("gone"), OtherWay::named("")), (None, None));
}

#[test]
fn another_reason_needs_words() {
    let other = |text: &str| ReprintReason::Other { text: text.to_owned() }.check();
    assert_eq!(other("  "), Err(BadReason::Empty));
    assert_eq!(other("盖错章"), Ok(()));
    assert_eq!(other(&"字".repeat(LONGEST_REASON + 1)), Err(BadReason::TooLong));
    assert_eq!(ReprintReason::Jam.check(), Ok(()));
}

proptest! {
    #[test]
    fn a_job_is_printed_only_after_it_was_taken_or_asked_about(
        news in prop::collection::vec(0..NEWS.len(), 0..12),
    ) {
        let mut state = PrintState::Queued;
        let mut passed = vec![state];
        for news in news {
            let Some(next) = state.next(NEWS[news]) else { continue };
            prop_assert!(!state.has_ended(), "{state:?} was left");
            state = next;
            passed.push(state);
        }
        if state == PrintState::Printed {
            let before = passed[passed.len() - 2];
            prop_assert!(matches!(before, PrintState::Sent | PrintState::Unknown), "{passed:?}");
        }
    }

    #[test]
    fn every_job_can_be_brought_to_an_end(at in 0..PrintState::ALL.len()) {
        let state = PrintState::ALL[at];
        prop_assert_eq!(state.next(PrintNews::CameToNothing).is_none(), state.has_ended());
    }

    /// The oracle lays the parts out page by page, two to a sheet.
    #[test]
    fn parts_never_share_a_sheet(parts in 1u32..5, each in 1u32..9) {
        let part_of = |page: u32| page / each;
        let pages = parts * each;
        let shared = (0..pages).step_by(2).any(|front| {
            front + 1 < pages && part_of(front) != part_of(front + 1)
        });
        prop_assert_eq!(may_use_both_sides(pages, parts), !shared);
    }
}

fn state() -> impl Strategy<Value = PrintState> {
    (0..PrintState::ALL.len()).prop_map(|at| PrintState::ALL[at])
}

prop_compose! {
    fn paper()(
        jobs in prop::collection::vec((state(), any::<bool>()), 0..5),
        log_prints in 0u32..3,
        (given, replaced) in any::<(bool, bool)>(),
    ) -> PaperAccount {
        let job = |(n, (state, logged)): (usize, (PrintState, bool))| JobAccount {
            id: format!("j{n}"),
            state,
            logged: logged && state == PrintState::Printed,
        };
        PaperAccount {
            number: "N".to_owned(),
            jobs: jobs.into_iter().enumerate().map(job).collect(),
            log_prints,
            given,
            replaced,
        }
    }
}

proptest! {
    #[test]
    fn a_day_is_clean_exactly_if_every_paper_is_out_and_every_job_is_settled(
        papers in prop::collection::vec(paper(), 0..4),
    ) {
        let clean = papers.iter().all(|paper| {
            let settled = paper.jobs.iter().all(|job| match job.state {
                PrintState::Printed => job.logged,
                PrintState::Failed => true,
                _ => false,
            });
            let spared = paper.given || paper.replaced;
            let out = spared
                || paper.log_prints > 0
                || paper.jobs.iter().any(|job| job.state == PrintState::Printed);
            let last_failed = paper.jobs.last().is_some_and(|job| job.state == PrintState::Failed);
            settled && out && (spared || !last_failed)
        });
        let found = reconcile(&papers);
        prop_assert_eq!(found.is_empty(), clean, "{:?}", found);
        for one in &found {
            prop_assert_eq!(one.side, one.trouble.side());
            prop_assert!(!one.remedies.is_empty());
        }
    }

    #[test]
    fn no_open_job_is_left_out(paper in paper()) {
        let found = reconcile(std::slice::from_ref(&paper));
        for job in &paper.jobs {
            let open = !job.state.has_ended() || (job.state == PrintState::Printed && !job.logged);
            let listed = found.iter().any(|one| one.job.as_ref() == Some(&job.id));
            prop_assert!(!open || listed, "{job:?} in {found:?}");
        }
    }
}
