//! Identity numbers and telephone numbers: the check digits of GB 11643 (居民身份证),
//! GB 32100 (统一社会信用代码) and the shapes of travel documents.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::typed::half_width;

/// The identity documents a window takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum IdType {
    /// 居民身份证, 港澳台居民居住证 included
    ResidentId,
    /// 统一社会信用代码
    Uscc,
    /// 护照
    Passport,
    /// 港澳居民来往内地通行证
    HkMacaoPermit,
    /// 台湾居民来往大陆通行证
    TaiwanPermit,
}

impl IdType {
    /// Every type, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::ResidentId, Self::Uscc, Self::Passport, Self::HkMacaoPermit, Self::TaiwanPermit];

    /// Reads the name used in JSON.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == text)
    }

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ResidentId => "resident-id",
            Self::Uscc => "uscc",
            Self::Passport => "passport",
            Self::HkMacaoPermit => "hk-macao-permit",
            Self::TaiwanPermit => "taiwan-permit",
        }
    }

    /// As written on papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::ResidentId => "居民身份证",
            Self::Uscc => "统一社会信用代码",
            Self::Passport => "护照",
            Self::HkMacaoPermit => "港澳居民来往内地通行证",
            Self::TaiwanPermit => "台湾居民来往大陆通行证",
        }
    }
}

/// Checks `number` as a number of `id_type`; returns it normalised (upper case, no blanks).
///
/// # Errors
/// In the clerk's words, what is wrong with it.
pub fn check_id_number(id_type: IdType, number: &str) -> Result<String, String> {
    let number: String =
        number.trim().chars().map(|c| half_width(c).to_ascii_uppercase()).collect();
    match id_type {
        IdType::ResidentId => check_resident_id(&number)?,
        IdType::Uscc => check_uscc(&number)?,
        IdType::Passport => check_passport(&number)?,
        IdType::HkMacaoPermit => check_hk_macao(&number)?,
        IdType::TaiwanPermit => {
            if !(number.len() == 8 && digits(&number)) {
                return Err("台胞证号应为8位数字，请核对".to_owned());
            }
        }
    }
    Ok(number)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// GB 11643-1999: 17 digits and a check character (ISO 7064 MOD 11-2), with a real date.
/// Codes of regions that no longer exist stay valid, and so does any age.
fn check_resident_id(number: &str) -> Result<(), String> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes = number.as_bytes();
    if bytes.len() == 15 && digits(number) {
        return Err("15位旧身份证号已停止使用，请按18位号码录入".to_owned());
    }
    if number.contains(char::is_whitespace) {
        return Err("身份证号中间有空格，请删去".to_owned());
    }
    if number.chars().count() != 18 {
        return Err(format!("身份证号应为18位，现为{}位", number.chars().count()));
    }
    if bytes.len() != 18
        || !bytes[..17].iter().all(u8::is_ascii_digit)
        || !(bytes[17].is_ascii_digit() || bytes[17] == b'X')
    {
        return Err("身份证号前17位应为数字，末位为数字或X".to_owned());
    }
    let field = |from: usize, to: usize| {
        bytes[from..to].iter().fold(0i32, |n, b| n * 10 + i32::from(b - b'0'))
    };
    let (year, month, day) = (field(6, 10), field(10, 12), field(12, 14));
    let date = i16::try_from(year)
        .ok()
        .zip(i8::try_from(month).ok())
        .zip(i8::try_from(day).ok())
        .and_then(|((y, m), d)| Date::new(y, m, d).ok());
    if date.is_none_or(|d| d.year() < 1800) {
        return Err("身份证号中的出生日期不存在，请核对第7至14位".to_owned());
    }
    let sum: u32 = bytes[..17].iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    if bytes[17] != CHECKS[(sum % 11) as usize] {
        return Err("身份证号校验位不符，请逐位核对".to_owned());
    }
    Ok(())
}

/// The birth date inside a valid resident identity number.
pub fn birth_date(resident_id: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| resident_id.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (part(6..10)?, part(10..12)?, part(12..14)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// GB 32100-2015: 18 characters of a set without I, O, S, V, Z; weights 3^i mod 31.
fn check_uscc(number: &str) -> Result<(), String> {
    const SET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    if number.chars().count() != 18 {
        return Err(format!("统一社会信用代码应为18位，现为{}位", number.chars().count()));
    }
    let mut values = [0usize; 18];
    for (value, c) in values.iter_mut().zip(number.chars()) {
        let Some(position) = SET.iter().position(|s| char::from(*s) == c) else {
            return Err(format!("统一社会信用代码不使用字符“{c}”，请核对"));
        };
        *value = position;
    }
    let sum: usize = values.iter().zip(WEIGHTS).map(|(v, w)| v * w).sum();
    if values[17] != (31 - sum % 31) % 31 {
        return Err("统一社会信用代码校验位不符，请逐位核对".to_owned());
    }
    Ok(())
}

/// E + 8 digits, E + letter (no I, O) + 7 digits, old G + 8, or official SE, PE, DE + 7.
fn check_passport(number: &str) -> Result<(), String> {
    let bytes = number.as_bytes();
    let tail = |from: usize, count: usize| {
        bytes.len() == from + count && bytes[from..].iter().all(u8::is_ascii_digit)
    };
    let ok = match bytes {
        [b'E' | b'G', ..] if tail(1, 8) => true,
        [b'E', b'A'..=b'Z', ..] if !matches!(bytes[1], b'I' | b'O') && tail(2, 7) => true,
        [b'S' | b'P' | b'D', b'E', ..] if tail(2, 7) => true,
        _ => false,
    };
    ok.then_some(()).ok_or_else(|| "护照号格式不符（如E12345678），请核对".to_owned())
}

/// H or M with 8 digits (current), or with 10 (old, the last two count renewals).
fn check_hk_macao(number: &str) -> Result<(), String> {
    match number.as_bytes() {
        [b'H' | b'M', rest @ ..]
            if matches!(rest.len(), 8 | 10) && rest.iter().all(u8::is_ascii_digit) =>
        {
            Ok(())
        }
        _ => Err("港澳通行证号应为H或M加8位数字，请核对".to_owned()),
    }
}

/// A mobile number (`1[3-9]` and nine digits) or a landline with its area code
/// (`0470-1234567`). Returns it trimmed.
///
/// # Errors
/// In the clerk's words, what is wrong with it.
pub fn check_phone(phone: &str) -> Result<String, String> {
    let phone: String = phone.trim().chars().map(half_width).collect();
    let bytes = phone.as_bytes();
    let mobile = digits(&phone)
        && bytes.len() == 11
        && bytes[0] == b'1'
        && matches!(bytes.get(1), Some(b'3'..=b'9'));
    let landline = phone.split_once('-').is_some_and(|(area, number)| {
        digits(area)
            && digits(number)
            && area.starts_with('0')
            && matches!(area.len(), 3 | 4)
            && matches!(number.len(), 7 | 8)
    });
    if mobile || landline {
        Ok(phone)
    } else if phone.starts_with('1') && phone.contains(|c: char| c == '-' || c.is_whitespace()) {
        Err("手机号中间有空格或横线，请删去".to_owned())
    } else {
        Err("电话应为11位手机号，或带区号的座机号（如0470-1234567）；没有电话可以不填".to_owned())
    }
}

/// An identity number for eyes that need not see all of it: first six and last four stay
/// (个人信息保护法: 最小必要). Short numbers keep the first and the last two.
pub fn mask(number: &str) -> String {
    let chars: Vec<char> = number.chars().collect();
    let (head, tail) = if chars.len() >= 15 { (6, 4) } else { (1.min(chars.len()), 2) };
    if chars.len() <= head + tail {
        return "*".repeat(chars.len());
    }
    let stars = "*".repeat(chars.len() - head - tail);
    let start: String = chars[..head].iter().collect();
    let end: String = chars[chars.len() - tail..].iter().collect();
    format!("{start}{stars}{end}")
}

#[cfg(test)]
mod tests;
