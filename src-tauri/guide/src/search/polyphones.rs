//! How characters with several readings are said in the words of government matters. Every
//! reading finds; the right one, where this table knows it, comes first.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::Token;
use super::sound::readings;

/// Words and the readings of their characters.
#[rustfmt::skip]
const WORDS: &[(&str, &[&str])] = &[
    ("银行", &["yin", "hang"]), ("行业", &["hang", "ye"]), ("商行", &["shang", "hang"]),
    ("分行", &["fen", "hang"]), ("支行", &["zhi", "hang"]), ("同行", &["tong", "hang"]),
    ("行政", &["xing", "zheng"]), ("行驶", &["xing", "shi"]), ("行为", &["xing", "wei"]),
    ("行医", &["xing", "yi"]), ("发行", &["fa", "xing"]), ("运行", &["yun", "xing"]),
    ("执行", &["zhi", "xing"]), ("通行", &["tong", "xing"]), ("旅行", &["lv", "xing"]),
    ("施行", &["shi", "xing"]), ("出行", &["chu", "xing"]), ("举行", &["ju", "xing"]),
    ("重新", &["chong", "xin"]), ("重复", &["chong", "fu"]), ("重组", &["chong", "zu"]),
    ("重建", &["chong", "jian"]), ("重置", &["chong", "zhi"]), ("重庆", &["chong", "qing"]),
    ("重大", &["zhong", "da"]), ("重点", &["zhong", "dian"]), ("重要", &["zhong", "yao"]),
    ("重度", &["zhong", "du"]), ("重量", &["zhong", "liang"]), ("起重", &["qi", "zhong"]),
    ("载重", &["zai", "zhong"]), ("严重", &["yan", "zhong"]), ("重症", &["zhong", "zheng"]),
    ("长期", &["chang", "qi"]), ("延长", &["yan", "chang"]), ("长途", &["chang", "tu"]),
    ("长寿", &["chang", "shou"]), ("长度", &["chang", "du"]), ("长城", &["chang", "cheng"]),
    ("校长", &["xiao", "zhang"]), ("院长", &["yuan", "zhang"]), ("矿长", &["kuang", "zhang"]),
    ("家长", &["jia", "zhang"]), ("成长", &["cheng", "zhang"]), ("生长", &["sheng", "zhang"]),
    ("船长", &["chuan", "zhang"]), ("园长", &["yuan", "zhang"]), ("增长", &["zeng", "zhang"]),
    ("音乐", &["yin", "yue"]), ("乐器", &["yue", "qi"]), ("乐团", &["yue", "tuan"]),
    ("声乐", &["sheng", "yue"]), ("娱乐", &["yu", "le"]), ("游乐", &["you", "le"]),
    ("调整", &["tiao", "zheng"]), ("调解", &["tiao", "jie"]), ("空调", &["kong", "tiao"]),
    ("调剂", &["tiao", "ji"]), ("调查", &["diao", "cha"]), ("调动", &["diao", "dong"]),
    ("调入", &["diao", "ru"]), ("调出", &["diao", "chu"]), ("抽调", &["chou", "diao"]),
    ("供给", &["gong", "ji"]), ("给付", &["ji", "fu"]), ("给水", &["ji", "shui"]),
    ("会计", &["kuai", "ji"]), ("社会", &["she", "hui"]), ("委员会", &["wei", "yuan", "hui"]),
    ("协会", &["xie", "hui"]), ("参加", &["can", "jia"]), ("参保", &["can", "bao"]),
    ("参与", &["can", "yu"]), ("人参", &["ren", "shen"]), ("传染", &["chuan", "ran"]),
    ("宣传", &["xuan", "chuan"]), ("传承", &["chuan", "cheng"]), ("传记", &["zhuan", "ji"]),
    ("住宿", &["zhu", "su"]), ("宿舍", &["su", "she"]), ("率先", &["shuai", "xian"]),
    ("税率", &["shui", "lv"]), ("费率", &["fei", "lv"]), ("提供", &["ti", "gong"]),
    ("提取", &["ti", "qu"]), ("单位", &["dan", "wei"]), ("畜牧", &["xu", "mu"]),
    ("牲畜", &["sheng", "chu"]), ("种畜", &["zhong", "chu"]), ("畜禽", &["chu", "qin"]),
    ("种植", &["zhong", "zhi"]), ("种子", &["zhong", "zi"]), ("校验", &["jiao", "yan"]),
    ("学校", &["xue", "xiao"]), ("弹药", &["dan", "yao"]), ("屏蔽", &["ping", "bi"]),
];

/// The characters of a word, and how they are said.
type Word = (Vec<char>, &'static [&'static str]);

/// The words by their first character.
static BY_FIRST: LazyLock<HashMap<char, Vec<Word>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<Word>> = HashMap::new();
    for (word, said) in WORDS.iter().copied() {
        let word: Vec<char> = word.chars().collect();
        if let Some(first) = word.first().copied() {
            by_first.entry(first).or_default().push((word, said));
        }
    }
    by_first
});

/// For each token which of its [`readings`] is right, as far as the words of this table tell.
pub fn right_readings(tokens: &[Token]) -> Vec<Option<usize>> {
    let mut right = vec![None; tokens.len()];
    for at in 0..tokens.len() {
        let words = BY_FIRST.get(&tokens[at].c).map_or(&[][..], Vec::as_slice);
        for (word, said) in words {
            let here = &tokens[at..(at + word.len()).min(tokens.len())];
            if here.iter().map(|t| t.c).eq(word.iter().copied()) {
                for (i, syllable) in said.iter().enumerate() {
                    right[at + i] = readings(tokens[at + i].c).iter().position(|r| r == syllable);
                }
            }
        }
    }
    right
}
