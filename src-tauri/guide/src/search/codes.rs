//! Finding a matter by its code (实施编码), or by any piece of it.

use std::ops::Range;

use memchr::memmem::Finder;

use super::fold::fold;
use super::lines::Fit;

const SEPARATOR: u8 = b'\n';
/// A shorter piece of a code is not read with a slip.
const SHORTEST_SLIP: usize = 6;
/// So many codes that begin alike are taken from the sorted list; more of them are soon found in
/// the text.
const FEW: usize = 4096;

/// Every code, folded, in guide order, in one text: each between two separators.
pub struct Codes {
    text: String,
    /// Where each code begins in `text`, and behind the last one's separator.
    starts: Vec<u32>,
    is_ascii: bool,
    /// The length of the longest, in bytes.
    longest: usize,
    /// The matters by their codes, and by their codes read backwards.
    sorted: [Vec<u32>; 2],
}

impl Codes {
    /// Of every matter, in guide order.
    pub fn new<'c>(codes: impl Iterator<Item = &'c str>) -> Self {
        let mut text = String::from(char::from(SEPARATOR));
        let mut starts = Vec::new();
        for code in codes {
            starts.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            text.extend(fold(code).iter().map(|t| t.c));
            text.push(char::from(SEPARATOR));
        }
        starts.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        let is_ascii = text.is_ascii();
        let lengths = starts.windows(2).map(|two| (two[1] - two[0]) as usize - 1);
        let longest = lengths.max().unwrap_or(0);
        let mut codes = Self { text, starts, is_ascii, longest, sorted: Default::default() };
        let matters = 0..u32::try_from(codes.starts.len() - 1).unwrap_or(u32::MAX);
        let mut forwards: Vec<u32> = matters.collect();
        let mut backwards = forwards.clone();
        forwards.sort_by_key(|m| codes.code(*m));
        backwards.sort_by(|a, b| codes.code(*a).iter().rev().cmp(codes.code(*b).iter().rev()));
        codes.sorted = [forwards, backwards];
        codes
    }

    fn code(&self, matter: u32) -> &[u8] {
        let (start, next) = (matter as usize, matter as usize + 1);
        let (Some(start), Some(next)) = (self.starts.get(start), self.starts.get(next)) else {
            return &[];
        };
        let end = (*next as usize).saturating_sub(1);
        self.text.as_bytes().get(*start as usize..end).unwrap_or_default()
    }

    /// Whether the code of a matter fits so. A code has no words and no pieces.
    pub fn fits(&self, matter: u32, query: &str, fit: Fit) -> bool {
        let (code, query) = (self.code(matter), query.as_bytes());
        match fit {
            Fit::Exact => code == query,
            Fit::Prefix => code.starts_with(query),
            Fit::Inner => code.windows(query.len().max(1)).any(|piece| piece == query),
            Fit::Word | Fit::Apart => false,
        }
    }

    /// The first `most` matters, in guide order, whose code fits and that were not seen.
    pub fn find(
        &self,
        query: &str,
        fit: Fit,
        most: usize,
        is_seen: impl Fn(u32) -> bool,
    ) -> Vec<u32> {
        if most == 0
            || matches!(fit, Fit::Word | Fit::Apart)
            || (self.is_ascii && !query.is_ascii())
            || query.len() > self.longest
            // As long as the longest: it can only be the whole.
            || (query.len() == self.longest && fit != Fit::Exact)
        {
            return Vec::new();
        }
        if fit != Fit::Inner {
            let beginning = self.beginning_with(query.as_bytes());
            if beginning.len() <= FEW {
                let fitting = self.sorted[0].get(beginning).unwrap_or_default().iter().copied();
                let mut found: Vec<u32> =
                    fitting.filter(|m| self.fits(*m, query, fit) && !is_seen(*m)).collect();
                found.sort_unstable();
                found.truncate(most);
                return found;
            }
        }
        let needle = match fit {
            Fit::Exact => format!("\n{query}\n"),
            Fit::Prefix => format!("\n{query}"),
            Fit::Word | Fit::Inner | Fit::Apart => query.to_owned(),
        };
        let mut found: Vec<u32> = Vec::new();
        for at in Finder::new(&needle).find_iter(self.text.as_bytes()) {
            let inside = at + usize::from(fit != Fit::Inner);
            let matter = self.starts.partition_point(|start| *start as usize <= inside);
            let Some(matter) = matter.checked_sub(1).and_then(|m| u32::try_from(m).ok()) else {
                continue;
            };
            if found.last() != Some(&matter) && !is_seen(matter) {
                found.push(matter);
                if found.len() >= most {
                    break;
                }
            }
        }
        found
    }

    /// Where the codes stand in the sorted list that begin so.
    fn beginning_with(&self, query: &[u8]) -> Range<usize> {
        let all = 0..self.sorted[0].len();
        query.iter().enumerate().fold(all, |range, (i, byte)| self.narrow(0, range, i, *byte))
    }

    /// The matters, in guide order, whose code begins or ends with the query, one slip of the
    /// hand in it: for what looks like a code, and not for a short piece.
    pub fn near(&self, query: &str, most: usize) -> Vec<u32> {
        let query = query.as_bytes();
        let may_be_code = query.len() >= SHORTEST_SLIP
            && query.iter().all(u8::is_ascii_alphanumeric)
            && query.iter().any(u8::is_ascii_digit);
        if !may_be_code {
            return Vec::new();
        }
        let backwards: Vec<u8> = query.iter().rev().copied().collect();
        let mut found: Vec<u32> = [(0, query), (1, &backwards)]
            .into_iter()
            .flat_map(|(way, query)| {
                let ranges = self.slipped(way, query).into_iter().flatten();
                ranges.filter_map(move |at| self.sorted[way].get(at).copied())
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found.truncate(most);
        found
    }

    /// The parts of a sorted list whose codes begin with the query, one slip in it.
    fn slipped(&self, way: usize, query: &[u8]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut range = 0..self.sorted[way].len();
        let mut go_on = |range: Range<usize>, at: usize, rest: &[&[u8]]| {
            let bytes = rest.iter().copied().flatten().enumerate();
            let end = bytes.fold(range, |r, (i, byte)| self.narrow(way, r, at + i, *byte));
            if !end.is_empty() {
                found.push(end);
            }
        };
        for (i, byte) in query.iter().enumerate() {
            let (here, after) = (&query[i..], &query[i + 1..]);
            // One too many.
            go_on(range.clone(), i, &[after]);
            // Two swapped.
            if let [_, next, after @ ..] = here {
                go_on(range.clone(), i, &[&[*next, *byte], after]);
            }
            let mut rest = range.clone();
            while let Some(other) = rest.clone().find_map(|at| self.byte(way, at, i)) {
                let branch = self.narrow(way, rest.clone(), i, other);
                rest.start = branch.end;
                // A wrong one, or one too few.
                go_on(branch.clone(), i + 1, &[after]);
                go_on(branch, i + 1, &[here]);
            }
            range = self.narrow(way, range, i, *byte);
            if range.is_empty() {
                break;
            }
        }
        found
    }

    /// What stands at a place of a code, for an entry of a sorted list.
    fn byte(&self, way: usize, entry: usize, at: usize) -> Option<u8> {
        let code = self.code(*self.sorted[way].get(entry)?);
        let at = if way == 0 { Some(at) } else { (code.len()).checked_sub(at + 1) };
        code.get(at?).copied()
    }

    /// The part of a range, alike up to there, that has `byte` at a place.
    fn narrow(&self, way: usize, range: Range<usize>, at: usize, byte: u8) -> Range<usize> {
        let below = |reached: &dyn Fn(Option<u8>) -> bool| {
            let (mut low, mut high) = (range.start, range.end);
            while low < high {
                let middle = low + (high - low) / 2;
                match reached(self.byte(way, middle, at)) {
                    true => high = middle,
                    false => low = middle + 1,
                }
            }
            low
        };
        below(&|found| found >= Some(byte))..below(&|found| found > Some(byte))
    }
}
