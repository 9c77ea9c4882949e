//! When to try again: later and later, up to a limit, and not all windows of a hall at once.

use std::time::Duration;

/// The first pause.
const FIRST: Duration = Duration::from_secs(2);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(300);

/// How long to wait after the `attempt`-th failure in a row (from 1). `random` is from 0 to 1: the
/// pause is between half and the whole of 2, 4, 8 … 300 seconds.
pub fn delay(attempt: u32, random: f64) -> Duration {
    let doubled = FIRST.saturating_mul(2u32.saturating_pow(attempt.saturating_sub(1).min(16)));
    let random = if random.is_finite() { random.clamp(0.0, 1.0) } else { 1.0 };
    doubled.min(LONGEST).mul_f64(0.5 + random / 2.0)
}

/// A random number from 0 to 1, for [`delay`]. In the middle where the system gives none: it only
/// spreads the load.
pub fn random() -> f64 {
    getrandom::u32().map_or(0.5, |n| f64::from(n) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_pause_doubles_up_to_five_minutes() {
        let longest: Vec<u64> = (1..=10).map(|n| delay(n, 1.0).as_secs()).collect();
        assert_eq!(longest, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(delay(1, 0.0), Duration::from_secs(1));
    }

    proptest! {
        #[test]
        fn the_pause_is_always_within_its_bounds(attempt in any::<u32>(), random in any::<f64>()) {
            let pause = delay(attempt, random);
            prop_assert!(pause >= FIRST / 2 && pause <= LONGEST);
            prop_assert!(delay(attempt.saturating_add(1), 0.5) >= delay(attempt, 0.5));
        }
    }
}
