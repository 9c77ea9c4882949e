//! The sheet of an enquiry, read back.

use yichuang_domain::condition::Answers;
use yichuang_domain::enquiry::{Enquiry, enquire};
use yichuang_domain::matter::{Material, Matter, Necessity};

use super::cases::{Guide, guide};
use super::poppler::{on_disk, press};
use crate::{DocumentError, Paper, SheetFacts, guide_sheet};

pub(super) fn by_name<'g>(guide: &'g Guide, part: &str) -> &'g Matter {
    guide.matters.iter().find(|m| m.name.contains(part)).unwrap()
}

pub(super) fn told<'m>(matter: &'m Matter, given: &[(&str, &str)]) -> Enquiry<'m> {
    let given: Answers = given.iter().map(|(q, c)| ((*q).into(), (*c).into())).collect();
    enquire(matter, &given).unwrap()
}

pub(super) fn facts_of<'a>(
    guide: &'a Guide,
    matter: &'a Matter,
    enquiry: &'a Enquiry<'a>,
) -> SheetFacts<'a> {
    SheetFacts {
        matter,
        department: guide.departments.iter().find(|d| d.code == matter.department).unwrap(),
        enquiry,
        forms: &[],
        given_on: jiff::civil::date(2026, 11, 24),
        hall: "根河市政务服务中心",
        window: "3号窗口",
        qr_text: "YC1/guide/11150785MB0A00157Y4000706018000/R12/2026-11-24",
        logo: None,
        practice: false,
        sample: true,
        guide_release: 12,
        guide_issued_on: "2026-11-20",
    }
}

pub(super) fn sheet(guide: &Guide, matter: &Matter, enquiry: &Enquiry<'_>) -> Paper {
    guide_sheet(&facts_of(guide, matter, enquiry))
}

fn text(paper: &Paper) -> String {
    on_disk(&press().render(paper).unwrap()).text()
}

/// Without the line breaks and blanks of the layout.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every matter of the example with nothing told: each fact of the guide that an applicant needs
/// stands on the sheet.
#[test]
fn a_sheet_holds_the_whole_guide_of_its_matter() {
    let guide = guide();
    for matter in &guide.matters {
        let enquiry = told(matter, &[]);
        let paper = sheet(&guide, matter, &enquiry);
        let pdf = press().render(&paper).unwrap();
        let read = on_disk(&pdf).text();
        let flat = bare(&read);
        let holds =
            |said: &str| assert!(flat.contains(&bare(said)), "{}: {said}\n{read}", matter.name);
        let department = guide.departments.iter().find(|d| d.code == matter.department).unwrap();
        for said in [
            "一次性告知单",
            "咨询用",
            "不是收件或者受理凭证",
            "办事指南第12版（2026-11-20）",
            "2026年11月24日",
            "根河市政务服务中心",
            "3号窗口",
            &department.name,
            &department.phone,
            &department.complaint_phone,
            &department.address,
            &matter.name,
            &matter.code,
            &matter.result.name,
        ] {
            holds(said);
        }
        for said in matter.conditions.iter().chain(&matter.basis).chain(&matter.common_returns) {
            holds(said.trim_end_matches('。'));
        }
        for procedure in &matter.special_procedures {
            holds(procedure.kind.label());
        }
        if let Some(fee) = &matter.fee {
            holds(&fee.item);
            holds(&fee.basis);
        }
        for prospect in &enquiry.materials {
            let Material { name, standard, how_to_get, .. } = prospect.material;
            holds(name);
            holds(standard);
            holds(how_to_get);
            if let Some(when) = &prospect.when {
                holds(&format!("适用情形：{}提交", when.explain(matter)));
            }
        }
        let conditions = enquiry.materials.iter().filter(|p| p.when.is_some()).count();
        assert_eq!(flat.matches("适用情形：").count(), conditions, "{}", matter.name);
        let pages = usize::try_from(pdf.pages).unwrap();
        assert_eq!(flat.matches("示例数据：").count(), pages, "on every page");
        assert!(flat.contains(&format!("第{pages}页共{pages}页")), "one part, numbered");
        assert!(
            !flat.contains("印章") && !flat.contains("办件编号：") && !flat.contains("签字）：")
        );
    }
}

#[test]
fn what_was_told_narrows_the_sheet() {
    let guide = guide();
    let matter = by_name(&guide, "食品经营许可");
    let enquiry = told(matter, &[("q1", "c"), ("q4", "b"), ("agent", "no")]);
    assert!(enquiry.is_settled());
    let flat = bare(&text(&sheet(&guide, matter, &enquiry)));
    assert!(flat.contains("主体业态：单位食堂；食堂由谁经营：承包给餐饮企业"), "{flat}");
    assert!(flat.contains("举办单位主体资格证明") && flat.contains("食堂承包合同"));
    for gone in ["专间设计说明", "自动设备放置地点", "授权委托书（全市统一格式）", "适用情形："]
    {
        assert!(!flat.contains(gone), "{gone}\n{flat}");
    }
    assert!(flat.contains(&format!("申请材料（共{}项）", enquiry.materials.len())));

    // Told in part: what is open keeps only what of its condition is open.
    let flat = bare(&text(&sheet(&guide, matter, &told(matter, &[("q1", "b")]))));
    assert!(flat.contains("“制售项目”为“冷食、生食或裱花”时提交"));
    assert!(flat.contains("其余未选择"));
    assert!(!flat.contains("举办单位主体资格证明"));
}

#[test]
fn a_stop_is_told_with_its_reason_and_asks_for_nothing() {
    let guide = guide();
    let matter = by_name(&guide, "居民基本养老保险参保");
    let flat = bare(&text(&sheet(&guide, matter, &told(matter, &[("q1", "c")]))));
    assert!(flat.contains("不符合本事项的受理条件：同一时段不能重复参加两种养老保险"), "{flat}");
    assert!(flat.contains("办理指引：原参保地社保经办机构"));
    assert!(flat.contains("到哪里问") && flat.contains("咨询电话") && !flat.contains("材料名称"));
}

/// The sheet of a matter that is not taken says so, and why: on any other sheet nothing of it.
#[test]
fn a_matter_that_is_not_in_force_says_so_with_the_day() {
    use yichuang_domain::matter::{MatterReference, MatterState};
    let guide = guide();
    let at = |from: Option<&str>, until: Option<&str>, state: Option<MatterState>| {
        let mut matter = by_name(&guide, "食品经营许可").clone();
        let mut reference = MatterReference::default();
        reference.catalogue.effective_from = from.map(|day| day.parse().unwrap());
        reference.catalogue.effective_until = until.map(|day| day.parse().unwrap());
        reference.catalogue.state = state;
        matter.reference = Some(Box::new(reference));
        bare(&text(&sheet(&guide, &matter, &told(&matter, &[]))))
    };
    let not_yet = at(Some("2026-12-01"), None, None);
    assert!(not_yet.contains("本事项尚未生效，自2026年12月1日起办理"), "{not_yet}");
    assert!(not_yet.contains("材料名称"), "what to prepare");
    let cancelled = at(None, Some("2026-11-24"), None);
    assert!(cancelled.contains("本事项已自2026年11月24日起取消"), "{cancelled}");
    assert!(cancelled.contains("到哪里问") && cancelled.contains("咨询电话"), "{cancelled}");
    assert!(!cancelled.contains("材料名称"), "nobody should gather anything: {cancelled}");
    let suspended = at(None, None, Some(MatterState::Suspended));
    assert!(suspended.contains("本事项暂停办理") && suspended.contains("何时恢复"), "{suspended}");
    let in_force = at(Some("2026-11-24"), Some("2026-11-25"), Some(MatterState::InForce));
    for said in ["尚未生效", "取消", "暂停办理"] {
        assert!(!in_force.contains(said), "{said}: {in_force}");
    }
}

#[test]
fn what_can_stand_in_for_a_material_is_said() {
    let guide = guide();
    let mut matter = by_name(&guide, "食品经营许可").clone();
    matter.materials.truncate(1);
    let only = &mut matter.materials[0];
    (only.necessity, only.commitment_allowed, only.licence_reuse) =
        (Necessity::Deferrable, true, true);
    let flat = bare(&text(&sheet(&guide, &matter, &told(&matter, &[]))));
    for said in ["可容缺", "容缺受理", "告知承诺", "可调取电子证照的免予提交"]
    {
        assert!(flat.contains(said), "{said}\n{flat}");
    }
    matter.materials.clear();
    let flat = bare(&text(&sheet(&guide, &matter, &told(&matter, &[]))));
    assert!(flat.contains("无须提交申请材料"));
}

#[test]
fn practice_is_said_on_every_page_and_the_code_is_read_back() {
    let guide = guide();
    let matter = by_name(&guide, "转移登记");
    let enquiry = told(matter, &[]);
    let mut facts = sheet(&guide, matter, &enquiry);
    assert!(!facts.practice && facts.warnings.len() == 1);
    facts = guide_sheet(&SheetFacts {
        practice: true,
        sample: false,
        ..facts_of(&guide, matter, &enquiry)
    });
    let pdf = press().render(&facts).unwrap();
    let disk = on_disk(&pdf);
    let pages = usize::try_from(pdf.pages).unwrap();
    assert_eq!(disk.text().matches("演练文书：").count(), pages);
    let mut picture = rqrr::PreparedImage::prepare(disk.picture(1, 200));
    let grids = picture.detect_grids();
    assert_eq!(grids[0].decode().unwrap().1, facts.qr_text);
}

#[test]
fn a_character_without_a_glyph_is_named_with_its_field() {
    let guide = guide();
    let mut matter = by_name(&guide, "食品经营许可").clone();
    matter.conditions.push("条件\u{E123}".to_owned());
    let found = press().render(&sheet(&guide, &matter, &told(&matter, &[])));
    let Err(DocumentError::NoGlyph { found_in, .. }) = found else { panic!("{found:?}") };
    assert_eq!(found_in, "受理条件");
}

#[test]
fn sixty_materials_keep_their_heads_and_their_order() {
    let guide = guide();
    let mut matter = by_name(&guide, "转移登记").clone();
    let pattern = matter.materials[0].clone();
    let made = |i: usize| Material {
        id: format!("m{i}"),
        name: format!("第{i:02}份申请材料"),
        ..pattern.clone()
    };
    matter.materials = (0..60).map(made).collect();
    let pdf = press().render(&sheet(&guide, &matter, &told(&matter, &[]))).unwrap();
    let read = on_disk(&pdf).text();
    let places: Vec<usize> =
        (0..60).map(|i| read.find(&format!("第{i:02}份申请材料")).unwrap()).collect();
    assert!(places.is_sorted());
}
