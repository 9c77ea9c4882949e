//! Filling pages with pieces: what must stay together does, and the head of a table is repeated.

use super::page::Item;

/// A piece that is not broken. Its items are measured from its top.
#[derive(Clone, Debug, Default)]
pub(crate) struct Piece {
    pub(crate) height: f32,
    /// Space above it, unless it begins a page.
    pub(crate) above: f32,
    pub(crate) items: Vec<Item>,
    /// Whether the next piece goes on the same page.
    pub(crate) with_next: bool,
    /// The head repeated above it where it begins a page: an index into the heads.
    pub(crate) head: Option<usize>,
}

/// Where content may stand, in points from the top of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Top of the content on the first page.
    pub(crate) first_top: f32,
    /// Top of the content on the pages that follow.
    pub(crate) next_top: f32,
    /// The end of it.
    pub(crate) bottom: f32,
}

/// The content of a page.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    pub(crate) items: Vec<Item>,
    /// Where it ends, from the top of the page.
    pub(crate) end: f32,
}

/// How high the pieces from the start of `pieces` are that go on one page together, and how many.
fn chain(pieces: &[Piece]) -> (f32, usize) {
    let mut height = 0.0;
    for (i, piece) in pieces.iter().enumerate() {
        height += piece.height + if i > 0 { piece.above } else { 0.0 };
        if !piece.with_next {
            return (height, i + 1);
        }
    }
    (height, pieces.len())
}

/// Fills pages. There is always at least one.
pub(crate) fn fill(mut pieces: Vec<Piece>, heads: &[Piece], frame: Frame) -> Vec<Filled> {
    let mut pages = vec![Filled::default()];
    let mut y = frame.first_top;
    let mut fresh = true;
    let mut i = 0;
    while i < pieces.len() {
        let piece = &pieces[i];
        let (height, count) = chain(&pieces[i..]);
        let head_height = |p: &Piece| p.head.map_or(0.0, |h| heads[h].height);
        let whole_page = frame.bottom - frame.next_top - head_height(piece);
        // What no page can hold together is placed piece by piece.
        let (need, take) = if height > whole_page { (piece.height, 1) } else { (height, count) };
        if !fresh && y + piece.above + need > frame.bottom {
            pages.push(Filled::default());
            y = frame.next_top;
            fresh = true;
        }
        for piece in &mut pieces[i..i + take] {
            let page_starts = fresh && pages.len() > 1;
            let mut place = |items: Vec<Item>, y: f32, height: f32| {
                if let Some(page) = pages.last_mut() {
                    page.items.extend(items.into_iter().map(|item| item.lowered(y)));
                    page.end = y + height;
                }
            };
            if !fresh {
                y += piece.above;
            } else if let (true, Some(head)) = (page_starts, piece.head) {
                place(heads[head].items.clone(), y, heads[head].height);
                y += heads[head].height;
            }
            place(std::mem::take(&mut piece.items), y, piece.height);
            y += piece.height;
            fresh = false;
        }
        i += take;
    }
    pages
}
