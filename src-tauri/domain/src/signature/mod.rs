//! 手写签名: a name that somebody wrote with a pen or a finger on a screen, kept as they wrote it.
//!
//! What is kept is where the pen went, when, and how hard it pressed, in a box of fixed size, and not
//! a picture: a picture can be copied from any other paper, and can't be drawn sharp on the next one.
//! This module owns what counts as a signature (how much, how large, how long) and how its points
//! are thinned out. It says nothing of who may sign: that is [`crate::handover`]'s. It is no
//! certified electronic signature (电子签名法 第13条), and nothing here claims so.

mod simplify;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::beijing;
use crate::document::DocumentKind;
use crate::named::named;
use crate::refusal::{Refusal, RefusalCode};
pub use simplify::{PRESSURE_TOLERANCE, TOLERANCE};

/// The box that is written in: three times as wide as high, as a name of three characters is. A
/// unit is 0.03 mm on paper where the box is 50 mm wide: finer than a laser printer's dot.
pub const WIDTH: i32 = 1800;
/// Its height.
pub const HEIGHT: i32 = 600;
/// The hardest press; the lightest is 0. A mouse and most fingers press by half.
pub const HARDEST: i32 = 255;
/// The most strokes of a signature: names of several words in regular script stay far below.
pub const MOST_STROKES: usize = 200;
/// The most points that a screen may send: some minutes of a fast pen.
pub const MOST_SENT: usize = 20_000;
/// The most points of one stroke that is sent.
pub const LONGEST_STROKE: usize = 5_000;
/// The most points that are kept. With them an event has some 80 KB, of the 1 MiB that it may have.
pub const MOST_KEPT: usize = 4_000;
/// The longest that somebody signs, in milliseconds.
pub const LONGEST: i32 = 600_000;
/// The longer side of what was written, at least: a dot and a slip of the hand are no signature.
pub const LEAST_EXTENT: i32 = 120;
/// The way of the pen, at least.
pub const LEAST_WAY: f64 = 240.0;

/// Where the pen was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PenPoint {
    /// From the left edge of the box.
    pub x: i32,
    /// From its upper edge.
    pub y: i32,
    /// Milliseconds since the pen first touched.
    pub t: i32,
    /// How hard it pressed, 0 to 255.
    pub p: i32,
}

impl PenPoint {
    /// From here to there, in units of the box.
    fn way(self, to: Self) -> f64 {
        f64::hypot(f64::from(to.x) - f64::from(self.x), f64::from(to.y) - f64::from(self.y))
    }
}

/// The strokes of a signature, thinned out and examined. What is read from anybody is examined as
/// it is read, so whoever holds one need not ask again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "Vec<Vec<i32>>", into = "Vec<Vec<i32>>")]
#[ts(type = "number[][]")]
pub struct Strokes(Vec<Vec<PenPoint>>);

impl fmt::Debug for Strokes {
    /// Shows nothing of it: whoever has the strokes can write the name, and this may end up in a
    /// log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Strokes").finish_non_exhaustive()
    }
}

impl Strokes {
    /// Examines what a screen sent and keeps as few of its points as show the same.
    ///
    /// # Errors
    /// `bad-signature` at `strokes`: nothing written or a dot, too much, or points that no pen of
    /// this program makes.
    pub fn written(sent: &[Vec<PenPoint>]) -> Result<Self, Refusal> {
        let points: usize = sent.iter().map(Vec::len).sum();
        let longest = sent.iter().map(Vec::len).max().unwrap_or(0);
        if points > MOST_SENT || longest > LONGEST_STROKE || sent.len() > MOST_STROKES {
            return Err(too_much());
        }
        let drawn = sent.iter().filter(|stroke| !stroke.is_empty());
        let kept: Vec<_> = drawn.map(|stroke| simplify::simplify(stroke)).collect();
        Self::examined(kept)
    }

    /// The strokes, each of at least one point.
    pub fn lines(&self) -> &[Vec<PenPoint>] {
        &self.0
    }

    /// The corners of what was written: left, top, right, bottom.
    pub fn bounds(&self) -> (i32, i32, i32, i32) {
        let none = (WIDTH, HEIGHT, 0, 0);
        self.0.iter().flatten().fold(none, |(left, top, right, bottom), point| {
            (left.min(point.x), top.min(point.y), right.max(point.x), bottom.max(point.y))
        })
    }

    fn examined(strokes: Vec<Vec<PenPoint>>) -> Result<Self, Refusal> {
        let points: usize = strokes.iter().map(Vec::len).sum();
        if points > MOST_KEPT || strokes.len() > MOST_STROKES {
            return Err(too_much());
        }
        let mut before = 0;
        for point in strokes.iter().flatten() {
            let inside = (0..=WIDTH).contains(&point.x) && (0..=HEIGHT).contains(&point.y);
            let pressed = (0..=HARDEST).contains(&point.p);
            if !inside || !pressed || !(before..=LONGEST).contains(&point.t) {
                return Err(refused("签名的笔迹数据不对，请重写"));
            }
            before = point.t;
        }
        if strokes.iter().any(Vec::is_empty) {
            return Err(refused("签名的笔迹数据不对，请重写"));
        }
        let written = Self(strokes);
        let (left, top, right, bottom) = written.bounds();
        let pairs = written.0.iter().flat_map(|stroke| stroke.windows(2));
        let way: f64 = pairs.map(|pair| pair[0].way(pair[1])).sum();
        if (right - left).max(bottom - top) < LEAST_EXTENT || way < LEAST_WAY {
            return Err(refused("还没有签名，或者签得太小，请在框内写姓名"));
        }
        Ok(written)
    }
}

fn refused(message: &str) -> Refusal {
    Refusal::new(RefusalCode::BadSignature, "strokes", message)
}

fn too_much() -> Refusal {
    refused("签名的笔画太多，请重写")
}

/// How many numbers a point is written as.
const NUMBERS: usize = 4;

impl From<Strokes> for Vec<Vec<i32>> {
    /// Each stroke in one row of numbers: x, y, t and p of its first point, and of every other what
    /// is added to the one before.
    fn from(strokes: Strokes) -> Self {
        let row = |stroke: Vec<PenPoint>| {
            let mut row = Vec::with_capacity(stroke.len() * NUMBERS);
            let mut before = PenPoint { x: 0, y: 0, t: 0, p: 0 };
            for point in stroke {
                let PenPoint { x, y, t, p } = before;
                row.extend([point.x - x, point.y - y, point.t - t, point.p - p]);
                before = point;
            }
            row
        };
        strokes.0.into_iter().map(row).collect()
    }
}

impl TryFrom<Vec<Vec<i32>>> for Strokes {
    type Error = Refusal;

    fn try_from(rows: Vec<Vec<i32>>) -> Result<Self, Refusal> {
        let torn = || refused("签名的笔迹数据不对");
        let mut strokes = Vec::with_capacity(rows.len().min(MOST_STROKES));
        for row in rows {
            let (points, rest) = row.as_chunks::<NUMBERS>();
            if !rest.is_empty() {
                return Err(torn());
            }
            let mut stroke = Vec::with_capacity(points.len().min(MOST_KEPT));
            let mut before = PenPoint { x: 0, y: 0, t: 0, p: 0 };
            for [x, y, t, p] in points {
                let add = |to: i32, more: &i32| to.checked_add(*more).ok_or_else(torn);
                before = PenPoint {
                    x: add(before.x, x)?,
                    y: add(before.y, y)?,
                    t: add(before.t, t)?,
                    p: add(before.p, p)?,
                };
                stroke.push(before);
            }
            strokes.push(stroke);
        }
        Self::examined(strokes)
    }
}

/// On which screen somebody signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SigningScreen {
    /// 申请人屏: their own
    Applicant,
    /// 窗口屏: the clerk's, turned or touched across the counter
    Clerk,
}

named!(SigningScreen {
    Applicant "applicant" "申请人屏",
    Clerk "clerk" "窗口屏",
});

/// A signature that somebody wrote on a screen: by whom, for what, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandSignature {
    /// Who, as the clerk knew them.
    pub signer: String,
    /// The papers that it stands on.
    pub papers: Vec<DocumentKind>,
    /// When they said that it is theirs, by the window's clock.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Where they wrote.
    pub screen: SigningScreen,
    /// What they wrote.
    pub strokes: Strokes,
}

impl HandSignature {
    /// What a case holds of it: that it was made, never how it looks.
    pub fn fact(&self) -> SignedByHand {
        SignedByHand { signer: self.signer.clone(), at: self.at, screen: self.screen }
    }

    /// When, by the clock on the wall in Beijing.
    pub fn moment(&self) -> DateTime {
        beijing::time(self.at)
    }
}

/// That something was signed on a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignedByHand {
    /// Who.
    pub signer: String,
    /// When.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Where they wrote.
    pub screen: SigningScreen,
}

#[cfg(test)]
mod tests;
