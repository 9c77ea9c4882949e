//! Breaking a text into lines, by the Chinese rules (GB/T 15834 标点用法, 行首行末禁则).

use super::glyphs::Cluster;
use super::marks::{
    gather, never_first, never_last, squeeze, squeeze_first, squeeze_last, trailing_blank,
};

/// One line; lengths in points.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) clusters: Vec<Cluster>,
    /// Its width without `extra`.
    pub(crate) width: f32,
    /// Added between clusters, so that the right edge is straight.
    pub(crate) extra: f32,
    /// From the left edge of the block.
    pub(crate) indent: f32,
}

/// How a block of text is broken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    /// In points.
    pub(crate) size: f32,
    /// The width of a line, in points.
    pub(crate) width: f32,
    /// Of the first line, in points.
    pub(crate) indent: f32,
    /// Whether full lines are stretched to the right edge.
    pub(crate) justify: bool,
}

impl Measure {
    /// The width of a line, the first one's without its indent.
    fn room(&self, first: bool) -> f32 {
        if first { self.width - self.indent } else { self.width }
    }
}

/// The largest gap that justifying may add, in ems. Text extraction takes a tenth of an em for
/// a blank, so a stretched name would no longer be found.
const LARGEST_GAP: f32 = 0.085;

/// Written without a blank between its letters: not broken where that can be avoided.
fn of_a_word(c: char) -> bool {
    let latin = c.is_alphabetic() && u32::from(c) < 0x2E80;
    latin || c.is_ascii_digit() || (c.is_ascii_punctuation() && !never_last(c)) || c == '·'
}

/// How good a break is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Only because nothing else fits.
    Forced,
    /// Inside a word, between two characters of it that may be parted.
    Word,
    /// Inside something that should be kept together.
    Kept,
    /// Where a line may end.
    Free,
}

/// What it means to end a line between two clusters.
fn place(before: &Cluster, after: &Cluster) -> Place {
    let (b, a) = (before.last, after.first);
    if never_first(a) || never_last(b) || after.is_blank() {
        return Place::Forced;
    }
    if of_a_word(b) && of_a_word(a) {
        return if before.group.is_some() && before.group == after.group {
            Place::Forced
        } else {
            Place::Word
        };
    }
    if before.group.is_some() && before.group == after.group { Place::Kept } else { Place::Free }
}

/// Where the line that starts at `start` ends: the best place in what fits. A place in the last
/// three quarters is good enough to leave a kept span whole; a span longer than a line is torn.
fn end_of_line(clusters: &[Cluster], widths: &[f32], start: usize, room: f32) -> usize {
    let mut used = 0.0;
    let mut fits = start;
    while fits < clusters.len() {
        let width = match &clusters[fits] {
            blank if blank.is_blank() => 0.0,
            mark => widths[fits] * (1.0 - trailing_blank(mark)),
        };
        if used + width > room && fits > start {
            break;
        }
        used += widths[fits];
        fits += 1;
    }
    if fits == clusters.len() {
        return fits;
    }
    let mut best = (Place::Forced, fits);
    for at in (start + 1..=fits).rev() {
        let place = place(&clusters[at - 1], &clusters[at]);
        if place > best.0 {
            best = (place, at);
        }
        if place == Place::Free {
            break;
        }
    }
    best.1
}

/// The widest span that is to be kept together, in ems.
pub(crate) fn widest_kept(clusters: &[Cluster]) -> f32 {
    let groups = clusters.chunk_by(|a, b| a.group.is_some() && a.group == b.group);
    let kept = groups.filter(|g| g.first().is_some_and(|c| c.group.is_some()));
    kept.map(|g| g.iter().map(Cluster::advance).sum()).fold(0.0, f32::max)
}

/// Lets go of what no line can hold: spans wider than a line are torn where they reach its end,
/// and a joined word between its letters.
fn loosen(mut clusters: Vec<Cluster>, measure: Measure) -> Vec<Cluster> {
    let room = (measure.width / measure.size).max(1.0);
    for group in clusters.chunk_by_mut(|a, b| a.group.is_some() && a.group == b.group) {
        if group.iter().map(Cluster::advance).sum::<f32>() > room {
            group.iter_mut().for_each(|cluster| cluster.group = None);
        }
    }
    let torn = |c: &Cluster| c.glyphs.len() > 1 && c.advance() > room;
    if !clusters.iter().any(torn) {
        return clusters;
    }
    let apart = |c: Cluster| if torn(&c) { c.apart() } else { vec![c] };
    clusters.into_iter().flat_map(apart).collect()
}

/// Breaks `clusters` into lines. Blanks at the ends of lines are left out.
pub(crate) fn break_lines(clusters: Vec<Cluster>, measure: Measure) -> Vec<Line> {
    let mut clusters = loosen(clusters, measure);
    squeeze(&mut clusters);
    gather(&mut clusters);
    let trailing = clusters.iter().rev().take_while(|c| c.is_blank()).count();
    clusters.truncate(clusters.len() - trailing);
    let widths: Vec<f32> = clusters.iter().map(|c| c.advance() * measure.size).collect();
    let blanks = |from: usize| clusters[from..].iter().take_while(|c| c.is_blank()).count();
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let mut start = blanks(0);
    while start < clusters.len() {
        let room = measure.room(ranges.is_empty());
        let end = end_of_line(&clusters, &widths, start, room + 0.01);
        let hidden = clusters[start..end].iter().rev().take_while(|c| c.is_blank()).count();
        ranges.push((start, end - hidden));
        start = end + blanks(end);
    }
    let last = ranges.len().saturating_sub(1);
    let mut at = 0;
    let mut clusters = clusters.into_iter();
    let mut lines = Vec::with_capacity(ranges.len());
    for (i, (start, end)) in ranges.into_iter().enumerate() {
        let shown: Vec<Cluster> = clusters.by_ref().skip(start - at).take(end - start).collect();
        at = end;
        let width = widths[start..end].iter().sum();
        lines.push(line(shown, width, start > 0, measure, (i == 0, i == last)));
    }
    lines
}

/// A line of what stands on it; `ends` tells whether it is the first and whether it is the last.
fn line(
    mut clusters: Vec<Cluster>,
    mut width: f32,
    broken: bool,
    measure: Measure,
    ends: (bool, bool),
) -> Line {
    let room = measure.room(ends.0);
    if let Some(first) = clusters.first_mut().filter(|_| broken) {
        width -= squeeze_first(first) * measure.size;
    }
    if let Some(last) = clusters.last_mut().filter(|_| width > room) {
        width -= squeeze_last(last) * measure.size;
    }
    let gaps = count(clusters.len().saturating_sub(1));
    let wanted = if gaps > 0.0 { (room - width) / gaps } else { 0.0 };
    let stretch = measure.justify && !ends.1 && wanted <= LARGEST_GAP * measure.size;
    let indent = if ends.0 { measure.indent } else { 0.0 };
    Line { clusters, width, extra: if stretch { wanted.max(0.0) } else { 0.0 }, indent }
}

#[expect(clippy::cast_precision_loss, reason = "a line has far fewer than 2^24 clusters")]
fn count(n: usize) -> f32 {
    n as f32
}
