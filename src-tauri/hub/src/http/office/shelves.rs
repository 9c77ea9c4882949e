//! Lists of an official's work that stand on shelves: which states are looked at, by which light,
//! for which words and on which page. Owns how the address says it and the links that change it;
//! what is found there is each list's own.

use maud::{Markup, html};
use serde::Deserialize;
use yichuang_domain::named::Named as _;
use yichuang_domain::urgency::Light;

use super::page::in_address;
use crate::store::COUNTED;

/// How many lines a page shows: what fits beside the bar on an office PC, and a little more.
pub(super) const LINES: u64 = 20;

/// A choice of states.
pub(super) struct Shelf<S: 'static> {
    /// In the address.
    pub(super) name: &'static str,
    /// On the page.
    pub(super) word: &'static str,
    pub(super) states: &'static [S],
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    shelf: String,
    light: String,
    q: String,
    page: String,
    pub(super) done: String,
}

/// What is looked for.
pub(super) struct Sought<S: 'static> {
    /// The address of the list.
    pub(super) at: &'static str,
    pub(super) shelf: &'static Shelf<S>,
    pub(super) light: Option<Light>,
    pub(super) text: String,
    pub(super) page: u64,
}

impl<S> Sought<S> {
    /// Makes sense of an address; without a shelf, or with one that there is not, it is the first
    /// of `shelves`, which is never empty.
    pub(super) fn of(at: &'static str, shelves: &'static [Shelf<S>], asked: &Asked) -> Self {
        Self {
            at,
            shelf: shelves.iter().find(|shelf| shelf.name == asked.shelf).unwrap_or(&shelves[0]),
            light: Light::from_name(&asked.light),
            text: asked.q.trim().chars().take(100).collect(),
            page: asked.page.parse().unwrap_or(1).clamp(1, COUNTED / LINES),
        }
    }

    /// The query of the same words on a shelf under a light, to be gone on from.
    pub(super) fn query(&self, shelf: &str, light: Option<Light>) -> String {
        let light = light.map_or(String::new(), |light| format!("&light={}", light.name()));
        let text = match self.text.as_str() {
            "" => String::new(),
            text => format!("&q={}", in_address(text)),
        };
        format!("shelf={shelf}{light}{text}&")
    }

    fn to(&self, shelf: &str, light: Option<Light>) -> String {
        format!("{}?{}", self.at, self.query(shelf, light))
    }

    /// The box to look for words in.
    pub(super) fn search(&self, what: &str) -> Markup {
        html! {
            form.search method="get" action=(self.at) role="search" {
                input type="hidden" name="shelf" value=(self.shelf.name);
                input type="search" name="q" value=(self.text) maxlength="100"
                    aria-label=(what) placeholder=(what);
                button type="submit" { "查找" }
                @if !self.text.is_empty() {
                    a href={ (self.at) "?shelf=" (self.shelf.name) } { "清除" }
                }
            }
        }
    }

    /// The way to each of `shelves`, with what `more` says behind its word.
    pub(super) fn ways(
        &self,
        shelves: &'static [Shelf<S>],
        more: impl Fn(usize) -> Markup,
    ) -> Markup {
        html! {
            nav.shelves aria-label="按环节" {
                @for (at, other) in shelves.iter().enumerate() {
                    a href=(self.to(other.name, None))
                        aria-current=[(other.name == self.shelf.name).then_some("page")] {
                        (other.word) (more(at))
                    }
                }
            }
        }
    }

    /// The way to each light, and back to all of them.
    pub(super) fn lights(&self, counts: &[(Light, u64)]) -> Markup {
        let here = self.shelf.name;
        html! {
            p.lights {
                @for (one, count) in counts {
                    @let on = self.light == Some(*one);
                    a.light.(one.name()) href=(self.to(here, (!on).then_some(*one)))
                        aria-current=[on.then_some("true")] { (one.word()) " " b { (count) } }
                }
                @if self.light.is_some() { a href=(self.to(here, None)) { "看全部" } }
            }
        }
    }
}
