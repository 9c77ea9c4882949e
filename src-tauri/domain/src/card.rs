//! What card readers, scanners and other programs hand over about a person: a line of text in an
//! order that every maker chose anew.
//!
//! Owns making sense of such a line ([`read`]) whatever its order. Refused: guessing. A number
//! counts only with its check character, and what is not surely a name or an address is left for
//! the clerk to type.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::identity::{IdType, check_id_number};

/// What a card says. A text that is empty was not on it, or not surely recognised.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CardRead {
    /// 姓名 or 名称.
    pub name: String,
    /// The name of an [`IdType`].
    pub id_type: String,
    /// The number, normalised.
    pub id_number: String,
    /// 住址.
    pub address: String,
}

impl std::fmt::Debug for CardRead {
    /// Shows nothing of the person: it may end up in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CardRead").field("id_type", &self.id_type).finish_non_exhaustive()
    }
}

/// The longest line looked at, in characters: no card says more.
pub const LONGEST: usize = 2000;

/// Words for what is no name, though it is written like one.
const NO_NAMES: [&str; 10] =
    ["男", "女", "姓名", "性别", "民族", "出生", "住址", "公民身份号码", "签发机关", "有效期限"];
/// 民族 (GB/T 3304), as cards print them: those of one character are no names anyway.
const NATIONALITIES: [&str; 44] = [
    "蒙古",
    "维吾尔",
    "朝鲜",
    "哈尼",
    "哈萨克",
    "傈僳",
    "拉祜",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "达斡尔",
    "仫佬",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
    "布依",
    "土家",
    "高山",
    "水族",
    "畲族",
    "穿青人",
    "汉族",
    "回族",
    "满族",
    "苗族",
];
/// What only addresses have.
const PLACES: [&str; 12] =
    ["省", "自治区", "市", "旗", "县", "区", "乡", "镇", "街", "路", "村", "号"];

/// Reads what a device sent: tabs, commas, bars, semicolons or line ends between the parts, with or
/// without labels before them. None where there is no number that is surely one.
pub fn read(text: &str) -> Option<CardRead> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let parts: Vec<&str> = text
        .split(|c: char| c.is_control() || matches!(c, ',' | '，' | '|' | ';' | '；' | '^' | '#'))
        .map(without_label)
        .filter(|part| !part.is_empty())
        .collect();
    let number = |id_type: IdType| {
        let found = parts
            .iter()
            .enumerate()
            .find_map(|(at, part)| Some((at, check_id_number(id_type, part).ok()?)))?;
        Some((id_type, found.0, found.1))
    };
    let (id_type, at, id_number) = number(IdType::ResidentId).or_else(|| number(IdType::Uscc))?;
    let others = || parts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, part)| *part);
    let address = others().filter(|part| is_address(part)).max_by_key(|part| part.chars().count());
    let name = others().find(|part| is_name(part) && Some(*part) != address);
    Some(CardRead {
        name: name.unwrap_or_default().to_owned(),
        id_type: id_type.as_str().to_owned(),
        id_number,
        address: address.unwrap_or_default().to_owned(),
    })
}

/// A part without the label that some devices write before it (姓名：王敏).
fn without_label(part: &str) -> &str {
    let part = part.trim();
    match part.split_once(['：', ':']) {
        Some((label, value)) if label.chars().count() <= 10 => value.trim(),
        _ => part,
    }
}

fn is_han(c: char) -> bool {
    // The unified ideographs of every plane, and the compatibility ones, which are in names.
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_name(part: &str) -> bool {
    let length = part.chars().count();
    let dotted = |c: char| matches!(c, '·' | '•' | '.' | '．');
    // The nationality stands beside the name on every card, mostly without its 族.
    let nationality = part.ends_with('族') || NATIONALITIES.contains(&part);
    (2..=50).contains(&length)
        && part.chars().all(|c| is_han(c) || dotted(c))
        && part.chars().any(is_han)
        && !NO_NAMES.contains(&part)
        && !nationality
        && !part.contains("公安局")
        && !part.contains("长期")
}

fn is_address(part: &str) -> bool {
    let named = PLACES.iter().filter(|place| part.contains(**place)).count();
    part.chars().count() >= 6 && named >= 2 && !part.contains("公安局")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NUMBER: &str = "150785190105180023";

    fn card(text: &str) -> CardRead {
        read(text).expect("a card")
    }

    #[test]
    fn whatever_the_order_and_the_labels_the_parts_are_found() {
        let wanted = CardRead {
            name: "王䶮".to_owned(),
            id_type: "resident-id".to_owned(),
            id_number: NUMBER.to_owned(),
            address: "内蒙古自治区根河市森工路8号".to_owned(),
        };
        for text in [
            "王䶮\t女\t汉\t19010518\t内蒙古自治区根河市森工路8号\t150785190105180023\t根河市公安局\t20200101-长期",
            "150785190105180023|王䶮|内蒙古自治区根河市森工路8号",
            "姓名：王䶮\r\n性别：女\r\n民族：汉族\r\n住址：内蒙古自治区根河市森工路8号\r\n公民身份号码：150785190105180023\r\n",
            "男,内蒙古自治区根河市森工路8号;王䶮;150785190105180023",
        ] {
            assert_eq!(card(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_number_alone_is_enough_and_a_wrong_one_is_none() {
        let read_number = card(NUMBER);
        assert_eq!((read_number.id_number.as_str(), read_number.name.as_str()), (NUMBER, ""));
        assert_eq!(read("150785190105180024"), None, "its check character is wrong");
        assert_eq!(read("王敏"), None);
        assert_eq!(read(""), None);
        assert_eq!(card("15078519080609008x").id_number, "15078519080609008X");
    }

    #[test]
    fn names_of_fifty_characters_with_points_are_names() {
        let name = "额尔敦·巴图".repeat(8);
        assert_eq!(card(&format!("{name}\t{NUMBER}")).name, name);
        assert_eq!(card(&format!("蒙古\t乌云\t{NUMBER}")).name, "乌云");
        assert_eq!(card(&format!("鄂温克\t乌云\t{NUMBER}")).name, "乌云");
    }

    proptest! {
        #[test]
        fn no_text_breaks_it_and_what_it_finds_stands_in_it(text in any::<String>()) {
            if let Some(card) = read(&text) {
                prop_assert!(text.contains(&card.name) && text.contains(&card.address));
                prop_assert!(check_id_number(IdType::parse(&card.id_type).unwrap(), &card.id_number).is_ok());
            }
        }

        #[test]
        fn the_parts_may_come_in_any_order(order in Just(vec!["王䶮", "女", "汉", NUMBER, "根河市敖鲁古雅乡3号"]).prop_shuffle()) {
            let card = card(&order.join("\t"));
            prop_assert_eq!(card.name, "王䶮");
            prop_assert_eq!(card.address, "根河市敖鲁古雅乡3号");
            prop_assert_eq!(card.id_number, NUMBER);
        }
    }
}
