use std::collections::HashSet;
use std::sync::OnceLock;

use pinyin::ToPinyin;
use proptest::prelude::*;

use super::*;

fn example() -> &'static (GuidePackage, SearchIndex) {
    static EXAMPLE: OnceLock<(GuidePackage, SearchIndex)> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let package: GuidePackage = serde_json::from_str(crate::EXAMPLE).expect("the example");
        let index = SearchIndex::build(&package);
        (package, index)
    })
}

/// The names of the matters found, best first.
fn names(text: &str) -> Vec<&'static str> {
    let (package, index) = example();
    index
        .search(text, 50, &Usage::default())
        .iter()
        .map(|hit| package.matters[hit.matter].name.as_str())
        .collect()
}

/// A guide of matters with these names, aliases and one department.
fn guide(matters: &[(&str, &[&str])]) -> GuidePackage {
    let mut package: GuidePackage = serde_json::from_str(crate::EXAMPLE).expect("the example");
    let pattern = package.matters[0].clone();
    package.matters = matters
        .iter()
        .enumerate()
        .map(|(i, (name, aliases))| {
            let mut matter = pattern.clone();
            matter.code = format!("X{i:03}");
            matter.name = (*name).to_owned();
            matter.aliases = aliases.iter().map(|a| (*a).to_owned()).collect();
            matter
        })
        .collect();
    package
}

#[test]
fn every_way_to_type_finds_the_matter() {
    let sole_trader = "个体工商户设立登记";
    for text in [
        "个体工商户设立登记",
        "工商户",
        "个",
        "gongshang",
        "GongShang",
        "ｇｏｎｇｓｈａｎｇ",
        "gongsh",
        "gongs",
        "gtgshsldj",
        "gshsl",
        "个体sl",
        "gt设立",
        "geti设立dj",
        "个体 · 工商户（设立）",
        "gtgshu",
        "办个体执照",
        "bgtzz",
        "zhizhao",
        "11150785MB0A00122C4000703013000",
        "11150785mb0a00122c4000703013",
        "703013",
        "市场监督管理局",
        "scjdglj",
    ] {
        assert!(names(text).contains(&sole_trader), "{text}: {:?}", names(text));
    }
}

#[test]
fn nothing_is_found_by_nothing() {
    for text in ["", "  ", "（）、·", "\u{200B}", "\u{FE0F}"] {
        assert!(names(text).is_empty(), "{text:?}");
    }
    assert!(example().1.search("登记", 0, &Usage::default()).is_empty());
    for text in ["不存在的事项名", "zzzzqqqq", "vvvv", "户口簿登登记", "🙂"] {
        assert!(names(text).is_empty(), "{text}: {:?}", names(text));
    }
}

#[test]
fn whole_before_beginning_before_word_before_inside_and_names_before_aliases() {
    let package = guide(&[
        ("养老金登记", &[]),
        ("申请·登记", &[]),
        ("登记簿查询", &[]),
        ("别的事", &["登记"]),
        ("再一件", &["登记证"]),
        ("登记", &[]),
        ("又一件", &["补登记"]),
    ]);
    let index = SearchIndex::build(&package);
    let found = |text: &str| -> Vec<usize> {
        index.search(text, 10, &Usage::default()).iter().map(|h| h.matter).collect()
    };
    for text in ["登记", "dj", "dengji", "登j", "dengj", "ｄｊ"] {
        assert_eq!(found(text), [5, 3, 2, 4, 1, 0, 6], "{text}");
    }
    let hits = index.search("登记", 10, &Usage::default());
    assert!(hits.windows(2).all(|two| two[0].score >= two[1].score));
    assert_eq!(index.search("登记", 3, &Usage::default()).len(), 3);
    assert_eq!(hits[1].alias.as_deref(), Some("登记"));
}

#[test]
fn the_order_of_the_guide_decides_between_equals() {
    let names: Vec<String> = (0..40).map(|i| format!("第{i}类登记")).collect();
    let matters: Vec<(&str, &[&str])> = names.iter().map(|n| (n.as_str(), &[][..])).collect();
    let index = SearchIndex::build(&guide(&matters));
    let found: Vec<usize> =
        index.search("类登记", 20, &Usage::default()).iter().map(|h| h.matter).collect();
    assert_eq!(found, (0..20).collect::<Vec<_>>());
}

#[test]
fn a_character_with_two_readings_is_found_by_both() {
    let index = SearchIndex::build(&guide(&[("参与银行重组长期贷款", &[])]));
    for text in ["canyu", "yinhang", "chongzu", "zhongzu", "changqi", "cyyhczcqdk", "zzcq"] {
        assert_eq!(index.search(text, 5, &Usage::default()).len(), 1, "{text}");
    }
    let index = SearchIndex::build(&guide(&[("绿化女职工", &[])]));
    for text in ["lvhua", "lv", "nvzhigong", "lh", "nzg"] {
        assert_eq!(index.search(text, 5, &Usage::default()).len(), 1, "{text}");
    }
}

#[test]
fn highlights_are_the_characters_that_fit() {
    let package = guide(&[("食品经营许可（新办）、变更ＥＴＣ", &["开饭店许可"])]);
    let index = SearchIndex::build(&package);
    let range = |text: &str| {
        let hit = index.search(text, 1, &Usage::default()).into_iter().next().expect(text);
        (hit.alias.is_some(), hit.highlights)
    };
    assert_eq!(range("经营"), (false, vec![(2, 4)]));
    assert_eq!(range("jy"), (false, vec![(2, 4)]));
    assert_eq!(range("jingyingxuke"), (false, vec![(2, 6)]));
    // From 可 across the bracket to 办.
    assert_eq!(range("可新办"), (false, vec![(5, 9)]));
    assert_eq!(range("bgetc"), (false, vec![(11, 16)]));
    assert_eq!(range("fandian"), (true, vec![(1, 3)]));
    assert_eq!(range("X000"), (false, vec![]));
}

#[test]
fn pieces_may_stand_apart_but_come_last() {
    let package = guide(&[
        ("个体工商户设立登记", &[]),
        ("设立个体登记", &[]),
        ("别的事", &["个体与设立"]),
        ("个体设立登记", &[]),
    ]);
    let index = SearchIndex::build(&package);
    for text in ["个体 设立", "个体sl", "gt设立", "geti sheli", "gt sl", "个体 shel"] {
        let hits = index.search(text, 9, &Usage::default());
        assert_eq!(hits.iter().map(|h| h.matter).collect::<Vec<_>>(), [3, 0, 2], "{text}");
        assert_eq!(hits[1].highlights, [(0, 2), (5, 7)], "{text}");
    }
    assert!(index.search("设立 工商户", 9, &Usage::default()).is_empty());
}

fn found_in(matters: &[(&str, &[&str])], text: &str) -> Vec<usize> {
    let index = SearchIndex::build(&guide(matters));
    index.search(text, 10, &Usage::default()).iter().map(|hit| hit.matter).collect()
}

#[test]
fn one_slip_of_the_hand_still_finds_and_shows_what_was_meant() {
    let package = guide(&[("个体工商户设立登记", &["开小吃店"]), ("林木采伐许可证核发", &[])]);
    let index = SearchIndex::build(&package);
    for (text, matter, highlights) in [
        // Too many, too few, wrong, swapped: in a syllable and across a border.
        ("gongshangghu", 0, (2, 5)),
        ("gonshanghu", 0, (2, 5)),
        ("gongsganghu", 0, (2, 5)),
        ("gognshanghu", 0, (2, 5)),
        ("gonsghanghu", 0, (2, 5)),
        ("cafaxukezheng", 1, (2, 7)),
        ("gshxldj", 0, (2, 9)),
        ("个体商工户", 0, (0, 5)),
        ("个体公商户", 0, (0, 5)),
        ("个体商户", 0, (0, 5)),
        ("个体的工商户", 0, (0, 5)),
        ("林木采许可", 1, (0, 6)),
    ] {
        let hits = index.search(text, 5, &Usage::default());
        let hit = hits.first().expect(text);
        assert_eq!((hit.matter, hit.slip), (matter, true), "{text}");
        assert!(hit.highlights.iter().all(|h| h.0 < h.1), "{text}");
        let shown = (hit.highlights[0].0, hit.highlights.last().unwrap().1);
        assert!(shown.0 >= highlights.0 && shown.1 <= highlights.1, "{text}: {shown:?}");
    }
    for short in ["gosh", "登计", "记登", "xx", "2025"] {
        assert!(index.search(short, 5, &Usage::default()).is_empty(), "{short}");
    }
    let hits = index.search("工商户", 5, &Usage::default());
    assert!(hits.iter().all(|hit| !hit.slip), "what fits as it stands needs no slip");
}

#[test]
fn a_code_with_one_wrong_digit_is_found_unless_it_is_a_short_piece() {
    let mut package = guide(&[("甲", &[]), ("乙", &[])]);
    package.matters[0].code = "11150785MB0A00122C4000703013000".to_owned();
    package.matters[1].code = "22250785MB0A00157Y4000706018000".to_owned();
    let index = SearchIndex::build(&package);
    for typed in [
        "11150785MB0A00122C4000703013001",
        "11150785MB0A00122C400073013000",
        "11150785MB0A00122C40007030130000",
        "11150785MB0A00122C4000730013000",
        "91150785MB0A00122C4000703013000",
        "1150785MB0A00122C4000703019000x",
        "703013900",
        "703103000",
        "111508785MB0A",
    ] {
        let hits = index.search(typed, 5, &Usage::default());
        let slips_twice = typed.starts_with("1150785");
        assert_eq!(hits.first().map(|h| h.matter), (!slips_twice).then_some(0), "{typed}");
    }
    assert!(index.search("13009", 5, &Usage::default()).is_empty());
}

#[test]
fn traditional_characters_find_simplified_names() {
    let names: &[(&str, &[&str])] = &[("医疗机构执业许可证核发", &[]), ("乾坤湾景区备案", &[])];
    for text in ["醫療機構", "執業許可證", "核發", "醫療jigou"] {
        assert_eq!(found_in(names, text), [0], "{text}");
    }
    for text in ["乾坤灣", "qiankun", "景區備案"] {
        assert_eq!(found_in(names, text), [1], "{text}");
    }
}

#[test]
fn the_right_reading_of_a_word_comes_before_a_wrong_one() {
    let names: &[(&str, &[&str])] = &[
        ("企业重组备案", &[]),
        ("行政许可", &[]),
        ("众组登记", &[]),
        ("银行网点设立", &[]),
        ("矿长资格", &[]),
        ("长期护理", &[]),
        ("娱乐场所", &[]),
        ("音乐培训", &[]),
    ];
    assert_eq!(found_in(names, "zhongzu"), [2, 0]);
    assert_eq!(found_in(names, "chongzu"), [0, 2], "the other one only with a slip");
    assert_eq!(found_in(names, "hang"), [3, 1]);
    assert_eq!(found_in(names, "xing"), [1, 3]);
    // (The others by their department, 保障局.)
    assert_eq!(found_in(names, "zhang")[..2], [4, 5]);
    assert_eq!(found_in(names, "yue"), [7, 6]);
    assert_eq!(found_in(names, "yule")[0], 6);
}

#[test]
fn what_is_used_most_comes_first_among_what_fits_equally_well() {
    let package = guide(&[
        ("登记一", &[]),
        ("登记二", &[]),
        ("补登记", &[]),
        ("登记", &[]),
        ("别的事", &["登记证"]),
    ]);
    for index in
        [SearchIndex::build(&package), SearchIndex { few: 0, ..SearchIndex::build(&package) }]
    {
        let found = |usage: &[(usize, u32)]| -> Vec<usize> {
            let usage = Usage::new(usage.iter().copied());
            index.search("登记", 10, &usage).iter().map(|h| h.matter).collect()
        };
        assert_eq!(found(&[]), [3, 0, 1, 4, 2]);
        assert_eq!(found(&[(1, 1)]), [3, 1, 0, 4, 2]);
        assert_eq!(found(&[(1, 1), (4, 9), (2, 99)]), [3, 4, 1, 0, 2]);
        let usage = Usage::new([(1, 5)]);
        assert_eq!(index.search("登记", 2, &usage).last().map(|h| h.matter), Some(1));
        assert_eq!(index.search("X00", 5, &usage)[0].matter, 1, "by code too");
    }
}

#[test]
fn a_department_narrows_what_a_word_finds() {
    for text in ["市场监管局 登记", "个体 市场监督管理局", "scjdglj 个体", "市场监督管理局 gth"]
    {
        let found = names(text);
        assert!(found.first().is_some_and(|n| n.contains("登记")), "{text}: {found:?}");
    }
    assert!(names("人社局").contains(&"失业保险金申领"));
    assert_eq!(names("人社局 失业"), ["失业保险金申领"]);
    assert!(names("公安局 失业").is_empty());
}

#[test]
fn rare_and_foreign_names_are_found() {
    let index = SearchIndex::build(&guide(&[
        ("䶮𠮷氏祠堂", &[]),
        ("ᠮᠣᠩᠭᠣᠯ 登记", &[]),
        ("A级景区12345热线", &["\u{E123}村"]),
    ]));
    for (text, matter) in [
        ("䶮", 0),
        ("𠮷", 0),
        ("𠮷氏", 0),
        ("氏ct", 0),
        ("ᠮᠣᠩ", 1),
        ("ᠭᠣᠯ登记", 1),
        ("a级", 2),
        ("ajjq", 2),
        ("12345", 2),
        ("5rx", 2),
        ("\u{E123}", 2),
    ] {
        assert_eq!(
            index.search(text, 5, &Usage::default()).first().map(|h| h.matter),
            Some(matter),
            "{text}"
        );
    }
}

#[test]
fn a_matter_of_an_unknown_department_or_with_an_odd_name_does_no_harm() {
    let mut package = guide(&[("（）", &["", "·"]), ("登记", &[])]);
    package.matters[0].department = "nowhere".to_owned();
    let index = SearchIndex::build(&package);
    assert_eq!(index.search("登记", 5, &Usage::default()).len(), 1);
    assert_eq!(index.search("X000", 5, &Usage::default()).first().map(|h| h.matter), Some(0));
    package.matters.clear();
    assert!(SearchIndex::build(&package).search("登记", 5, &Usage::default()).is_empty());
}

/// Finds by looking at every fragment of every text, without an index.
fn oracle(package: &GuidePackage, text: &str) -> Vec<usize> {
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let wanted = plain(text);
    let holds = |text: &str| plain(text).windows(wanted.len()).any(|w| w == wanted);
    let of_department =
        |code: &str| package.departments.iter().any(|d| d.code == code && holds(&d.name));
    (0..package.matters.len())
        .filter(|i| {
            let m = &package.matters[*i];
            holds(&m.name)
                || m.aliases.iter().any(|a| holds(a))
                || holds(&m.code)
                || of_department(&m.department)
        })
        .collect()
}

fn initials_of(text: &str) -> String {
    text.chars().filter_map(|c| c.to_pinyin()).map(|p| &p.plain()[..1]).collect()
}

/// The example, searched as a guide would be that is too large to test all candidates at once.
fn large() -> &'static SearchIndex {
    static LARGE: OnceLock<SearchIndex> = OnceLock::new();
    LARGE.get_or_init(|| SearchIndex { few: 0, ..SearchIndex::build(&example().0) })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Both ways to go through the candidates find the same, in the same order.
    #[test]
    fn a_large_guide_is_searched_like_a_small_one(
        text in prop_oneof![
            "[a-z]{1,8}",
            "[登记养老保险补换领申户口医]{1,3}",
            "[登记养老保险补换领]{1,2} ?[a-z]{1,4}",
            "[0-9]{1,4}",
        ],
        limit in 1usize..30,
    ) {
        let small = example().1.search(&text, limit, &Usage::default());
        prop_assert_eq!(large().search(&text, limit, &Usage::default()), small);
    }

    #[test]
    fn every_fragment_finds_its_matter_and_no_other(
        matter in any::<prop::sample::Index>(),
        of_alias in any::<bool>(),
        from in any::<prop::sample::Index>(),
        length in 1usize..12,
    ) {
        let (package, index) = example();
        let i = matter.index(package.matters.len());
        let text = if of_alias { &package.matters[i].aliases[0] } else { &package.matters[i].name };
        let chars: Vec<char> = text.chars().collect();
        let from = from.index(chars.len());
        let fragment: String = chars[from..(from + length).min(chars.len())].iter().collect();
        prop_assume!(fragment.chars().any(char::is_alphanumeric));
        let hits = index.search(&fragment, usize::MAX, &Usage::default());
        let mut found: Vec<usize> =
            hits.iter().filter(|h| !h.slip).map(|h| h.matter).collect();
        found.sort_unstable();
        prop_assert_eq!(&found, &oracle(package, &fragment));
        prop_assert!(found.contains(&i));
    }

    #[test]
    fn every_run_of_initials_and_every_full_spelling_finds_its_matter(
        matter in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        length in 1usize..12,
    ) {
        let (package, index) = example();
        let i = matter.index(package.matters.len());
        let said: Vec<char> =
            package.matters[i].name.chars().filter(|c| c.to_pinyin().is_some()).collect();
        let from = from.index(said.len());
        let fragment: String = said[from..(from + length).min(said.len())].iter().collect();
        let full: String = fragment.chars().filter_map(|c| c.to_pinyin()).map(|p| p.plain()).collect();
        for typed in [initials_of(&fragment), full.clone(), full.to_uppercase()] {
            let found = index.search(&typed, usize::MAX, &Usage::default());
            prop_assert!(found.iter().any(|h| h.matter == i), "{typed} for {fragment}");
        }
    }

    #[test]
    fn anything_can_be_typed_and_highlights_stay_inside(
        text in prop_oneof![
            ".{0,40}",
            "[a-z]{1,80}",
            "[a-z登记养老保险 ·（）0-9]{1,24}",
            "(zh|ch|sh|xian|ang|en|gong|a|o|e){1,40}",
        ],
        limit in 0usize..30,
    ) {
        let (package, index) = example();
        let hits = index.search(&text, limit, &Usage::default());
        prop_assert!(hits.len() <= limit);
        let mut seen = HashSet::new();
        for hit in &hits {
            prop_assert!(seen.insert(hit.matter));
            let matter = &package.matters[hit.matter];
            let shown = hit.alias.as_deref().unwrap_or(&matter.name);
            if let Some(alias) = &hit.alias {
                prop_assert!(matter.aliases.contains(alias));
            }
            let length = u32::try_from(shown.chars().count()).unwrap();
            for (from, to) in &hit.highlights {
                prop_assert!(from < to && *to <= length);
            }
        }
        prop_assert!(hits.windows(2).all(|two| two[0].score >= two[1].score));
    }

    #[test]
    fn names_of_any_characters_are_found_whole_and_in_part(
        names in prop::collection::vec("\\PC{1,12}", 1..6),
    ) {
        let matters: Vec<(&str, &[&str])> = names.iter().map(|n| (n.as_str(), &[][..])).collect();
        let index = SearchIndex::build(&guide(&matters));
        for (i, name) in names.iter().enumerate() {
            let folded: String = fold::fold(name).iter().map(|t| t.c).collect();
            prop_assume!(!folded.is_empty());
            for text in [name.as_str(), &folded, &folded[folded.char_indices().last().unwrap().0..]] {
                let found = index.search(text, usize::MAX, &Usage::default());
                prop_assert!(found.iter().any(|h| h.matter == i), "{text:?} in {name:?}");
            }
        }
    }
}
