//! The hits of one search as they come in, best first.

/// A matter that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its index in `package.matters`.
    pub matter: usize,
    /// The alias it was found by; none where it was found by its name, code or department.
    pub alias: Option<String>,
    /// What fits, as half-open ranges of characters (not bytes) of the alias, or of the name
    /// where there is none. Empty where it was found by its code or department.
    pub highlights: Vec<(u32, u32)>,
    /// Whether it fits only if one slip of the hand is allowed for.
    pub slip: bool,
    /// How well it fits: more is better, and what fits equally well has the same. Only the order
    /// of the scores of one search means something.
    pub score: u32,
}

/// What was found so far.
pub struct Found {
    /// The hits, best first.
    pub hits: Vec<Hit>,
    limit: usize,
    score: u32,
    slip: bool,
    /// One bit for each matter.
    seen: Vec<u64>,
}

impl Found {
    /// Nothing, of so many matters.
    pub fn new(limit: usize, matters: usize) -> Self {
        let seen = vec![0; matters.div_ceil(64)];
        Self { hits: Vec::new(), limit, score: u32::MAX, slip: false, seen }
    }

    /// What comes now fits less well than what came before.
    pub fn next_class(&mut self) {
        self.score = self.score.saturating_sub(1);
    }

    /// What comes from now on fits only with a slip.
    pub fn allow_slip(&mut self) {
        self.slip = true;
    }

    /// Whether there are as many as were asked for.
    pub fn is_full(&self) -> bool {
        self.missing() == 0
    }

    /// How many more were asked for.
    pub fn missing(&self) -> usize {
        self.limit.saturating_sub(self.hits.len())
    }

    /// Whether a matter is there already.
    pub fn has(&self, matter: u32) -> bool {
        self.seen.get(matter as usize / 64).is_some_and(|bits| bits >> (matter % 64) & 1 == 1)
    }

    /// Adds a matter, unless it is there already or there are enough.
    pub fn add(&mut self, matter: u32, alias: Option<String>, highlights: Vec<(u32, u32)>) {
        if self.is_full() || self.has(matter) {
            return;
        }
        if let Some(bits) = self.seen.get_mut(matter as usize / 64) {
            *bits |= 1 << (matter % 64);
        }
        let (matter, score, slip) = (matter as usize, self.score, self.slip);
        self.hits.push(Hit { matter, alias, highlights, slip, score });
    }
}
