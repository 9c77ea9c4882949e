//! The sheet of an enquiry about a bundle, read back.

use yichuang_domain::bundle::{Joint, JointEnquiry, due_within};
use yichuang_domain::condition::Answers;
use yichuang_domain::matter::{
    Fee, Limit, LimitUnit, Matter, MatterReference, MatterState, Necessity,
};

use super::cases::{Guide, guide};
use super::poppler::{on_disk, press};
use super::sheets::{bare, by_name, facts_of, told};
use crate::{Block, JointSheetFacts, Paper, SheetFacts, SheetForm, Text};

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(q, c)| ((*q).into(), (*c).into())).collect()
}

/// The sheet of these matters, of which the one at the second place of the pair leads.
pub(super) fn joint_sheet(
    guide: &Guide,
    name: &str,
    (members, lead): (&[&Matter], usize),
    given: &[(&str, &str)],
) -> Paper {
    let joint = Joint::of(name, &members[lead].code, members.to_vec());
    let enquiry = joint.enquire(&answers(given)).unwrap();
    of(guide, &joint, &enquiry, &[])
}

fn of<'a>(
    guide: &'a Guide,
    joint: &'a Joint<'a>,
    enquiry: &'a JointEnquiry<'a>,
    forms: &'a [SheetForm<'a>],
) -> Paper {
    let lead = joint.members()[joint.lead()];
    let alone = told(lead, &[]);
    let sheet = SheetFacts {
        forms,
        qr_text: "YC1/guide/B1/R12/2026-11-24",
        ..facts_of(guide, lead, &alone)
    };
    let department =
        |m: &&Matter| guide.departments.iter().find(|d| d.code == m.department).unwrap();
    let departments: Vec<_> = joint.members().iter().map(department).collect();
    let promised = joint.promised(enquiry.live());
    let due =
        |at: usize| due_within(promised, joint.members()[at], &guide.calendar, sheet.given_on);
    let dues: Vec<_> = enquiry.live().map(|at| (at, due(at))).collect();
    crate::joint_sheet(&JointSheetFacts {
        joint,
        enquiry,
        departments: &departments,
        dues: &dues,
        sheet,
    })
}

fn birth(guide: &Guide) -> [&Matter; 3] {
    ["出生登记", "居民基本医疗保险参保", "社会保障卡"].map(|part| by_name(guide, part))
}

/// What stands under the materials.
fn notes(paper: &Paper) -> Vec<String> {
    let rows = paper.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(&table.rows),
        _ => None,
    });
    rows.flatten().flat_map(|row| &row.notes).map(Text::plain).collect()
}

fn flat(paper: &Paper) -> String {
    bare(&on_disk(&press().render(paper).unwrap()).text())
}

/// With nothing told: each fact that an applicant needs of any of its matters stands there, each
/// material once, with whom it is for and on what it depends.
#[test]
fn a_joint_sheet_holds_what_the_sheets_of_its_matters_do_and_each_material_once() {
    let guide = guide();
    let members = birth(&guide);
    let joint = Joint::of("新生儿出生一件事", &members[0].code, members.to_vec());
    let enquiry = joint.enquire(&Answers::new()).unwrap();
    let paper = of(&guide, &joint, &enquiry, &[]);
    let pdf = press().render(&paper).unwrap();
    let read = on_disk(&pdf).text();
    let flat = bare(&read);
    let holds = |said: &str| assert!(flat.contains(&bare(said)), "{said}\n{read}");
    for said in [
        "一次性告知单",
        "新生儿出生一件事",
        "咨询用",
        "不是收件或者受理凭证",
        "办事指南第12版（2026-11-20）",
        "2026年11月24日",
        "3号窗口",
        "主办事项",
        "一件事承诺",
        "当日办结",
        "未选择，材料按各自的适用情形提交",
    ] {
        holds(said);
    }
    for matter in members {
        let department = guide.departments.iter().find(|d| d.code == matter.department).unwrap();
        for said in [
            &matter.name,
            &matter.code,
            &matter.result.name,
            &department.name,
            &department.phone,
            &department.complaint_phone,
            &department.address,
        ] {
            holds(said);
        }
        for said in matter.conditions.iter().chain(&matter.basis).chain(&matter.common_returns) {
            holds(said.trim_end_matches('。'));
        }
        for material in &matter.materials {
            holds(&material.name);
            holds(&material.standard);
            holds(&material.how_to_get);
        }
    }
    let rows = enquiry.materials.len();
    let apart: usize = members.iter().map(|m| m.materials.len()).sum();
    assert!(rows < apart, "{rows} of {apart}");
    holds(&format!("申请材料（共{rows}项"));
    holds(&format!("材料{rows}份（分别办{apart}份，少{}份）", apart - rows));
    assert_eq!(flat.matches("获取方式：").count(), rows, "each once");
    assert_eq!(flat.matches("用于：").count(), rows);
    let depending = enquiry.materials.iter().filter(|row| row.when.is_some()).count();
    assert_eq!(flat.matches("适用情形：").count(), depending);
    for when in enquiry.materials.iter().filter_map(|row| row.when.as_ref()) {
        holds(&format!("{}提交", joint.explain(when)));
    }
    // One paper for all of them: the authorization that each asks for in the same situation.
    let shared = "适用情形：由他人代办时提交　用于：各事项共用";
    assert!(notes(&paper).iter().any(|note| note == shared), "{read}");
    let pages = usize::try_from(pdf.pages).unwrap();
    assert_eq!(flat.matches("示例数据：").count(), pages, "on every page");
    assert!(!flat.contains("办件编号：") && !flat.contains("签字）："), "{read}");
}

#[test]
fn a_choice_that_ends_one_matter_is_told_and_the_others_go_on() {
    let guide = guide();
    let (shop, food) = (by_name(&guide, "个体工商户设立"), by_name(&guide, "食品经营许可"));
    let id = |matter: &Matter, q: &str| format!("{}:{q}", matter.code);
    let (a, b) = (id(shop, "q3"), id(shop, "q4"));
    let ended = [(a.as_str(), "c"), (b.as_str(), "b")];
    let read = flat(&joint_sheet(&guide, "开办餐饮店一件事", (&[shop, food], 1), &ended));
    assert!(read.contains("按所选情形不能一并办理的事项"), "{read}");
    assert!(read.contains("其余事项不受影响，照常办理"), "{read}");
    let stop = shop.questions[3].choices[1].stop.as_ref().unwrap();
    assert!(read.contains(&bare(stop.reason.trim_end_matches('。'))), "{read}");
    assert!(
        read.contains("食品经营许可申请书") && !read.contains("个体工商户登记申请书"),
        "{read}"
    );
    assert!(read.contains("一件事承诺5个工作日"), "the lead goes on: {read}");

    // Where the leading matter ends, nothing is promised for the others.
    let (a, b) = (id(food, "q1"), id(food, "q2"));
    let ended = [(a.as_str(), "a"), (b.as_str(), "a")];
    let read = flat(&joint_sheet(&guide, "开办餐饮店一件事", (&[shop, food], 1), &ended));
    assert!(read.contains("各事项按上表各自的时限"), "{read}");
    assert!(!read.contains("食品经营许可申请书"), "{read}");

    // Where all end, nothing is asked for.
    let all = joint_sheet(&guide, "食品一件事", (&[food], 0), &ended);
    let read = flat(&all);
    assert!(read.contains("按所选情形不能办理的事项") && read.contains("到哪里问"), "{read}");
    assert!(!read.contains("材料名称") && !read.contains("其余事项"), "{read}");
}

#[test]
fn limit_fee_and_what_a_matter_leaves_out_are_said() {
    let guide = guide();
    let members = birth(&guide);
    let mut first = members[0].clone();
    let mut second = members[1].clone();
    let days = |value| Some(Limit { value, unit: LimitUnit::Workdays });
    (first.promised_limit, first.statutory_limit) = (days(20), None);
    second.statutory_limit = days(10);
    let fee = |item: &str, amount_fen| {
        Some(Fee { item: item.to_owned(), amount_fen, basis: "某收费标准".to_owned() })
    };
    (first.fee, second.fee) = (fee("工本费", 550), fee("登记费", 1050));
    let sheet = |codes: Option<&[String]>| {
        let joint = Joint::of("一件事", &first.code, vec![&first, &second, members[2]]);
        let joint = match codes {
            Some(codes) => joint.taking(codes),
            None => joint,
        };
        let enquiry = joint.enquire(&Answers::new()).unwrap();
        flat(&of(&guide, &joint, &enquiry, &[]))
    };
    let whole = sheet(None);
    assert!(whole.contains("一件事承诺20个工作日"), "{whole}");
    assert!(
        whole.contains("法定时限10个工作日，早于一件事承诺的20个工作日，按法定时限办结"),
        "{whole}"
    );
    assert!(whole.contains("收费合计16.00元"), "{whole}");
    assert!(whole.contains("工本费5.50元，依据某收费标准"), "{whole}");
    assert!(!whole.contains("不办的事项"), "{whole}");
    let some = sheet(Some(std::slice::from_ref(&second.code)));
    assert!(some.contains(&format!("不办的事项{}", members[2].name)), "{some}");
    assert!(!some.contains("社会保障卡业务申请表"), "{some}");
}

#[test]
fn a_bundle_whose_lead_is_not_taken_says_why() {
    let guide = guide();
    let members = birth(&guide);
    let at = |state: MatterState, at: usize| {
        let mut matters = members.map(Clone::clone);
        let mut reference = MatterReference::default();
        reference.catalogue.state = Some(state);
        matters[at].reference = Some(Box::new(reference));
        let joint = Joint::of("一件事", &matters[0].code, matters.iter().collect());
        let taken: Vec<String> = joint
            .members()
            .iter()
            .filter(|m| m.in_force(jiff::civil::date(2026, 11, 24)).is_ok())
            .map(|m| m.code.clone())
            .collect();
        let joint = joint.taking(&taken);
        let enquiry = joint.enquire(&Answers::new()).unwrap();
        flat(&of(&guide, &joint, &enquiry, &[]))
    };
    let cancelled = at(MatterState::Cancelled, 0);
    assert!(
        cancelled.contains(&bare(&members[0].name)) && cancelled.contains("本事项已取消"),
        "{cancelled}"
    );
    assert!(!cancelled.contains("材料名称"), "nobody should gather anything: {cancelled}");
    let suspended = at(MatterState::Suspended, 0);
    assert!(suspended.contains("本事项暂停办理") && suspended.contains("材料名称"), "{suspended}");
    let other = at(MatterState::Suspended, 2);
    assert!(other.contains(&format!("不办的事项{}：暂停办理", bare(&members[2].name))), "{other}");
    assert!(!other.contains("何时恢复"), "{other}");
}

#[test]
fn the_forms_of_every_matter_stand_at_the_one_material() {
    let guide = guide();
    let members = birth(&guide);
    let mut matters = members.map(Clone::clone);
    for (at, matter) in matters.iter_mut().enumerate() {
        let material = &mut matter.materials[0];
        material.name = "业务申请表".to_owned();
        material.necessity = Necessity::Required;
        material.when = None;
        let reference = &mut material.reference.get_or_insert_default();
        reference.blank_form = format!("F{at}");
        reference.sample_form = if at == 0 { String::new() } else { "F9".to_owned() };
        reference.filling_notes =
            if at == 1 { "用黑色笔".to_owned() } else { "不得涂改".to_owned() };
    }
    let forms = ["F0", "F1", "F2"].map(|id| SheetForm { id, name: id, bound: None });
    let sample = SheetForm { id: "F9", name: "填写样张", bound: Some(2) };
    let forms: Vec<SheetForm<'_>> = [sample].into_iter().chain(forms).collect();
    let joint = Joint::of("一件事", &matters[0].code, matters.iter().collect());
    let enquiry = joint.enquire(&Answers::new()).unwrap();
    let paper = of(&guide, &joint, &enquiry, &forms);
    let read = notes(&paper).join("\n");
    for id in ["F0", "F1", "F2"] {
        assert!(read.contains(&format!("空白表：《{id}》")), "{id}\n{read}");
    }
    assert_eq!(read.matches("示例样表：《填写样张》（附件1）").count(), 1, "{read}");
    assert!(read.contains("填写须知：不得涂改；用黑色笔"), "{read}");
    assert!(flat(&paper).contains("附件1：《填写样张》，2页"));
}

#[test]
fn its_code_is_read_back() {
    let guide = guide();
    let paper = joint_sheet(&guide, "新生儿出生一件事", (&birth(&guide), 0), &[]);
    let pdf = press().render(&paper).unwrap();
    let mut picture = rqrr::PreparedImage::prepare(on_disk(&pdf).picture(1, 200));
    assert_eq!(picture.detect_grids()[0].decode().unwrap().1, "YC1/guide/B1/R12/2026-11-24");
}
