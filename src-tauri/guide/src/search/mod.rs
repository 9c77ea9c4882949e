//! Finding a matter while the clerk types (in memory, built once for each guide release).
//!
//! A query finds a matter by any piece of its name, of an alias, of its code or of its
//! department's name: Chinese characters, full pinyin, initials, or any mixture, without regard
//! to case, width, blanks, punctuation and traditional forms. Names and aliases are looked up by
//! their rarest pair of neighbouring sounds ([`postings`]), sifted by a few bits ([`marks`]) and
//! then tested exactly ([`matcher`]), so that the time hardly grows with the number of matters
//! that do not fit.
//!
//! Order of the hits: the whole text, then its beginning, the beginning of a word in it, the
//! inside; in each of these what the window uses most, then names before aliases before codes,
//! then the order of the guide. Mixtures of syllables and initials come after all of these, and
//! after them queries whose pieces stand apart in the name (个体sl for 个体工商户设立登记), a
//! department together with a piece of a name (公安局 居住证), and matters found by the name of
//! their department alone, because it fits them all alike. Only where all of this finds too
//! little is one slip of the hand allowed for ([`slip`]).

mod codes;
mod cut;
mod departments;
mod fold;
mod found;
mod lines;
mod marks;
mod matcher;
mod polyphones;
mod postings;
mod query;
mod run;
mod slip;
mod sound;
mod usage;

#[cfg(test)]
mod tests;

use self::codes::Codes;
use self::departments::Departments;
use self::lines::Lines;
use self::marks::Marks;
use self::postings::Postings;
use self::query::Query;
use self::run::Search;
use self::sound::Alphabet;
use crate::package::GuidePackage;

pub use self::found::Hit;
pub use self::usage::Usage;

/// The index of one guide release.
pub struct SearchIndex {
    alphabet: Alphabet,
    /// Every name in guide order, then every alias in guide order.
    lines: Lines,
    /// The text of each line, to show what fits in it.
    texts: Vec<Box<str>>,
    /// The matter of each line.
    matters: Vec<u32>,
    names: usize,
    /// [`FEW`], except in tests.
    few: usize,
    marks: Marks,
    postings: Postings,
    codes: Codes,
    departments: Departments,
}

/// A reading whose candidates are at most so many is tested against all of them at once; one
/// with more is tested fit by fit, and stops when there are enough hits.
const FEW: usize = 2048;

impl SearchIndex {
    /// Indexes every matter of `package`.
    pub fn build(package: &GuidePackage) -> Self {
        let mut alphabet = Alphabet::default();
        let mut lines = Lines::default();
        let departments = Departments::new(package, &mut alphabet);
        let names = (0u32..).zip(&package.matters).map(|(i, m)| (i, m.name.as_str()));
        let aliases = (0u32..)
            .zip(&package.matters)
            .flat_map(|(i, m)| m.aliases.iter().map(move |alias| (i, alias.as_str())));
        let mut texts: Vec<Box<str>> = Vec::new();
        let mut matters = Vec::new();
        for (matter, text) in names.chain(aliases) {
            lines.push(text, &mut alphabet);
            texts.push(text.into());
            matters.push(matter);
        }
        alphabet.learn();
        Self {
            marks: Marks::new(&lines, &alphabet),
            postings: Postings::new(&lines, &alphabet),
            codes: Codes::new(package.matters.iter().map(|m| m.code.as_str())),
            names: package.matters.len(),
            few: FEW,
            alphabet,
            lines,
            texts,
            matters,
            departments,
        }
    }

    /// The best `limit` matters for what was typed, best first, each at most once; among equals
    /// those that `usage` counts most. Nothing for a text of blanks and punctuation.
    pub fn search(&self, text: &str, limit: usize, usage: &Usage) -> Vec<Hit> {
        let query = Query::new(text);
        if query.is_empty() || limit == 0 {
            return Vec::new();
        }
        Search::new(self, usage, limit).run(&query)
    }

    /// The lines of a matter: its name and its aliases.
    fn lines_of(&self, matter: usize) -> impl Iterator<Item = u32> + '_ {
        let aliases = self.matters.get(self.names..).unwrap_or_default();
        let from = self.names + aliases.partition_point(|m| (*m as usize) < matter);
        let own =
            move |line: &usize| self.matters.get(*line).is_some_and(|m| *m as usize == matter);
        let name = Some(matter).filter(|m| *m < self.names);
        name.into_iter().chain((from..).take_while(own)).filter_map(|l| u32::try_from(l).ok())
    }
}
