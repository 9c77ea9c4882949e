//! What format 2 says beyond the rules, for some of the matters: places and hours, telephones,
//! ways, steps, and two forms that they share. A package of 100,000 matters must stay small.

use yichuang_domain::matter::{
    FlowStep, HandleForm, MaterialReference, Matter, MatterReference, Online, OnlineDepth, Place,
    Service,
};
use yichuang_guide::{Form, GuidePackage};

/// Of so many matters one has reference data.
const ONE_IN: usize = 4;
/// An empty page.
const PAGE: &str = concat!(
    "JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUj4+IGVuZG9iagoyIDAgb2JqPDwv",
    "VHlwZS9QYWdlcy9LaWRzWzMgMCBSXS9Db3VudCAxPj4gZW5kb2JqCjMgMCBvYmo8PC9UeXBlL1BhZ2UvUGFy",
    "ZW50IDIgMCBSL01lZGlhQm94WzAgMCA1OTUgODQyXT4+IGVuZG9iagp4cmVmCjAgNAowMDAwMDAwMDAwIDY1",
    "NTM1IGYgCjAwMDAwMDAwMDkgMDAwMDAgbiAKMDAwMDAwMDA1MyAwMDAwMCBuIAowMDAwMDAwMTAzIDAwMDAw",
    "IG4gCnRyYWlsZXI8PC9TaXplIDQvUm9vdCAxIDAgUj4+CnN0YXJ0eHJlZgoxNjcKJSVFT0YK",
);

/// Gives every fourth matter its reference data, and the release the forms they name.
pub(crate) fn give(guide: &mut GuidePackage) {
    let phones: Vec<(String, String, String)> = guide
        .departments
        .iter()
        .map(|d| (d.code.clone(), d.phone.clone(), d.complaint_phone.clone()))
        .collect();
    for (i, matter) in guide.matters.iter_mut().enumerate().filter(|(i, _)| i % ONE_IN == 0) {
        let Some((_, phone, complaint)) = phones.iter().find(|d| d.0 == matter.department) else {
            continue;
        };
        matter.reference = Some(Box::new(reference(i, matter, phone, complaint)));
        if let Some(material) = matter.materials.first_mut() {
            material.reference = Some(Box::new(MaterialReference {
                page_format: "A4".to_owned(),
                blank_form: "F1".to_owned(),
                sample_form: "F2".to_owned(),
                filling_notes: "用黑色签字笔填写，不得涂改".to_owned(),
                ..MaterialReference::default()
            }));
        }
    }
    guide.forms = vec![form("F1", "通用申请表（空表）"), form("F2", "通用申请表（示例）")];
}

fn form(id: &str, name: &str) -> Form {
    Form {
        id: id.to_owned(),
        name: name.to_owned(),
        media_type: "application/pdf".to_owned(),
        content: PAGE.to_owned(),
    }
}

fn reference(i: usize, matter: &Matter, phone: &str, complaint: &str) -> MatterReference {
    let step = |name: &str| FlowStep { name: name.to_owned(), ..FlowStep::default() };
    MatterReference {
        service: Service {
            handle_forms: vec![HandleForm::Window, HandleForm::Computer],
            places: vec![Place {
                address: format!("根河市政务服务中心{}号窗口", i % 40 + 1),
                hours: "工作日8:30至12:00，14:30至17:30".to_owned(),
            }],
            contact: phone.to_owned(),
            complaint: complaint.to_owned(),
            appointment: Some(i.is_multiple_of(3)),
            visit_reason: if matter.visits > 0 {
                "须核对原件".to_owned()
            } else {
                String::new()
            },
            ..Service::default()
        },
        online: Online {
            available: Some(true),
            depth: Some(OnlineDepth::TwoWay),
            ..Online::default()
        },
        steps: vec![step("受理"), step("审核"), step("审批"), step("办结"), step("送达")],
        ..MatterReference::default()
    }
}
