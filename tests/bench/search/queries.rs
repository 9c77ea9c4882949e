//! What is typed: every way, made from names, and what is nowhere.

use pinyin::ToPinyin;
use yichuang_domain::matter::Matter;
use yichuang_guide::GuidePackage;

/// Matters that queries are made from.
const SAMPLES: usize = 30;
const NOWHERE: [&str; 8] =
    ["没有这个", "zzzz", "qwertyui", "999999", "外星飞船", "登簿", "vvvv", "11150785MB0A000000"];

/// A query and what was meant by it.
pub struct Query {
    /// What is typed.
    pub text: String,
    /// Pieces of a name that a right answer has; or a code. None where nothing is right.
    pub means: Option<Vec<String>>,
}

impl Query {
    /// Whether a matter is what was meant.
    pub fn is_answered_by(&self, matter: &Matter) -> bool {
        let has = |piece: &String| matter.name.contains(piece) || matter.code.contains(piece);
        self.means.as_ref().is_some_and(|pieces| pieces.iter().all(has))
    }
}

/// The usual pinyin of Chinese text.
pub fn full(text: &str) -> String {
    text.chars().filter_map(|c| c.to_pinyin()).map(|said| said.plain()).collect()
}

/// Its initials.
pub fn initials(text: &str) -> String {
    text.chars().filter_map(|c| c.to_pinyin()).map(|said| said.first_letter()).collect()
}

/// Ten queries for each of some matters, and some that fit nothing.
pub fn of(guide: &GuidePackage) -> Vec<Query> {
    let step = (guide.matters.len() / SAMPLES).max(1);
    let samples = guide.matters.iter().step_by(step).take(SAMPLES);
    let mut queries: Vec<Query> = samples.flat_map(of_matter).collect();
    queries.extend(NOWHERE.map(|text| Query { text: text.to_owned(), means: None }));
    queries
}

fn of_matter(matter: &Matter) -> Vec<Query> {
    let name: Vec<char> = matter.name.chars().take_while(|c| *c != '（').collect();
    let piece =
        |from: usize, length: usize| -> String { name.iter().skip(from).take(length).collect() };
    let end = piece(name.len().saturating_sub(2), 2);
    let one = |text: String, means: &[&String]| Query {
        text,
        means: Some(means.iter().map(|piece| (*piece).clone()).collect()),
    };
    let (two, four, more) = (piece(0, 2), piece(0, 4), piece(0, 6));
    let swapped: String = [piece(0, 1), piece(2, 1), piece(1, 1), piece(3, 3)].concat();
    let letters = full(&four);
    let slip = format!("{}{}", &letters[..letters.len() - 3], &letters[letters.len() - 2..]);
    vec![
        one(two.clone(), &[&two]),
        one(four.clone(), &[&four]),
        one(initials(&more), &[&more]),
        one(full(&four), &[&four]),
        one(format!("{two}{}", initials(&piece(2, 3))), &[&piece(0, 5)]),
        one(format!("{two} {}", initials(&end)), &[&two, &end]),
        one(format!("{}{end}", full(&two)), &[&two, &end]),
        one(matter.code.clone(), &[&matter.code]),
        one(slip, &[&four]),
        one(swapped, &[&more]),
    ]
}
