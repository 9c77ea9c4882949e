//! A signature that was written on a screen, as lines: sharp at any size, and no picture.

use printpdf::{Line, LineCapStyle, LineJoinStyle, Op, Pt};

use super::corner;
use crate::layout::page::Dab;

/// Weights are told apart by so much, in points: what lies between looks the same.
const STEP: f32 = 0.1;

/// Draws the strokes on a page that is `height` high: stretches of one weight as one line, round at
/// its ends, so that where a wider one begins shows no edge.
pub(super) fn draw(height: f32, strokes: &[Vec<Dab>], ops: &mut Vec<Op>) {
    ops.push(Op::SaveGraphicsState);
    ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Round });
    ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
    for stroke in strokes {
        let mut line: Vec<Dab> = Vec::new();
        let mut weight = 0.0;
        // A stroke of one point is a line from it to itself, which round ends make a dot.
        let ends = stroke.iter().zip(stroke.iter().skip(1).chain(stroke.last()));
        let single = stroke.len() == 1;
        for (from, to) in ends.take(if single { 1 } else { stroke.len() - 1 }) {
            let here = ((from.weight + to.weight) / 2.0 / STEP).round() * STEP;
            if line.is_empty() || (here - weight).abs() > STEP / 2.0 {
                push(height, &line, weight, ops);
                line = vec![*from];
                weight = here;
            }
            line.push(*to);
        }
        push(height, &line, weight, ops);
    }
    ops.push(Op::RestoreGraphicsState);
}

fn push(height: f32, line: &[Dab], weight: f32, ops: &mut Vec<Op>) {
    if line.is_empty() {
        return;
    }
    ops.push(Op::SetOutlineThickness { pt: Pt(weight) });
    let points = line.iter().map(|dab| corner(height, dab.x, dab.y)).collect();
    ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
}
