//! Finding a matter by its code (实施编码), or by any piece of it.

use memchr::memmem::Finder;

use super::fold::fold;
use super::lines::Fit;

const SEPARATOR: u8 = b'\n';

/// Every code, folded, in guide order, in one text: each between two separators.
pub struct Codes {
    text: String,
    /// Where each code begins in `text`.
    starts: Vec<u32>,
    is_ascii: bool,
}

impl Codes {
    /// Of every matter, in guide order.
    pub fn new<'c>(codes: impl Iterator<Item = &'c str>) -> Self {
        let mut text = String::from(char::from(SEPARATOR));
        let mut starts = Vec::new();
        for code in codes {
            starts.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            text.extend(fold(code).iter().map(|t| t.c));
            text.push(char::from(SEPARATOR));
        }
        let is_ascii = text.is_ascii();
        Self { text, starts, is_ascii }
    }

    /// The first `most` matters, in guide order, whose code fits and that were not seen. A code
    /// has no words and no pieces.
    pub fn find(
        &self,
        query: &str,
        fit: Fit,
        most: usize,
        is_seen: impl Fn(u32) -> bool,
    ) -> Vec<u32> {
        if most == 0
            || matches!(fit, Fit::Word | Fit::Apart)
            || (self.is_ascii && !query.is_ascii())
        {
            return Vec::new();
        }
        let needle = match fit {
            Fit::Exact => format!("\n{query}\n"),
            Fit::Prefix => format!("\n{query}"),
            Fit::Word | Fit::Inner | Fit::Apart => query.to_owned(),
        };
        let mut found: Vec<u32> = Vec::new();
        for at in Finder::new(&needle).find_iter(self.text.as_bytes()) {
            let inside = at + usize::from(fit != Fit::Inner);
            let matter = self.starts.partition_point(|start| *start as usize <= inside);
            let Some(matter) = matter.checked_sub(1).and_then(|m| u32::try_from(m).ok()) else {
                continue;
            };
            if found.last() != Some(&matter) && !is_seen(matter) {
                found.push(matter);
                if found.len() >= most {
                    break;
                }
            }
        }
        found
    }
}
