use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::case::event::EventBody;
use crate::case::fold::tests::{filed_body, fold};
use crate::case::words::detail;
use crate::fixture::date;

/// Two strokes across the box, as fast and as hard as a hand writes.
fn sent() -> Vec<Vec<PenPoint>> {
    let stroke = |from: (i32, i32), to: (i32, i32), at: i32| {
        let point = |i: i32| PenPoint {
            x: from.0 + (to.0 - from.0) * i / 40,
            y: from.1 + (to.1 - from.1) * i / 40 + (i % 3),
            t: at + i * 8,
            p: 100 + i,
        };
        (0..=40).map(point).collect()
    };
    vec![stroke((200, 100), (900, 420), 0), stroke((1600, 80), (1000, 560), 700)]
}

fn fault(sent: &[Vec<PenPoint>]) -> String {
    let refusal = Strokes::written(sent).expect_err("refused");
    assert_eq!((refusal.code, refusal.field.as_str()), (RefusalCode::BadSignature, "strokes"));
    refusal.message
}

#[test]
fn nothing_a_dot_and_a_slip_of_the_hand_are_no_signature() {
    let dot = |x: i32, t: i32| PenPoint { x, y: 300, t, p: 128 };
    for nothing in [vec![], vec![vec![]], vec![vec![dot(900, 0)]], vec![vec![dot(900, 0); 300]]] {
        assert!(fault(&nothing).contains("还没有签名"));
    }
    assert!(fault(&[vec![dot(900, 0), dot(900 + LEAST_EXTENT - 1, 9)]]).contains("太小"));
    // Far apart, but only two dots: the pen went no way.
    assert!(fault(&[vec![dot(100, 0)], vec![dot(1700, 9)]]).contains("太小"));
    assert!(Strokes::written(&[vec![dot(100, 0), dot(400, 9)]]).is_ok(), "一 is a name");
}

#[test]
fn a_dot_within_a_name_stays() {
    let mut with_dot = sent();
    with_dot.push(vec![PenPoint { x: 40, y: 50, t: 2000, p: 90 }]);
    let written = Strokes::written(&with_dot).expect("a signature");
    assert_eq!(written.lines().last().map(Vec::len), Some(1));
    assert_eq!(written.bounds(), (40, 50, 1600, 561));
}

#[test]
fn what_no_pen_of_this_program_makes_is_refused() {
    let changed = |change: &dyn Fn(&mut PenPoint)| {
        let mut sent = sent();
        change(&mut sent[1][40]);
        fault(&sent)
    };
    let changes: [&dyn Fn(&mut PenPoint); 9] = [
        &|p| p.x = -1,
        &|p| p.x = WIDTH + 1,
        &|p| p.y = HEIGHT + 1,
        &|p| p.y = i32::MIN,
        &|p| p.p = HARDEST + 1,
        &|p| p.p = -1,
        &|p| p.t = 699,
        &|p| p.t = LONGEST + 1,
        &|p| (p.x, p.y, p.t, p.p) = (i32::MAX, i32::MAX, i32::MAX, i32::MAX),
    ];
    for change in changes {
        assert!(changed(change).contains("笔迹数据不对"));
    }
    let point = |i: usize| {
        let at = i32::try_from(i).expect("small");
        PenPoint { x: at * at * 37 % WIDTH, y: at * at * 53 % HEIGHT, t: at, p: at % HARDEST }
    };
    let scribble: Vec<_> = (0..LONGEST_STROKE).map(point).collect();
    assert!(fault(&[scribble]).contains("太多"), "more than can be kept");
    assert!(fault(&vec![sent().remove(0); MOST_STROKES + 1]).contains("太多"));
    assert!(fault(&[vec![point(1); LONGEST_STROKE + 1]]).contains("太多"));
    assert!(fault(&vec![vec![point(1); LONGEST_STROKE]; 5]).contains("太多"));
}

/// As little as can be written of the most that can be kept, and as much.
#[test]
fn the_largest_signature_leaves_an_event_far_below_its_limit() {
    let corner = |i: usize| {
        let at = i32::try_from(i).expect("small");
        let far = i.is_multiple_of(2);
        PenPoint {
            x: if far { WIDTH } else { 0 },
            y: at * 37 % HEIGHT,
            t: at * 149,
            p: if far { HARDEST } else { 0 },
        }
    };
    let strokes: Vec<Vec<_>> =
        (0..MOST_KEPT).map(corner).collect::<Vec<_>>().chunks(200).map(<[_]>::to_vec).collect();
    let written = Strokes::written(&strokes).expect("the most");
    assert_eq!(written.lines().iter().map(Vec::len).sum::<usize>(), MOST_KEPT);
    let bytes = serde_json::to_vec(&written).expect("written").len();
    assert!(bytes < 90_000, "{bytes}");
    let ordinary = serde_json::to_vec(&Strokes::written(&sent()).expect("two strokes"));
    let bytes = ordinary.expect("written").len();
    assert!(bytes < 1_000, "{bytes}");
}

#[test]
fn numbers_of_anybody_are_examined_as_they_are_read() {
    let good = serde_json::to_string(&Strokes::written(&sent()).expect("good")).expect("text");
    assert!(serde_json::from_str::<Strokes>(&good).is_ok());
    for bad in [
        "[]",
        "[[]]",
        "[[0,0,0,0]]",
        "[[0,0,0]]",
        "[[0,0,0,0,1800,600,9]]",
        "[[0,0,0,0,2147483647,0,1,0,2147483647,0,1,0]]",
        "[[-2147483648,0,0,0,-1,0,0,0]]",
        "[[0,0,5,0,900,0,-1,0]]",
        "[[0,0,0,0,900.5,0,1,0]]",
        "[[0,0,0,0,99999999999,0,1,0]]",
        "[[0,0,0,0,900,0,1,256]]",
        "{}",
        "\"笔迹\"",
    ] {
        assert!(serde_json::from_str::<Strokes>(bad).is_err(), "{bad}");
    }
}

fn signature() -> HandSignature {
    HandSignature {
        signer: "张三".to_owned(),
        papers: vec![DocumentKind::ResultSlip, DocumentKind::DeliveryReceipt],
        at: "2026-03-10T02:03:04Z".parse().expect("a time"),
        screen: SigningScreen::Applicant,
        strokes: Strokes::written(&sent()).expect("a signature"),
    }
}

#[test]
fn a_case_knows_that_it_was_signed_and_never_how_it_looks() {
    let over = EventBody::HandedOver {
        receiver: "张三".to_owned(),
        on: date("2026-03-10"),
        facts: None,
        signature: Some(signature()),
    };
    let decided = EventBody::Decided {
        decision: crate::case::event::Decision::Granted,
        on: date("2026-03-09"),
        reason: String::new(),
        result_number: None,
        basis: String::new(),
        remedies: String::new(),
    };
    let accepted = EventBody::Accepted { on: date("2026-03-02"), due: None, deferred: Vec::new() };
    let case = fold(vec![filed_body(&[]), accepted, decided, over.clone()]);
    assert_eq!(detail(&case, &over), "张三，屏幕手写签名");
    let signed = case.delivered.as_ref().and_then(|d| d.signed.as_ref());
    assert_eq!(signed, Some(&signature().fact()));
    assert!(!serde_json::to_string(&case).expect("text").contains("strokes"));
    assert_eq!(format!("{:?}", signature().strokes), "Strokes { .. }");
    assert_eq!(signature().moment().to_string(), "2026-03-10T10:03:04");
}

/// How far the pen goes, in which time, and how hard it presses then.
type Move = ((i32, i32), i32, i32);

/// What somebody writes: strokes of steps as a pen makes them, now and then a jump.
fn written() -> impl Strategy<Value = Vec<Vec<PenPoint>>> {
    let step = prop_oneof![
        8 => (-12..=12i32, -12..=12i32),
        1 => (-300..=300i32, -300..=300i32),
        1 => Just((0, 0)),
    ];
    let stroke = ((0..=WIDTH, 0..=HEIGHT), vec((step, 1..20i32, 0..=HARDEST), 1..80));
    vec(stroke, 1..8).prop_map(|strokes| {
        let mut t = 0;
        let one = |((x, y), steps): ((i32, i32), Vec<Move>)| {
            let (mut x, mut y) = (x, y);
            let mut point = |((dx, dy), dt, p): Move| {
                (x, y) = ((x + dx).clamp(0, WIDTH), (y + dy).clamp(0, HEIGHT));
                t += dt;
                PenPoint { x, y, t, p }
            };
            steps.into_iter().map(&mut point).collect()
        };
        strokes.into_iter().map(one).collect()
    })
}

/// How far a point is from a stretch of line and how much its press differs there: looked for by
/// halving, by no formula that the rules use.
fn away(point: PenPoint, from: PenPoint, to: PenPoint) -> (f64, f64) {
    let at = |share: f64| {
        let between = |a: i32, b: i32| f64::from(a) * (1.0 - share) + f64::from(b) * share;
        let (dx, dy) = (
            between(from.x, to.x) - f64::from(point.x),
            between(from.y, to.y) - f64::from(point.y),
        );
        ((dx * dx + dy * dy).sqrt(), (between(from.p, to.p) - f64::from(point.p)).abs())
    };
    if (from.x, from.y) == (to.x, to.y) {
        // The pen rested: it shows every press from the one to the other.
        let shown =
            f64::from(point.p).clamp(f64::from(from.p.min(to.p)), f64::from(from.p.max(to.p)));
        return (at(0.0).0, (f64::from(point.p) - shown).abs());
    }
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..60 {
        let (one, two) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if at(one).0 <= at(two).0 { high = two } else { low = one }
    }
    at((low + high) / 2.0)
}

proptest! {
    /// Whatever is written: what is kept are points of it, the first and the last among them, and
    /// every point that was left out lies on the line that stands for it, as far as is tolerated,
    /// and was pressed as it shows there.
    #[test]
    fn thinning_out_changes_nothing_that_can_be_seen(sent in written()) {
        for stroke in &sent {
            let kept = simplify::simplify(stroke);
            prop_assert_eq!(kept.first(), stroke.first());
            prop_assert_eq!(kept.last(), stroke.last());
            // No two points have one time, so each of those kept is found where it was sent.
            let place = |point: &PenPoint| stroke.iter().position(|sent| sent == point);
            let places: Option<Vec<usize>> = kept.iter().map(place).collect();
            let places = places.ok_or_else(|| TestCaseError::fail("a point that was not sent"))?;
            prop_assert!(places.is_sorted());
            for (pair, ends) in kept.windows(2).zip(places.windows(2)) {
                for point in &stroke[ends[0] + 1..ends[1]] {
                    let (distance, press) = away(*point, pair[0], pair[1]);
                    prop_assert!(distance <= TOLERANCE + 1e-6, "{distance} off");
                    prop_assert!(press <= PRESSURE_TOLERANCE + 1e-2, "pressed {press} otherwise");
                }
            }
        }
    }

    /// A line that is drawn straight and pressed evenly is two points, however many were sent.
    #[test]
    fn a_straight_line_is_two_points(
        (x, y, dx, dy) in (0..900i32, 0..300i32, 1..20i32, 0..6i32),
        count in 3..40i32,
        p in 0..=HARDEST,
    ) {
        let stroke: Vec<_> =
            (0..count).map(|i| PenPoint { x: x + i * dx, y: y + i * dy, t: i, p }).collect();
        prop_assert_eq!(simplify::simplify(&stroke).len(), 2);
    }

    /// What is taken is read again as it was, and nothing of it is outside the limits.
    #[test]
    fn a_signature_is_read_as_it_was_written(sent in written()) {
        let Ok(kept) = Strokes::written(&sent) else { return Ok(()) };
        let text = serde_json::to_string(&kept).expect("text");
        prop_assert_eq!(&serde_json::from_str::<Strokes>(&text).expect("a signature"), &kept);
        for point in kept.lines().iter().flatten() {
            prop_assert!((0..=WIDTH).contains(&point.x) && (0..=HEIGHT).contains(&point.y));
        }
        let (left, top, right, bottom) = kept.bounds();
        prop_assert!((right - left).max(bottom - top) >= LEAST_EXTENT);
        // Whoever sends what was kept keeps all of it: thinning out twice changes nothing more.
        let again = Strokes::written(kept.lines()).expect("again");
        prop_assert_eq!(again.lines().len(), kept.lines().len());
    }

    /// Whatever numbers are sent or read, the answer is a signature within the limits or a refusal.
    #[test]
    fn no_numbers_break_it(
        rows in vec(vec(prop_oneof![any::<i32>(), -2000..2000i32], 0..40), 0..6),
        points in vec(vec((any::<i32>(), any::<i32>(), any::<i32>(), any::<i32>()), 0..10), 0..6),
    ) {
        if let Ok(read) = Strokes::try_from(rows.clone()) {
            prop_assert_eq!(Vec::<Vec<i32>>::from(read), rows);
        }
        let sent: Vec<Vec<PenPoint>> = points
            .into_iter()
            .map(|row| row.into_iter().map(|(x, y, t, p)| PenPoint { x, y, t, p }).collect())
            .collect();
        let _ = Strokes::written(&sent);
    }
}
