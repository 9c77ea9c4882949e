//! What a window uses most: it comes first among what fits equally well.

use std::collections::HashMap;

/// How often each matter of one release was taken at this window.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    counts: HashMap<u32, u32>,
    most_first: Vec<u32>,
}

impl Usage {
    /// Of matters, by their index in `package.matters`, and how often each was taken. Meant for
    /// some hundreds: each of them is looked at in every search.
    pub fn new(counts: impl IntoIterator<Item = (usize, u32)>) -> Self {
        let counts: HashMap<u32, u32> = counts
            .into_iter()
            .filter_map(|(matter, count)| Some((u32::try_from(matter).ok()?, count)))
            .filter(|(_, count)| *count > 0)
            .collect();
        let mut most_first: Vec<u32> = counts.keys().copied().collect();
        most_first.sort_unstable_by_key(|m| (u32::MAX - counts[m], *m));
        Self { counts, most_first }
    }

    /// The matters that were taken, the most used first, then in guide order.
    pub fn matters(&self) -> impl Iterator<Item = usize> + '_ {
        self.most_first.iter().map(|m| *m as usize)
    }

    /// Whether a matter was taken at all.
    pub fn has(&self, matter: usize) -> bool {
        u32::try_from(matter).is_ok_and(|matter| self.count(matter) > 0)
    }

    /// How often a matter was taken.
    pub fn count(&self, matter: u32) -> u32 {
        self.counts.get(&matter).copied().unwrap_or(0)
    }
}
