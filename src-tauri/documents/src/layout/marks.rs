//! Marks and quantities in Chinese text: what may not begin or end a line, what is kept together,
//! and how much of a mark is blank (GB/T 15834—2011 标点符号用法 5.1; W3C, Requirements for Chinese
//! Text Layout, 3.1).

use super::glyphs::Cluster;

/// May not begin a line.
pub(crate) fn never_first(c: char) -> bool {
    closes(c)
        || matches!(c, '…' | '—' | '–' | '·' | '～' | '‰' | '℃' | '°' | '％' | '．' | '／')
        || matches!(c, ',' | '.' | ';' | ':' | '?' | '!' | ')' | ']' | '}' | '%' | '/')
}

/// May not end a line.
pub(crate) fn never_last(c: char) -> bool {
    opens(c) || matches!(c, '(' | '[' | '{' | '￥' | '$' | '№' | '＄' | '＃')
}

/// A full-width mark whose ink is at its left, so that its right half is blank.
fn closes(c: char) -> bool {
    matches!(c, '。' | '，' | '、' | '；' | '：' | '？' | '！')
        || matches!(c, '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '〗' | '”' | '’')
}

/// A full-width mark whose ink is at its right, so that its left half is blank.
fn opens(c: char) -> bool {
    matches!(c, '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '〖' | '“' | '‘')
}

/// Marks that fonts for the mainland set in the middle of their place or fill.
fn filled(c: char) -> bool {
    matches!(c, '？' | '！')
}

/// Whether a cluster is one mark as wide as a character: quotation marks of a Latin font are not.
fn full(cluster: &Cluster) -> bool {
    cluster.glyphs.len() == 1 && cluster.advance() > 0.9
}

/// The part of a cluster's width behind its ink that a line's end may cut off.
pub(crate) fn trailing_blank(cluster: &Cluster) -> f32 {
    let blank = full(cluster) && closes(cluster.last) && !filled(cluster.last);
    if blank { 0.5 } else { 0.0 }
}

/// Takes the blank half off an opening mark that begins a line, so that its ink stands at the
/// edge; returns by how many ems the line is shorter.
pub(crate) fn squeeze_first(cluster: &mut Cluster) -> f32 {
    if full(cluster) && opens(cluster.first) { narrow_left(cluster) } else { 0.0 }
}

/// Takes the blank half off a mark that ends a line too long by it; returns by how many ems the
/// line is shorter.
pub(crate) fn squeeze_last(cluster: &mut Cluster) -> f32 {
    let blank = trailing_blank(cluster);
    cluster.glyphs.iter_mut().for_each(|glyph| glyph.advance -= blank);
    blank
}

fn narrow_left(cluster: &mut Cluster) -> f32 {
    for glyph in &mut cluster.glyphs {
        glyph.advance -= 0.5;
        glyph.shift.0 -= 0.5;
    }
    0.5
}

/// Takes one of the blanks away where two marks meet (标点挤压): `）。`, `，“`, `《（`.
pub(crate) fn squeeze(clusters: &mut [Cluster]) {
    for i in 1..clusters.len() {
        let (before, after) = clusters.split_at_mut(i);
        let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) else { continue };
        let meets = closes(after.first) || opens(after.first);
        if trailing_blank(before) > 0.0 && meets && full(after) {
            before.glyphs.iter_mut().for_each(|glyph| glyph.advance -= 0.5);
        } else if opens(before.last) && opens(after.first) && full(after) {
            narrow_left(after);
        }
    }
}

/// What follows a number as its unit; the longer ones first.
const UNITS: [&str; 23] = [
    "个工作日",
    "个自然日",
    "个小时",
    "个月",
    "工作日",
    "万元",
    "小时",
    "分钟",
    "年",
    "月",
    "日",
    "号",
    "时",
    "分",
    "条",
    "款",
    "项",
    "份",
    "次",
    "元",
    "页",
    "版",
    "个",
];

/// Keeps a number with what stands before and behind it: `第5个工作日`, `2026年9月17日`, `3份`.
/// What is kept together already stays as it is.
///
/// On a form, a box to tick stays with its word (`□ 直接送达`) and a blank with the rest of its date
/// (`＿＿年＿＿月＿＿日`).
pub(crate) fn gather(clusters: &mut [Cluster]) {
    // A group of its own for each; those of the spans count from nought.
    let mut group = usize::MAX;
    let mut at = 0;
    while at < clusters.len() {
        let end = [quantity, choice, blank].iter().map(|ends| ends(clusters, at)).max();
        let end = end.unwrap_or(at);
        if end == at {
            at += 1;
            continue;
        }
        let from = if at > 0 && clusters[at - 1].last == '第' { at - 1 } else { at };
        if clusters[from..end].iter().all(|c| c.group.is_none()) {
            clusters[from..end].iter_mut().for_each(|c| c.group = Some(group));
            group -= 1;
        }
        at = end;
    }
}

/// Where the box to tick at `at` ends, its word included; at `at` if there is none.
fn choice(clusters: &[Cluster], at: usize) -> usize {
    if !clusters[at..].iter().map(|c| c.first).take(2).eq(['□', ' ']) {
        return at;
    }
    let word = clusters[at + 2..].iter().take_while(|c| !matches!(c.first, '　' | '□' | BLANK));
    at + 2 + word.count()
}

/// What a form has where something is written in by hand.
pub(crate) const BLANK: char = '＿';

/// Where the blank at `at` ends, with the units and blanks that go on behind it; at `at` if there
/// is none.
fn blank(clusters: &[Cluster], at: usize) -> usize {
    if clusters[at].first != BLANK || (at > 0 && clusters[at - 1].first == BLANK) {
        return at;
    }
    let goes_on = |c: &&Cluster| matches!(c.first, BLANK | '年' | '月' | '日' | '时' | '分' | '份');
    at + clusters[at..].iter().take_while(goes_on).count()
}

/// Where the quantity that begins at `at` ends; at `at` if none does.
fn quantity(clusters: &[Cluster], at: usize) -> usize {
    let digit = |i: usize| clusters.get(i).is_some_and(|c| c.first.is_ascii_digit());
    if !digit(at) || (at > 0 && digit(at - 1)) {
        return at;
    }
    let mut end = at;
    let mut i = at;
    loop {
        while digit(i)
            || (i > at && clusters.get(i).is_some_and(|c| c.first == '.') && digit(i + 1))
        {
            i += 1;
        }
        let says = |unit: &&&str| {
            let mut following = clusters[i..].iter();
            unit.chars().all(|c| following.next().is_some_and(|found| found.first == c))
        };
        let Some(unit) = UNITS.iter().find(says) else { return end };
        i += unit.chars().count();
        end = i;
        // A date or a time goes on behind its 年, 月, 时.
        if !digit(i) || !matches!(*unit, "年" | "月" | "时") {
            return end;
        }
    }
}
