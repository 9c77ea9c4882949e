//! 减材料、减环节、减跑动: what a bundle spares the applicant, counted the way the halls report it:
//! one by one beside at once.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::matter::Matter;

/// So many one by one, so many at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Spared {
    /// If each matter were taken on its own.
    pub apart: u32,
    /// Taken as one.
    pub joint: u32,
}

/// What a bundle spares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Savings {
    /// 材料: those that apply in this situation.
    pub materials: Spared,
    /// 环节: the steps of the process.
    pub steps: Spared,
    /// 跑动: visits to the hall.
    pub visits: Spared,
}

/// What the matters of a bundle cost together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Cost {
    /// 分: the fees that have one amount, added up.
    pub fen: u32,
    /// Whether some matter charges by item instead, which has no sum beforehand.
    pub by_item: bool,
}

/// What these matters cost.
pub(super) fn cost(matters: &[&Matter]) -> Cost {
    let charged = matters.iter().filter_map(|m| m.fee.as_ref());
    let by_item =
        |m: &&Matter| m.fee.is_none() && m.reference.as_deref().is_some_and(|r| !r.fees.is_empty());
    Cost {
        fen: charged.fold(0, |sum, fee| fee.amount_fen.saturating_add(sum)),
        by_item: matters.iter().any(by_item),
    }
}

/// The steps of a matter whose guide describes no process (GB/T 39554.2, 办理流程).
const USUAL_STEPS: [&str; 5] = ["申请", "受理", "审查", "决定", "送达"];
/// Steps that happen at the window, and for a bundle once: whatever its matters call them.
const BEFORE: [&str; 4] = ["申请", "收件", "受理", "告知"];
const AFTER: [&str; 5] = ["送达", "出件", "颁证", "发证", "领取"];

fn steps_of(matter: &Matter) -> Vec<&str> {
    let described = matter.reference.as_deref().map(|r| r.steps.as_slice()).unwrap_or_default();
    match described.is_empty() {
        true => USUAL_STEPS.to_vec(),
        false => described.iter().map(|step| step.name.as_str()).collect(),
    }
}

/// The step of the window that a step is, if it is one.
fn at_window(step: &str) -> Option<&'static str> {
    BEFORE.into_iter().chain(AFTER).find(|name| step.contains(name))
}

/// Counts what is spared by taking `matters` as one, of which `apart` materials apply one by one
/// and `joint` at once.
pub(super) fn count(matters: &[&Matter], apart: usize, joint: usize) -> Savings {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let all: Vec<&str> = matters.iter().flat_map(|m| steps_of(m)).collect();
    let once: HashSet<_> = all.iter().filter_map(|step| at_window(step)).collect();
    let behind = all.iter().filter(|step| at_window(step).is_none()).count();
    let visits = |m: &&Matter| u32::from(m.visits);
    Savings {
        materials: Spared { apart: number(apart), joint: number(joint) },
        steps: Spared { apart: number(all.len()), joint: number(once.len() + behind) },
        visits: Spared {
            apart: matters.iter().map(visits).sum(),
            joint: matters.iter().map(visits).max().unwrap_or(0),
        },
    }
}
