//! 整改率 and 回访率: what following up ratings came to.

use super::FollowUpState;

/// How many tasks stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FollowUpCounts {
    /// 差评: all of them.
    pub poor: u64,
    /// 待核实
    pub unverified: u64,
    /// 不采纳: 误评 and 恶意差评
    pub not_adopted: u64,
    /// 已整改
    pub mended: u64,
    /// 已回访: the applicant was spoken to
    pub visited: u64,
    /// 联系不上
    pub unreached: u64,
}

impl FollowUpCounts {
    /// Counts so many tasks more that stand there.
    pub fn add(&mut self, state: FollowUpState, count: u64) {
        use FollowUpState as S;
        let add = |to: &mut u64, is: bool| {
            if is {
                *to = to.saturating_add(count);
            }
        };
        add(&mut self.poor, true);
        add(&mut self.unverified, state == S::Arrived);
        add(&mut self.not_adopted, state == S::NotAdopted);
        add(&mut self.mended, matches!(state, S::Mended | S::Visited | S::Unreached));
        add(&mut self.visited, state == S::Visited);
        add(&mut self.unreached, state == S::Unreached);
    }

    /// What has to be put right and told: everything but what was found to be mistaken or
    /// malicious. What nobody has looked into yet is among it: waiting makes no rate better.
    pub fn adopted(&self) -> u64 {
        self.poor.saturating_sub(self.not_adopted)
    }

    /// 整改率 in parts of a thousand, rounded down; none where there is nothing to put right.
    pub fn mended_per_mille(&self) -> Option<u64> {
        self.per_mille(self.mended)
    }

    /// 回访率, as [`Self::mended_per_mille`]. Who could not be reached was not spoken to.
    pub fn visited_per_mille(&self) -> Option<u64> {
        self.per_mille(self.visited)
    }

    fn per_mille(&self, part: u64) -> Option<u64> {
        part.saturating_mul(1000).checked_div(self.adopted())
    }
}
