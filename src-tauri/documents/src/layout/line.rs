//! Breaking a text into lines, by the Chinese rules (GB/T 15834 标点用法, 行首行末禁则).

use super::glyphs::Cluster;

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

/// The largest gap that justifying may add, in ems. Text extraction takes a tenth of an em for
/// a blank, so a stretched name would no longer be found.
const LARGEST_GAP: f32 = 0.06;

/// May not begin a line.
fn never_first(c: char) -> bool {
    matches!(
        c,
        '。' | '，'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〗'
            | '”'
            | '’'
            | '…'
            | '—'
            | '·'
            | '～'
            | '‰'
            | '℃'
            | '％'
            | '．'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
            | ']'
            | '}'
            | '%'
            | '/'
    )
}

/// May not end a line.
fn never_last(c: char) -> bool {
    matches!(
        c,
        '（' | '《'
            | '〈'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〖'
            | '“'
            | '‘'
            | '('
            | '['
            | '{'
            | '￥'
            | '$'
    )
}

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
        let width = if clusters[fits].is_blank() { 0.0 } else { widths[fits] };
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
fn loosen(clusters: Vec<Cluster>, measure: Measure) -> Vec<Cluster> {
    let room = (measure.width / measure.size).max(1.0);
    let mut loose = Vec::with_capacity(clusters.len());
    for group in clusters.chunk_by(|a, b| a.group.is_some() && a.group == b.group) {
        let too_wide = group.iter().map(Cluster::advance).sum::<f32>() > room;
        for cluster in group {
            let mut cluster = cluster.clone();
            if too_wide {
                cluster.group = None;
            }
            if cluster.advance() > room && cluster.glyphs.len() > 1 {
                loose.extend(cluster.apart());
            } else {
                loose.push(cluster);
            }
        }
    }
    loose
}

/// Breaks `clusters` into lines. Blanks at the ends of lines are left out.
pub(crate) fn break_lines(clusters: Vec<Cluster>, measure: Measure) -> Vec<Line> {
    let mut clusters = loosen(clusters, measure);
    let trailing = clusters.iter().rev().take_while(|c| c.is_blank()).count();
    clusters.truncate(clusters.len() - trailing);
    let widths: Vec<f32> = clusters.iter().map(|c| c.advance() * measure.size).collect();
    let mut lines = Vec::new();
    let mut start = clusters.iter().take_while(|c| c.is_blank()).count();
    while start < clusters.len() {
        let indent = if lines.is_empty() { measure.indent } else { 0.0 };
        let room = measure.width - indent;
        let end = end_of_line(&clusters, &widths, start, room + 0.01);
        let mut shown = end;
        while shown > start && clusters[shown - 1].is_blank() {
            shown -= 1;
        }
        let width: f32 = widths[start..shown].iter().sum();
        let gaps = count(shown.saturating_sub(start + 1));
        let last = end == clusters.len();
        let wanted = if gaps > 0.0 { (room - width) / gaps } else { 0.0 };
        let stretch = measure.justify && !last && wanted <= LARGEST_GAP * measure.size;
        lines.push(Line {
            clusters: clusters[start..shown].to_vec(),
            width,
            extra: if stretch { wanted.max(0.0) } else { 0.0 },
            indent,
        });
        start = end;
        while start < clusters.len() && clusters[start].is_blank() {
            start += 1;
        }
    }
    lines
}

#[expect(clippy::cast_precision_loss, reason = "a line has far fewer than 2^24 clusters")]
fn count(n: usize) -> f32 {
    n as f32
}
