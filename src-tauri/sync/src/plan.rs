//! What to do next, from where window and hub stand: pure, so that every case is a line in a table.

/// Where both sides stand with the window's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// How many events the window has.
    pub head: u64,
    /// Up to where the window believes the hub to have them.
    pub acknowledged: u64,
    /// Up to where the hub says it has them.
    pub held: u64,
    /// Whether the window's event there has the hash that the hub says. True where `held` is 0;
    /// means nothing where the window has no such event.
    pub same: bool,
}

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The hub has less than it acknowledged: forget that, so that it counts as unsent again.
    LowerMark {
        /// To where the hub has it.
        to: u64,
    },
    /// The hub has more than the window knew: an answer was lost.
    RaiseMark {
        /// To where the hub has it.
        to: u64,
    },
    /// Send what follows.
    Push {
        /// After which event.
        after: u64,
    },
    /// Fetch what the hub adds.
    Pull,
    /// Compare both sides.
    Check,
}

/// Why nothing may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The hub has events of this window that the window does not have.
    WindowBehind,
    /// The hub has other events than the window in the same places.
    Forked,
}

/// What to do, in this order.
///
/// # Errors
/// [`Trouble`], where going on could lose or overwrite something.
pub fn plan(situation: &Situation) -> Result<Vec<Step>, Trouble> {
    let Situation { head, acknowledged, held, same } = *situation;
    if held > head {
        return Err(Trouble::WindowBehind);
    }
    if !same {
        return Err(Trouble::Forked);
    }
    let mut steps = Vec::with_capacity(4);
    match held.cmp(&acknowledged) {
        std::cmp::Ordering::Less => steps.push(Step::LowerMark { to: held }),
        std::cmp::Ordering::Greater => steps.push(Step::RaiseMark { to: held }),
        std::cmp::Ordering::Equal => {}
    }
    if held < head {
        steps.push(Step::Push { after: held });
    }
    steps.extend([Step::Pull, Step::Check]);
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Step::{Check, LowerMark, Pull, Push, RaiseMark};
    use super::*;

    #[test]
    fn every_situation_has_its_steps() {
        type Row = (&'static str, [u64; 3], bool, Result<&'static [Step], Trouble>);
        let table: [Row; 9] = [
            ("nothing ever happened", [0, 0, 0], true, Ok(&[Pull, Check])),
            ("all is sent", [5, 5, 5], true, Ok(&[Pull, Check])),
            ("the first events", [3, 0, 0], true, Ok(&[Push { after: 0 }, Pull, Check])),
            ("new events", [5, 3, 3], true, Ok(&[Push { after: 3 }, Pull, Check])),
            (
                "an answer was lost",
                [5, 3, 4],
                true,
                Ok(&[RaiseMark { to: 4 }, Push { after: 4 }, Pull, Check]),
            ),
            ("the last answer was lost", [5, 3, 5], true, Ok(&[RaiseMark { to: 5 }, Pull, Check])),
            (
                "the hub was restored",
                [5, 5, 2],
                true,
                Ok(&[LowerMark { to: 2 }, Push { after: 2 }, Pull, Check]),
            ),
            ("the window was restored", [5, 5, 6], false, Err(Trouble::WindowBehind)),
            ("two programs wrote one log", [5, 5, 5], false, Err(Trouble::Forked)),
        ];
        for (name, [head, acknowledged, held], same, expected) in table {
            let planned = plan(&Situation { head, acknowledged, held, same });
            assert_eq!(planned.as_deref(), expected.as_ref().map(|steps| *steps), "{name}");
        }
    }

    proptest! {
        /// Carried out, a plan ends with both sides equal; nothing is skipped and nothing is sent
        /// that the hub has.
        #[test]
        fn a_plan_carried_out_makes_both_sides_equal(
            head in 0u64..50, acknowledged in 0u64..50, held in 0u64..50, same: bool,
        ) {
            let situation = Situation { head, acknowledged: acknowledged.min(head), held, same };
            match plan(&situation) {
                Err(Trouble::WindowBehind) => prop_assert!(held > head),
                Err(Trouble::Forked) => prop_assert!(!same && held <= head),
                Ok(steps) => {
                    let (mut mark, mut hub) = (situation.acknowledged, held);
                    for step in &steps {
                        match *step {
                            LowerMark { to } => { prop_assert!(to < mark); mark = to; }
                            RaiseMark { to } => { prop_assert!(to > mark); mark = to; }
                            Push { after } => { prop_assert_eq!(after, hub); (hub, mark) = (head, head); }
                            Pull | Check => prop_assert_eq!((hub, mark), (head, head)),
                        }
                    }
                    prop_assert_eq!(steps.last(), Some(&Check));
                }
            }
        }
    }
}
