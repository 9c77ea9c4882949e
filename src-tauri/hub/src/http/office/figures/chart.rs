//! The course of a period as bars: drawn with attributes alone, because nothing may run and no
//! element may bring a style of its own.

use maud::{Markup, html};

/// One step of the course.
pub(super) struct Bar {
    /// What stands below it: the day or the month.
    pub(super) label: String,
    /// 收件.
    pub(super) filed: u32,
    /// Of these 办结.
    pub(super) decided: u32,
}

const WIDTH: usize = 1280;
const HEIGHT: usize = 160;
const LEFT: usize = 48;
const RIGHT: usize = 8;
const TOP: usize = 12;
const BOTTOM: usize = 24;
/// How many labels fit below.
const LABELS: usize = 16;
/// The widest bar: three of them are no wall.
const WIDEST: usize = 46;

/// The least of 1, 2, 5, 10, 20 … of which four reach a number.
fn step_for(most: u32) -> u32 {
    let mut step = 1u32;
    loop {
        for times in [1, 2, 5] {
            let step = step.saturating_mul(times);
            if step.saturating_mul(4) >= most {
                return step;
            }
        }
        step = step.saturating_mul(10);
    }
}

/// The picture; a sentence says the same to who can't see it.
pub(super) fn chart(bars: &[Bar], by: &str) -> Markup {
    let most = bars.iter().map(|bar| bar.filed).max().unwrap_or(0);
    let step = step_for(most.max(1));
    let lines = most.max(1).div_ceil(step);
    let top = u64::from(step) * u64::from(lines);
    let (across, up) = (WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
    let high = |count: u32| {
        let part = u64::from(count) * up as u64 / top.max(1);
        usize::try_from(part).unwrap_or(up).max(usize::from(count > 0)).min(up)
    };
    let at = |n: usize| LEFT + across * n / bars.len().max(1);
    let room = across / bars.len().max(1);
    let wide = (room * 7 / 10).clamp(2, WIDEST);
    let every = bars.len().div_ceil(LABELS).max(1);
    let sum = |of: fn(&Bar) -> u32| bars.iter().map(|bar| u64::from(of(bar))).sum::<u64>();
    let said = format!(
        "按{by}的收件和办结：共收件{}件，其中已办结{}件，收件最多的一{}是{most}件",
        sum(|bar| bar.filed),
        sum(|bar| bar.decided),
        if by == "月份" { "月" } else { "天" },
    );
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(said) {
            @for n in 0..=lines {
                @let y = TOP + up - high(step.saturating_mul(n));
                line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y) y2=(y) {}
                text.scale x=(LEFT - 8) y=(y + 4) text-anchor="end" { (step.saturating_mul(n)) }
            }
            @for (n, bar) in bars.iter().enumerate() {
                @let x = at(n) + (room.saturating_sub(wide)) / 2;
                g {
                    title { (bar.label) "：收件" (bar.filed) "件，其中已办结" (bar.decided) "件" }
                    @for (kind, count) in [("filed", bar.filed), ("decided", bar.decided)] {
                        @if count > 0 {
                            rect.(kind) x=(x) y=(TOP + up - high(count)) width=(wide) height=(high(count)) {}
                        }
                    }
                }
                @if n % every == 0 {
                    text.scale x=(x + wide / 2) y=(HEIGHT - 7) text-anchor="middle" { (bar.label) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_has_four_round_steps_at_most() {
        for (most, step) in
            [(1, 1), (4, 1), (5, 2), (8, 2), (9, 5), (21, 10), (80, 20), (4_000_001, 2_000_000)]
        {
            assert_eq!(step_for(most), step, "{most}");
        }
        assert!(step_for(u32::MAX) > 1_000_000_000);
    }

    #[test]
    fn every_bar_stands_inside_however_many_and_high() {
        for count in [0, 1, 2, 31, 62, 400, 3000] {
            for filed in [0, 1, 7, u32::MAX] {
                let bar = |n: usize| Bar { label: n.to_string(), filed, decided: filed / 2 };
                let bars: Vec<Bar> = (0..count).map(bar).collect();
                let text = chart(&bars, "日期").into_string();
                let numbers = |name: &str| {
                    let at = format!(" {name}=\"");
                    text.split(&at)
                        .skip(1)
                        .map(|rest| {
                            rest.split('"').next().unwrap().parse::<usize>().expect("a number")
                        })
                        .collect::<Vec<_>>()
                };
                assert!(numbers("x").iter().all(|x| *x <= WIDTH), "{count} {filed}");
                assert!(numbers("y").iter().chain(&numbers("height")).all(|y| *y <= HEIGHT));
                assert!(!text.contains("style"));
            }
        }
    }
}
