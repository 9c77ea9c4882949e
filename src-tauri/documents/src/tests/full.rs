//! The sheet of a matter of which the guide says everything, and of one of which it says nothing
//! beyond the rules; with forms bound behind it.

use serde_json::{Value, json};
use yichuang_domain::matter::Matter;

use super::cases::Guide;
use super::poppler::{on_disk, press};
use super::sheets::{bare, facts_of, told};
use crate::{Annex, SheetFacts, SheetForm, guide_sheet};

/// The matter of the full fixture, whose reference data leaves nothing out.
pub(super) fn full() -> (Guide, Matter) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/guide_full.json");
    let guide: Guide = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let matter = guide.matters[0].clone();
    (guide, matter)
}

fn changed(matter: &Matter, change: impl FnOnce(&mut Value)) -> Matter {
    let mut value = serde_json::to_value(matter).unwrap();
    change(&mut value);
    serde_json::from_value(value).unwrap()
}

pub(super) const FORMS: [SheetForm<'_>; 2] = [
    SheetForm { id: "F1", name: "参保登记表（空表）", bound: None },
    SheetForm { id: "F2", name: "参保登记表（示例）", bound: Some(1) },
];

fn read(guide: &Guide, matter: &Matter, forms: &[SheetForm<'_>]) -> String {
    let enquiry = told(matter, &[("q1", "a"), ("q2", "a"), ("agent", "no")]);
    let paper = guide_sheet(&SheetFacts { forms, ..facts_of(guide, matter, &enquiry) });
    on_disk(&press().render(&paper).unwrap()).as_written()
}

#[test]
fn everything_that_the_guide_says_of_a_matter_stands_on_its_sheet() {
    let (guide, matter) = full();
    let read = read(&guide, &matter, &FORMS);
    let flat = bare(&read);
    for said in [
        // 办理地点和时间
        "根河市政务服务中心一楼3号窗口；办理时间：工作日8:30-12:00，14:30-17:30",
        "金河镇便民服务中心；办理时间：以该处公布的对外办公时间为准",
        // 到场、方式
        "需核对本人身份",
        "窗口、移动端",
        "跨市",
        "进驻政务服务大厅；可以预约办理；不办理快递；可以在自助终端办理",
        // 网上
        "可以网上办理，Ⅳ级（全程网办）",
        "https://example.invalid/a",
        "https://example.invalid/m",
        // 电话
        "0470-5550101",
        "0470-5550901",
        // 时限、收费、结果
        "当场办结",
        "法律未规定",
        "无数量限制",
        "按下列项目收取",
        "工本费：不收取；依据无；不能网上支付",
        "快递费",
        "长期有效",
        "《参保登记表（示例）》（附件1）",
        // 流程、常见问题
        "办理环节：受理（当日），核对材料；当场登记；办结，出具凭证。",
        "问：能补缴吗？答：可以，按当年档次补缴。",
        "问：学生能参保吗？",
        // 材料
        "规格：A4",
        "来源说明：窗口领取",
        "填写须知：黑色签字笔填写",
        "出具时间要求：30日内",
        "使用说明：存档一份",
        "要求依据：经办规程第五条",
        "空白表：《参保登记表（空表）》，窗口免费提供",
        "示例样表：《参保登记表（示例）》（附件1）",
        "附件1：《参保登记表（示例）》，1页。",
    ] {
        assert!(flat.contains(&bare(said)), "{said}\n{read}");
    }
    for otherwise in ["以大厅公布的对外办公时间为准", "12345", "不收费"] {
        assert!(!flat.contains(otherwise), "{otherwise}\n{read}");
    }
}

#[test]
fn what_the_guide_does_not_say_is_not_on_the_sheet() {
    let (guide, matter) = full();
    let bald = changed(&matter, |v| {
        v.as_object_mut().unwrap().remove("reference");
        for material in v["materials"].as_array_mut().unwrap() {
            material.as_object_mut().unwrap().remove("reference");
        }
    });
    let empty = changed(&bald, |v| v["reference"] = json!({ "service": { "contact": " " } }));
    for matter in [bald, empty] {
        let read = read(&guide, &matter, &[]);
        let flat = bare(&read);
        for said in ["以大厅公布的对外办公时间为准", "0470-5550101", "0470-5550901"] {
            assert!(flat.contains(said), "{said}\n{read}");
        }
        for label in [
            "办理地点",
            "办理形式",
            "通办范围",
            "服务方式",
            "网上办理",
            "网办地址",
            "移动端地址",
            "到场原因",
            "承诺说明",
            "法定说明",
            "数量限制",
            "收费项目",
            "\n有效期",
            "结果样本",
            "办理环节",
            "常见问题",
            "规格：",
            "来源说明",
            "填写须知",
            "空白表",
            "示例样表",
            "附件",
        ] {
            assert!(!read.contains(label), "{label}\n{read}");
        }
    }
}

#[test]
fn a_contact_that_is_another_than_the_departments_telephone_stands_beside_it() {
    let (mut guide, matter) = full();
    let department = guide.departments.iter_mut().find(|d| d.code == matter.department).unwrap();
    (department.phone, department.complaint_phone) = ("0470-5559999".to_owned(), String::new());
    let other = changed(&matter, |v| v["reference"]["service"]["complaint"] = json!(""));
    let flat = bare(&read(&guide, &other, &[]));
    assert!(flat.contains("0470-5550101；部门电话0470-5559999"), "{flat}");
    assert!(flat.contains("12345"), "{flat}");
}

#[test]
fn long_reference_data_breaks_inside_the_page() {
    let (guide, matter) = full();
    let address = "根河市".to_owned() + &"中央街道办事处为民服务大厅".repeat(12);
    let url = "https://example.invalid/".to_owned() + &"a-very-long-path/".repeat(20);
    let hours = "周一至周五上午8:30至12:00\n下午14:30至17:30（冬季14:00至17:00）\n".repeat(6);
    let long = changed(&matter, |v| {
        let service = &mut v["reference"]["service"];
        service["places"] = json!(vec![json!({ "address": address, "hours": hours }); 8]);
        service["contact"] = json!("0470-5550101、".repeat(20));
        v["reference"]["online"]["url"] = json!(url);
        let faq =
            json!({ "question": "怎样办理？".repeat(30), "answer": "甲方如此办理。".repeat(200) });
        v["reference"]["faq"] = json!(vec![faq; 6]);
        let reference = &mut v["materials"][0]["reference"];
        reference["filling_notes"] = json!("逐项填写，不得涂改。\n".repeat(40));
    });
    let enquiry = told(&long, &[]);
    let paper = guide_sheet(&SheetFacts { forms: &FORMS, ..facts_of(&guide, &long, &enquiry) });
    let pdf = press().render(&paper).unwrap();
    let disk = on_disk(&pdf);
    let flat = bare(&disk.text());
    assert_eq!(flat.matches(&bare(&address)).count(), 8, "{flat}");
    assert_eq!(flat.matches('甲').count(), 1200);
    assert!(flat.contains(&url));
    for page in 1..=pdf.pages {
        let picture = disk.picture(page, 60);
        let (wide, high) = picture.dimensions();
        // Nothing touches the edges of the paper.
        let edge = 14;
        let ink = picture.enumerate_pixels().filter(|(_, _, dot)| dot.0[0] < 160);
        for (x, y, _) in ink {
            let inside = (edge..wide - edge).contains(&x) && (edge..high - edge).contains(&y);
            assert!(inside, "page {page}: {x},{y} of {wide}×{high}");
        }
    }
}

#[test]
fn a_sample_is_bound_behind_the_sheet() {
    let (guide, matter) = full();
    let enquiry = told(&matter, &[]);
    let paper = guide_sheet(&SheetFacts { forms: &FORMS, ..facts_of(&guide, &matter, &enquiry) });
    let sheet = press().render(&paper).unwrap();
    let sample = super::small_pdf();
    let (front, behind) = (sheet.pages, sample.pages);
    let bound = sheet.with(vec![Annex::read(&sample.bytes).unwrap()]).unwrap();
    assert_eq!(bound.pages, front + behind);
    let text = on_disk(&bound).text();
    let pages: Vec<&str> = text.split('\u{c}').collect();
    assert_eq!(pages.len(), usize::try_from(bound.pages).unwrap() + 1, "each page ends in one");
    assert!(pages[0].contains("养老保险参保登记"), "{}", pages[0]);
    assert!(pages[usize::try_from(front).unwrap()].contains("结婚登记"), "{text}");
}
