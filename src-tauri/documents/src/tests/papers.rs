//! Every kind of paper, read back.

use jiff::civil::date;
use yichuang_domain::calendar::chinese_date;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::matter::{Material, Matter, Necessity, StopOutcome, SupplementLaw};

use super::cases::{Desk, Guide, Wish, desk, guide};
use super::poppler::{on_disk, press};
use crate::template::shipped;
use crate::{PaperFacts, Press, ProgressFacts, compose};

fn by_name<'g>(guide: &'g Guide, part: &str) -> &'g Matter {
    guide.matters.iter().find(|m| m.name.contains(part)).unwrap()
}

fn text(desk: &Desk, kind: DocumentKind) -> String {
    on_disk(&press().render(&desk.paper(kind)).unwrap()).text()
}

/// Without the line breaks and blanks of the layout: words that wrap in a paragraph.
fn unwrapped(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A case with a material in `check`, if the guide has a matter that allows it.
fn with_check(guide: &Guide, check: &'static str, allows: fn(&Material) -> bool) -> Desk {
    guide
        .matters
        .iter()
        .find_map(|matter| {
            let wish = Wish { kind: matter.audience[0].as_str(), ..Wish::default() };
            let plain = desk(guide, matter, &wish);
            let at = plain.case.materials.iter().position(|m| allows(&m.material))?;
            Some(desk(guide, matter, &Wish { checks: vec![(at, check, "材料尚在办理")], ..wish }))
        })
        .unwrap()
}

/// A case that a choice ends with `outcome`.
fn stopped(guide: &Guide, outcome: StopOutcome) -> Desk {
    guide
        .matters
        .iter()
        .find_map(|matter| {
            let question = matter.questions.iter().find(|q| q.when.is_none())?;
            let ends = |c: &&yichuang_domain::matter::Choice| {
                c.stop.as_ref().is_some_and(|s| s.outcome == outcome)
            };
            let choice = question.choices.iter().find(ends)?;
            let answers = vec![(&*question.id.clone().leak(), &*choice.id.clone().leak())];
            Some(desk(
                guide,
                matter,
                &Wish { kind: matter.audience[0].as_str(), answers, ..Wish::default() },
            ))
        })
        .unwrap()
}

#[test]
fn a_notice_lists_every_item_with_reason_standard_way_and_last_day() {
    let guide = guide();
    let wish = Wish {
        kind: "enterprise",
        name: "根河市兴安岭山货食品有限责任公司".to_owned(),
        agent: Some("额尔敦·巴图".to_owned()),
        checks: vec![
            (0, "missing", "未提交申请书"),
            (1, "defective", "复印件没有加盖公章"),
            (3, "missing", "未提交制度文本"),
        ],
        ..Wish::default()
    };
    let desk = desk(&guide, by_name(&guide, "食品经营许可"), &wish);
    assert_eq!(desk.case.listed.len(), 3);
    let text = text(&desk, DocumentKind::OneTimeNotice);
    assert!(text.contains("根河市兴安岭山货食品有限责任公司"), "{text}");
    assert!(text.contains("额尔敦·巴图"));
    assert!(text.contains(desk.case.number.as_str()));
    assert!(text.contains("911507********T165") && !text.contains("91150785MA0TE5T165"));
    let flat = unwrapped(&text);
    for id in &desk.case.listed {
        let item = desk.case.materials.iter().find(|m| m.material.id == *id).unwrap();
        assert_eq!(text.matches(&item.material.name).count(), 2, "{}\n{text}", item.material.name);
        assert!(text.contains(&item.reason), "{}", item.reason);
        assert!(flat.contains(&unwrapped(&item.material.standard)));
        assert!(flat.contains(&unwrapped(&item.material.how_to_get)));
    }
    let notify_by = desk.case.notify_by.as_ref().unwrap();
    assert!(text.contains(&chinese_date(notify_by.on)));
    assert!(flat.contains(&unwrapped(&notify_by.explain())));
    assert!(flat.contains("自收到申请材料之日起即为受理"));
    assert!(flat.contains("第三十二条第一款第四项"));
    assert!(flat.contains("共3项"));
}

#[test]
fn a_matter_of_another_law_says_what_its_own_law_says() {
    let guide = guide();
    let matter = by_name(&guide, "转移登记");
    assert_eq!(matter.supplement.rule, SupplementLaw::WrittenOnTheSpot);
    let wish = Wish { checks: vec![(0, "missing", "")], ..Wish::default() };
    let flat = unwrapped(&text(&desk(&guide, matter, &wish), DocumentKind::OneTimeNotice));
    assert!(flat.contains("依据《不动产登记暂行条例》第十七条"));
    assert!(flat.contains("未当场书面告知不予受理的，视为受理"));
    assert!(!flat.contains("行政许可法"));
    assert_eq!(flat.matches("《不动产登记暂行条例》、").count(), 0, "its own law is cited once");
}

#[test]
fn an_acceptance_says_from_when_until_when_and_what_is_not_counted() {
    let guide = guide();
    let matter = guide
        .matters
        .iter()
        .find(|m| {
            m.special_procedures.iter().any(|p| p.stops_clock)
                && m.promised_limit.is_some_and(|l| l.value > 0)
        })
        .unwrap();
    let wish =
        Wish { kind: matter.audience[0].as_str(), filed_on: date(2026, 9, 30), ..Wish::default() };
    let desk = desk(&guide, matter, &wish);
    let due = desk.case.due.clone().unwrap();
    let text = text(&desk, DocumentKind::Acceptance);
    assert!(text.contains("2026年9月30日"));
    assert!(text.contains(&chinese_date(due.on)), "{text}");
    let flat = unwrapped(&text);
    assert!(flat.contains(&unwrapped(&due.explain())));
    assert!(flat.contains("不计入办结时限"));
    for item in &desk.case.materials {
        let listed = item.check.is_some();
        assert_eq!(text.contains(&item.material.name), listed, "{}", item.material.name);
    }
}

#[test]
fn an_estimated_day_is_marked() {
    let guide = guide();
    let matter = guide.matters.iter().find(|m| m.promised_limit.is_some_and(|l| l.value > 0));
    let matter = matter.unwrap();
    let wish =
        Wish { kind: matter.audience[0].as_str(), filed_on: date(2026, 12, 31), ..Wish::default() };
    let marked = text(&desk(&guide, matter, &wish), DocumentKind::Acceptance);
    assert!(marked.contains("（暂估）"), "{marked}");
    let certain = Wish { filed_on: date(2026, 3, 2), ..wish };
    let text = text(&desk(&guide, matter, &certain), DocumentKind::Acceptance);
    assert!(!text.contains("暂估"));
}

#[test]
fn a_receipt_lists_what_was_checked_the_missing_included() {
    let guide = guide();
    let wish = Wish {
        kind: "enterprise",
        checks: vec![(0, "missing", ""), (1, "corrected", "当场补盖公章")],
        ..Wish::default()
    };
    let desk = desk(&guide, by_name(&guide, "食品经营许可"), &wish);
    let text = text(&desk, DocumentKind::MaterialReceipt);
    for item in desk.case.materials.iter().filter(|m| m.check.is_some()) {
        assert!(text.contains(&item.material.name), "{}", item.material.name);
    }
    assert!(text.contains("未交") && text.contains("当场更正"));
    let checked = desk.case.materials.iter().filter(|m| m.check.is_some()).count();
    let said = format!("应核对材料{checked}项，实际收到{}项", checked - 1);
    assert!(unwrapped(&text).contains(&said), "{text}");
}

#[test]
fn an_acceptance_after_a_notice_says_what_arrived() {
    let guide = guide();
    let wish = Wish {
        kind: "enterprise",
        checks: vec![(0, "missing", "")],
        supplemented: true,
        ..Wish::default()
    };
    let desk = desk(&guide, by_name(&guide, "食品经营许可"), &wish);
    let text = text(&desk, DocumentKind::Acceptance);
    assert!(text.contains("已补正") && text.contains("补正日期：2026年9月18日"), "{text}");
}

#[test]
fn refusals_say_why_where_to_go_and_how_to_object() {
    let guide = guide();
    for (outcome, kind) in [
        (StopOutcome::OutOfScope, DocumentKind::Refusal),
        (StopOutcome::Refused, DocumentKind::Refusal),
        (StopOutcome::NotRequired, DocumentKind::NotRequiredNotice),
    ] {
        let desk = stopped(&guide, outcome);
        let flat = unwrapped(&text(&desk, kind));
        let stop = &desk.case.stopped.as_ref().unwrap().stop;
        assert!(flat.contains(&unwrapped(&stop.reason)), "{outcome:?}\n{flat}");
        assert!(flat.contains(&unwrapped(&stop.refer_to)), "{outcome:?}");
        assert!(flat.contains("60日") && flat.contains("6个月"));
        assert!(
            flat.contains(&desk.department.review_body) && flat.contains(&desk.department.court)
        );
    }
}

#[test]
fn commitments_name_the_material_the_day_and_the_consequence() {
    let guide = guide();
    let deferred = with_check(&guide, "deferred", |m| m.necessity == Necessity::Deferrable);
    let text_of = |desk: &Desk, kind| unwrapped(&text(desk, kind));
    let flat = text_of(&deferred, DocumentKind::DeferralCommitment);
    let due = chinese_date(deferred.case.due.as_ref().unwrap().on);
    assert!(
        flat.contains(&due) && flat.contains("自愿申请容缺受理") && flat.contains("逾期未补齐")
    );
    let flat = text_of(&deferred, DocumentKind::Acceptance);
    assert!(flat.contains("予以容缺受理") && flat.contains("容缺后补"));

    let committed = with_check(&guide, "committed", |m| m.commitment_allowed);
    let text = text(&committed, DocumentKind::Commitment);
    let name = &committed
        .case
        .materials
        .iter()
        .find(|m| m.reason == "材料尚在办理")
        .unwrap()
        .material
        .name;
    assert!(text.contains(name) && unwrapped(&text).contains("核查"));
}

#[test]
fn every_paper_has_the_common_fields_in_every_part_with_pages_of_their_own() {
    let guide = guide();
    let wish = Wish {
        checks: vec![(0, "missing", ""), (1, "missing", "")],
        practice: true,
        ..Wish::default()
    };
    let mut desk = desk(&guide, by_name(&guide, "转移登记"), &wish);
    desk.sample = true;
    for &kind in DocumentKind::ALL {
        let paper = desk.paper(kind);
        let pdf = press().render(&paper).unwrap();
        let disk = on_disk(&pdf);
        let text = disk.text();
        for said in desk.must_say(kind, &paper) {
            assert!(text.contains(&said), "{kind:?}: {said}\n{text}");
        }
        assert!(!text.contains("150785190101010019"), "{kind:?} shows the whole number");
        // Both warnings stand on every page.
        let pages = usize::try_from(pdf.pages).unwrap();
        assert_eq!(text.matches("演练文书：").count(), pages, "{kind:?}");
        assert_eq!(text.matches("示例数据：").count(), pages, "{kind:?}");
        let parts = paper.parts.len();
        assert_eq!(pages % parts, 0);
        for page in 1..=pages / parts {
            let foot = format!("第{page}页共{}页", pages / parts);
            assert_eq!(unwrapped(&text).matches(&foot).count(), parts, "{kind:?}: {foot}\n{text}");
        }
        for font in disk.fonts() {
            let yes = font.split_whitespace().filter(|word| *word == "yes").count();
            assert!(font.starts_with('Y') && yes == 3, "not an embedded subset: {font}");
        }
        assert_eq!(pdf.sha256.len(), 64);
    }
}

#[test]
fn the_code_is_read_from_the_printed_page_in_both_parts() {
    let guide = guide();
    let desk =
        desk(&guide, by_name(&guide, "转移登记"), &Wish { practice: true, ..Wish::default() });
    let paper = desk.paper(DocumentKind::Acceptance);
    let pdf = press().render(&paper).unwrap();
    let disk = on_disk(&pdf);
    for page in [1, pdf.pages / 2 + 1] {
        let picture = disk.picture(page, 200);
        let mut picture = rqrr::PreparedImage::prepare(picture);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().unwrap().1, paper.qr_text);
    }
}

#[test]
fn mongolian_names_are_joined_and_found_as_typed() {
    let name = "ᠪᠠᠲᠤ ᠡᠷᠳᠡᠨᠢ";
    let guide = guide();
    let wish =
        Wish {
            name: name.to_owned(), agent: Some("额尔敦巴图".to_owned()), ..Wish::default()
        };
    let desk = desk(&guide, by_name(&guide, "转移登记"), &wish);
    let found = text(&desk, DocumentKind::Acceptance).matches(name).count();
    assert_eq!(found, 4, "in the table and in the address of both parts");
}

#[test]
fn rare_characters_and_look_alikes_are_found_as_typed() {
    let guide = guide();
    let matter = by_name(&guide, "转移登记");
    // Extensions A to G; a compatibility ideograph and a radical that are drawn like the unified
    // character beside them.
    for name in ["䶮㛃䘵𠅤𫖮𬱖", "𬭊𱁬𫘜𬍛㙍㴔", "豈豈⼀一", "José·O’Neill-Ångström"]
    {
        let wish = Wish { name: name.to_owned(), ..Wish::default() };
        let text = text(&desk(&guide, matter, &wish), DocumentKind::MaterialReceipt);
        assert!(text.contains(name), "{name}\n{text}");
    }
}

#[test]
fn long_names_stay_whole_where_a_line_can_hold_them() {
    let guide = guide();
    let name =
        "阿不都热西提·买买提艾力·吐尔逊江·库尔班江·艾尔肯·玉素甫江·阿卜杜拉·热合曼".to_owned();
    let long = "经审批机关盖章确认的法定代表人、董事、监事、高级管理人员任职文件及其身份证件复印件"
        .to_owned();
    let mut matter = by_name(&guide, "转移登记").clone();
    matter.materials[0].name.clone_from(&long);
    let wish = Wish { name: name.clone(), checks: vec![(0, "missing", "")], ..Wish::default() };
    let desk = desk(&guide, &matter, &wish);
    for kind in [DocumentKind::OneTimeNotice, DocumentKind::MaterialReceipt] {
        let text = text(&desk, kind);
        assert!(text.contains(&name), "{kind:?}\n{text}");
        assert!(text.contains(&long), "{kind:?}\n{text}");
    }
}

#[test]
fn sixty_materials_fill_pages_whose_tables_have_heads() {
    let guide = guide();
    let mut matter = by_name(&guide, "转移登记").clone();
    let pattern = matter.materials[0].clone();
    matter.materials = (0..60)
        .map(|i| Material {
            id: format!("m{i}"),
            name: format!("第{i:02}份申请材料"),
            ..pattern.clone()
        })
        .collect();
    let checks = (0..60).map(|i| (i, "missing", "未提交")).collect();
    let desk = desk(&guide, &matter, &Wish { checks, ..Wish::default() });
    let pdf = press().render(&desk.paper(DocumentKind::OneTimeNotice)).unwrap();
    let text = on_disk(&pdf).text();
    for i in 0..60 {
        assert_eq!(text.matches(&format!("第{i:02}份申请材料")).count(), 2, "{i}");
    }
    assert!(pdf.pages >= 12, "{}", pdf.pages);
    // Every page of the list begins with the head; the last page of a part may have no rows.
    let heads = text.matches("材料名称").count();
    assert!(heads >= usize::try_from(pdf.pages).unwrap() - 2, "{heads} heads, {} pages", pdf.pages);
}

#[test]
fn a_case_without_materials_has_a_receipt() {
    let guide = guide();
    let mut matter = by_name(&guide, "转移登记").clone();
    matter.materials.clear();
    let desk = desk(&guide, &matter, &Wish::default());
    assert!(text(&desk, DocumentKind::MaterialReceipt).contains("无须提交申请材料"));
    for &kind in DocumentKind::ALL {
        press().render(&desk.paper(kind)).unwrap();
    }
}

#[test]
fn a_press_serves_several_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let press: &Press = press();
    shared(press);
    let guide = guide();
    let desk = desk(&guide, by_name(&guide, "转移登记"), &Wish::default());
    let paper = desk.paper(DocumentKind::Acceptance);
    std::thread::scope(|scope| {
        let jobs: Vec<_> = (0..4).map(|_| scope.spawn(|| press.render(&paper).unwrap())).collect();
        let sizes = jobs.into_iter().map(|job| job.join().unwrap().pages);
        assert!(sizes.eq([2, 2, 2, 2]));
    });
}

#[test]
fn receipts_tell_how_to_ask_for_progress_where_the_hall_has_a_page() {
    let guide = guide();
    let matter = by_name(&guide, "食品经营许可");
    let desk = desk(&guide, matter, &Wish { kind: "enterprise", ..Wish::default() });
    for kind in [DocumentKind::MaterialReceipt, DocumentKind::Acceptance] {
        let written = |progress| {
            let paper = desk.with_facts(kind, |facts| {
                let facts = PaperFacts { progress, ..*facts };
                compose(kind, &facts, &shipped().unwrap()).unwrap()
            });
            unwrapped(&on_disk(&press().render(&paper).unwrap()).text())
        };
        let page = "https://cx.genhe.gov.cn/p";
        let told = written(Some(ProgressFacts { code: "7K2M-9QAB", page }));
        assert!(told.contains(page) && told.contains("凭查询码7K2M-9QAB查询"), "{told}");
        assert!(told.contains("查询码请勿告诉他人"), "{told}");
        let plain = written(None);
        assert!(!plain.contains("查询码") && plain.contains("凭办件编号"), "{plain}");
    }
}
