//! From bytes to a JSON value, with everything a JSON reader lets pass in silence: a byte order
//! mark, keys written twice, and the line each value stands on.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::problem::Problem;

/// The largest package read, in bytes. A guide of 20,000 matters takes about 160 MiB.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;

const BOM: &str = "\u{FEFF}";

/// The text of a file, without a byte order mark, and a warning where there was one.
///
/// # Errors
/// The one problem that keeps it from being text.
pub fn text(bytes: &[u8]) -> Result<(&str, Vec<Problem>), Problem> {
    let whole = |code: &str, message: String| Problem::error(code, String::new(), message);
    if bytes.len() > MAX_BYTES {
        let message = format!("文件超过{}MB，不是一份指南，请核对文件", MAX_BYTES / 1024 / 1024);
        return Err(whole("too-large", message));
    }
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return Err(whole("not-utf8", "文件是UTF-16编码，请另存为UTF-8后再导入".to_owned()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = line_of(before, before.len());
        let message =
            format!("第{line}行有不是UTF-8的字节（可能是GBK编码），请另存为UTF-8后再导入");
        whole("not-utf8", message).at_line(line)
    })?;
    let mut problems = Vec::new();
    let text = match text.strip_prefix(BOM) {
        Some(rest) => {
            let message = "文件开头有字节顺序标记（BOM），已忽略；请另存为无BOM的UTF-8";
            problems.push(Problem::warning("byte-order-mark", String::new(), message).at_line(1));
            rest
        }
        None => text,
    };
    if text.trim_matches(is_json_blank).is_empty() {
        return Err(whole("empty-file", "文件是空的，请选择指南文件".to_owned()));
    }
    Ok((text, problems))
}

/// What a text says as JSON, and every key in it that is written twice.
///
/// # Errors
/// The one problem that keeps it from being JSON.
pub fn value(text: &str) -> Result<(Value, Vec<Problem>), Problem> {
    let value = serde_json::from_str(text).map_err(|error| syntax(text, &error))?;
    Ok((value, duplicate_keys(text)))
}

fn is_json_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn line_of(bytes: &[u8], at: usize) -> u32 {
    let breaks = memchr::memchr_iter(b'\n', &bytes[..at.min(bytes.len())]).count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}

fn syntax(text: &str, error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    let reason = error.to_string();
    let (code, what) = if reason.starts_with("recursion limit") {
        ("too-deep", "嵌套太深，不是一份指南".to_owned())
    } else if error.is_eof() {
        ("syntax", "文件不完整，后半部分缺失，请重新取得文件".to_owned())
    } else {
        let near: String = text
            .lines()
            .nth(line.saturating_sub(1))
            .unwrap_or_default()
            .trim()
            .chars()
            .take(40)
            .collect();
        let what = match reason.split(" at line").next().unwrap_or_default() {
            "trailing comma" => "多了一个逗号",
            "trailing characters" => "JSON结束之后还有内容",
            "expected `:`" => "缺少冒号",
            "expected `,` or `}`" | "expected `,` or `]`" => "缺少逗号或右括号",
            "key must be a string" => "键没有用双引号括起来",
            "number out of range" => "数字太大",
            "invalid number" => "数字写法不对",
            "invalid escape" | "lone leading surrogate in hex escape" => "反斜杠转义写法不对",
            "control character (\\u0000-\\u001F) found while parsing a string" => {
                "字符串里有换行或控制字符"
            }
            _ => "不符合JSON语法",
        };
        ("syntax", format!("{what}，请改正“{near}”附近"))
    };
    let message = format!("第{line}行第{column}列：{what}");
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    Problem::error(code, String::new(), message).at_line(line)
}

/// A step on the way from the root to a value.
enum Step<'t> {
    Key(Cow<'t, str>),
    Index(usize),
}

fn render(path: &[Step<'_>]) -> String {
    let mut place = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !place.is_empty() {
                    place.push('.');
                }
                place.push_str(key);
            }
            Step::Index(index) => place.push_str(&format!("[{index}]")),
        }
    }
    place
}

fn duplicate_keys(text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    scan(text, |path, offset, repeated| {
        if repeated {
            let message = "这个键在同一对象里写了两次，请只留一个";
            let line = line_of(text.as_bytes(), offset);
            problems.push(Problem::error("duplicate-key", render(path), message).at_line(line));
        }
    });
    problems
}

/// Gives each problem without a line the line its place stands on. A place that is missing gets
/// the line of the value it is missing from.
pub fn locate(text: &str, problems: &mut [Problem]) {
    let wanted: HashSet<&str> = problems
        .iter()
        .filter(|p| p.line.is_none())
        .flat_map(|p| std::iter::successors(Some(p.place.as_str()), |place| parent(place)))
        .collect();
    if wanted.is_empty() {
        return;
    }
    let mut lines: HashMap<String, u32> = HashMap::new();
    let (mut line, mut counted) = (1u32, 0usize);
    scan(text, |path, offset, _| {
        let breaks = memchr::memchr_iter(b'\n', &text.as_bytes()[counted..offset]).count();
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        counted = offset;
        let place = render(path);
        if wanted.contains(place.as_str()) {
            lines.entry(place).or_insert(line);
        }
    });
    // What is missing from the file as a whole stands where the file begins.
    let blank = text.len() - text.trim_start().len();
    let first = line_of(text.as_bytes(), blank);
    for problem in problems {
        if problem.line.is_none() && !problem.place.is_empty() {
            problem.line = std::iter::successors(Some(problem.place.as_str()), |p| parent(p))
                .find_map(|place| lines.get(place).copied())
                .or(Some(first));
        }
    }
}

fn parent(place: &str) -> Option<&str> {
    place.rfind(['.', '[']).map(|at| &place[..at])
}

/// What an open bracket in the text holds.
enum Open<'t> {
    Object(Keys<'t>),
    Array,
}

/// The keys of an object so far.
#[derive(Default)]
struct Keys<'t> {
    /// The first of them: comparing a few is quicker than hashing them.
    few: Vec<Cow<'t, str>>,
    many: HashSet<Cow<'t, str>>,
}

impl<'t> Keys<'t> {
    const FEW: usize = 32;

    /// Takes in a key. Whether it was there before.
    fn take(&mut self, key: Cow<'t, str>) -> bool {
        if self.few.contains(&key) {
            return true;
        }
        if self.few.len() < Self::FEW {
            self.few.push(key);
            return false;
        }
        !self.many.insert(key)
    }
}

/// Deeper than a JSON reader goes.
const DEEPEST: usize = 128;

/// Walks a text and tells of every value: its path, the byte where it (or its key) begins, and
/// whether its key was there before. What it tells of a text that is not JSON means nothing; it
/// ends all the same.
fn scan<'t>(text: &'t str, mut tell: impl FnMut(&[Step<'t>], usize, bool)) {
    let bytes = text.as_bytes();
    let mut path: Vec<Step<'t>> = Vec::new();
    let mut open: Vec<Open<'t>> = Vec::new();
    let mut key_next = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at)
        && open.len() <= DEEPEST
    {
        match byte {
            b'"' => {
                let end = string_end(bytes, at);
                if key_next && let Some(Open::Object(keys)) = open.last_mut() {
                    let key = key_text(&text[at..end]);
                    let repeated = keys.take(key.clone());
                    path.pop();
                    path.push(Step::Key(key));
                    tell(&path, at, repeated);
                    key_next = false;
                }
                at = end;
                continue;
            }
            b'{' => {
                open.push(Open::Object(Keys::default()));
                path.push(Step::Index(0));
                key_next = true;
            }
            b'[' => {
                open.push(Open::Array);
                path.push(Step::Index(0));
                if let Some(next) = next_token(bytes, at + 1)
                    && bytes[next] != b']'
                {
                    tell(&path, next, false);
                }
            }
            b'}' | b']' => {
                open.pop();
                path.pop();
                key_next = false;
            }
            b',' => match open.last() {
                Some(Open::Object(_)) => key_next = true,
                Some(Open::Array) => {
                    if let Some(Step::Index(index)) = path.last_mut() {
                        *index += 1;
                    }
                    tell(&path, next_token(bytes, at + 1).unwrap_or(at), false);
                }
                None => {}
            },
            _ => {}
        }
        at += 1;
    }
}

fn next_token(bytes: &[u8], from: usize) -> Option<usize> {
    (from..bytes.len()).find(|i| !matches!(bytes[*i], b' ' | b'\t' | b'\r' | b'\n'))
}

/// The byte after the string that begins at `from`.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(step) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += step;
        if bytes[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    bytes.len()
}

fn key_text(quoted: &str) -> Cow<'_, str> {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    if inner.contains('\\') {
        serde_json::from_str(quoted).map_or(Cow::Borrowed(inner), Cow::Owned)
    } else {
        Cow::Borrowed(inner)
    }
}
