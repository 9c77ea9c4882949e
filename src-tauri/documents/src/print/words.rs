//! What a printing system says of a printer, in a clerk's words.

/// Reasons of RFC 8011 §5.4.12 and §5.3.8 that a clerk can do something about.
const REASONS: [(&str, &str); 17] = [
    ("media-empty", "缺纸"),
    ("media-needed", "请放纸"),
    ("media-jam", "卡纸"),
    ("media-low", "纸快用完了"),
    ("toner-empty", "没有墨粉了"),
    ("toner-low", "墨粉快用完了"),
    ("marker-supply-empty", "没有墨粉（墨水）了"),
    ("marker-supply-low", "墨粉（墨水）快用完了"),
    ("cover-open", "盖子没有关好"),
    ("door-open", "门没有关好"),
    ("input-tray-missing", "纸盒没有装好"),
    ("output-area-full", "出纸口满了"),
    ("offline", "打印机没有开机或没有连接"),
    ("connecting-to-device", "正在连接打印机"),
    ("timed-out", "打印机没有响应"),
    ("paused", "打印机已停止"),
    ("printer-stopped", "打印机已停止"),
];

/// A reason in words; none where it is nothing for a clerk.
fn reason(keyword: &str) -> Option<&'static str> {
    let bare = ["-error", "-warning", "-report"].iter().fold(keyword, |k, s| k.trim_end_matches(s));
    REASONS.iter().find(|(name, _)| *name == bare).map(|(_, words)| *words)
}

/// What the keywords and the printer's own sentence say, each thing once; empty if nothing.
pub(super) fn told<'a>(keywords: impl IntoIterator<Item = &'a str>, sentence: &str) -> String {
    let mut said: Vec<&str> = Vec::new();
    for words in keywords.into_iter().filter_map(reason) {
        if !said.contains(&words) {
            said.push(words);
        }
    }
    let sentence = sentence.trim();
    if !sentence.is_empty() && !said.iter().any(|words| sentence.contains(words)) {
        said.push(sentence);
    }
    said.join("，")
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn reasons_become_words_once() {
        assert_eq!(told(["media-empty-error", "media-empty", "none"], ""), "缺纸");
        assert_eq!(told(["media-empty"], "打印机缺纸"), "缺纸");
        assert_eq!(told(["none"], " 打印机缺纸\n"), "打印机缺纸");
        assert_eq!(told(["paused", "cover-open-warning"], ""), "打印机已停止，盖子没有关好");
        assert_eq!(told(["job-printing"], ""), "");
    }
}
