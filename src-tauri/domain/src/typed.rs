//! What people type, as it was meant.

/// A character as it is without a Chinese input method, which makes letters, digits and signs as
/// wide as characters: `１` is `1`, `－` is `-`.
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wide_becomes_narrow_and_the_rest_stays() {
        let narrow = |text: &str| text.chars().map(half_width).collect::<String>();
        assert_eq!(narrow("！０９ＡＺａｚ～－"), "!09AZaz~-");
        assert_eq!(narrow("白 哈斯「𠮷」\u{FF00}\u{FF5F}"), "白 哈斯「𠮷」\u{FF00}\u{FF5F}");
    }
}
