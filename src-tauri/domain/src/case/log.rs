//! The names of the logs that a window writes.
//!
//! One, as long as nothing goes wrong: the window's own name. A window that was put back to a
//! backup may have lost the end of it, and nobody can say what stood there and where copies of it
//! are: on a stick, at the hub, on the PC that burnt or did not. It never writes into such places
//! again, but begins another log (续写日志), whose name has a random mark behind a full stop. To a
//! case both are the same window.

use super::event::{Event, OriginId};

/// The most letters of a mark.
const MARK: usize = 32;

/// The name of another log of a window. `mark` is letters and digits that no earlier one has.
pub fn further_log(window: &str, mark: &str) -> OriginId {
    format!("{window}.{mark}")
}

/// The window that writes a log: the name of its first one.
pub fn window_of(log: &str) -> &str {
    log.split_once('.').map_or(log, |(window, _)| window)
}

/// Whether a log can be one that this window writes.
pub fn is_log_of(log: &str, window: &str) -> bool {
    let Some(rest) = log.strip_prefix(window) else { return false };
    let further = rest.strip_prefix('.').is_some_and(|mark| {
        (1..=MARK).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    rest.is_empty() || further
}

/// The event as one of its window, whichever of the window's logs it stands in.
pub(super) fn of_window(event: Event) -> Event {
    match event.origin.split_once('.') {
        Some((window, _)) => Event { origin: window.to_owned(), ..event },
        None => event,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_log_is_the_same_window_s() {
        let further = further_log("win-7K2M-0b6e", "q9");
        assert_eq!(window_of(&further), "win-7K2M-0b6e");
        assert_eq!(window_of("win-7K2M-0b6e"), "win-7K2M-0b6e");
        for log in ["win-7K2M-0b6e", &further] {
            assert!(is_log_of(log, "win-7K2M-0b6e"), "{log}");
        }
        let long = format!("win-7K2M-0b6e.{}", "a".repeat(33));
        for log in
            ["win-7K2M-0b6e.", "win-7K2M-0b6e.a-b", "win-7K2M-0b6e.a.b", "win-7K2M", "", &long]
        {
            assert!(!is_log_of(log, "win-7K2M-0b6e"), "{log}");
        }
    }
}
