//! The columns of the tables: where each goes in a package, and how it is read.

use yichuang_domain::matter::{
    DepartmentKind, HandleForm, Handling, LimitUnit, MaterialKind, MaterialMedia, MaterialSource,
    MatterKind, MatterState, Necessity, OnlineDepth, PowerSource, ServiceArea, UseLevel,
};
use yichuang_domain::named::Named;
use yichuang_guide::codes::{CodeTable, Upstream};

use crate::workbook::kind::of;

/// Names in JSON by the codes and words that stand for them.
pub(super) type Codes = fn(Upstream) -> Coded;

/// How a column that holds a code is read.
pub(super) struct Coded {
    /// The codes of the system with the names in JSON; none where its table is not known.
    pub(super) codes: Option<Vec<(&'static str, &'static str)>>,
    /// The words that mean the same in every system, with the names.
    pub(super) words: Vec<(&'static str, &'static str)>,
}

/// How a column is read.
#[derive(Clone, Copy)]
pub(super) enum Take {
    /// Any text.
    Text,
    /// Text that is a list of one.
    Single,
    /// Texts, one a line.
    Lines,
    /// A whole number.
    Whole,
    /// 是/否 or 1/0.
    Flag,
    /// A date, with or without a time.
    Date,
    /// A code. One that is not known is an error where the matter can't do without.
    Code(Codes),
    /// Several codes.
    Codes(Codes),
    /// Several names, as they are.
    Names,
    /// Whom the matter serves.
    Served,
    /// Read by the code that puts the tables together.
    Special,
    /// Known and of no use to a window.
    Unused,
}

/// A column.
pub(super) struct Column {
    /// Its name.
    pub(super) name: &'static str,
    /// Where it goes inside the matter, the material or (`@department.`) the department.
    pub(super) path: &'static str,
    /// How it is read.
    pub(super) take: Take,
}

const fn column(name: &'static str, path: &'static str, take: Take) -> Column {
    Column { name, path, take }
}

/// The columns of the tables of matters: the basic one and its extension.
pub(super) const MATTER: [Column; 61] = [
    column("task_code", "code", Take::Text),
    column("task_name", "name", Take::Text),
    column("task_type", "kind", Take::Code(kind)),
    column("project_type", "handling", Take::Code(handling)),
    column("server_type", "audience", Take::Served),
    column("dept_code", "department", Take::Text),
    column("dept_name", "@department.name", Take::Special),
    column("catalog_code", "reference.catalogue.catalog_code", Take::Text),
    column("local_catalog_code", "reference.catalogue.local_catalog_code", Take::Text),
    column("local_task_code", "reference.catalogue.local_code", Take::Text),
    column("task_handle_item", "reference.catalogue.handle_item", Take::Text),
    column("task_version", "reference.catalogue.version", Take::Text),
    column("task_state", "reference.catalogue.state", Take::Code(state)),
    column("plan_effective_date", "reference.catalogue.effective_from", Take::Date),
    column("plan_cancel_date", "reference.catalogue.effective_until", Take::Date),
    column("by_law", "basis", Take::Single),
    column("power_source", "reference.authority.power_source", Take::Code(power_source)),
    column("use_level", "reference.authority.use_level", Take::Code(use_level)),
    column("dept_type", "reference.authority.department_kind", Take::Code(department_kind)),
    column("entrust_name", "reference.authority.entrusted_by", Take::Text),
    column("accept_condition", "conditions", Take::Lines),
    column("anticipate_day", "statutory_limit.value", Take::Whole),
    column("anticipate_type", "statutory_limit.unit", Take::Code(unit)),
    column("anticipate_explain", "reference.service.statutory_explanation", Take::Text),
    column("promise_day", "promised_limit.value", Take::Whole),
    column("promise_type", "promised_limit.unit", Take::Code(unit)),
    column("promise_explain", "reference.service.promised_explanation", Take::Text),
    column("handle_type", "reference.service.handle_forms", Take::Codes(handle_form)),
    column("limit_scene_num", "visits", Take::Whole),
    column("limit_scene_explain", "reference.service.visit_reason", Take::Text),
    column("is_fee", "@is_fee", Take::Special),
    column("fee_basis", "@fee_basis", Take::Special),
    column("is_pay_online", "@is_pay_online", Take::Special),
    column("handle_flow", "@handle_flow", Take::Special),
    column("transact_addr", "@transact_addr", Take::Special),
    column("transact_time", "@transact_time", Take::Special),
    column("special_procedure", "@special_procedure", Take::Special),
    column("link_way", "reference.service.contact", Take::Text),
    column("supervise_way", "reference.service.complaint", Take::Text),
    column("link_addr", "@department.address", Take::Special),
    column("mobile_terminal_url", "reference.online.mobile_url", Take::Text),
    column("is_entry_center", "reference.service.in_hall", Take::Flag),
    column("handle_area", "reference.service.area", Take::Code(area)),
    column("other_dept", "reference.authority.joint_departments", Take::Lines),
    column("service_type", "reference.authority.intermediaries", Take::Lines),
    column("limit_explain", "reference.service.quantity_limit", Take::Text),
    column("result_type", "result.kind", Take::Code(result)),
    column("result_name", "result.name", Take::Text),
    column("result_guid", "", Take::Unused),
    column("is_schedule", "reference.service.appointment", Take::Flag),
    column("is_express", "reference.service.express", Take::Flag),
    column("is_service_terminals", "reference.service.self_service", Take::Flag),
    column("user_topic_type", "reference.topics.person", Take::Names),
    column("corp_topic_type", "reference.topics.legal_person", Take::Names),
    column("is_online", "reference.online.available", Take::Flag),
    column("online_handle_depth", "reference.online.depth", Take::Code(depth)),
    column("online_handle_url", "reference.online.url", Take::Text),
    column("town_code", "", Take::Unused),
    column("village_code", "", Take::Unused),
    column("row_guid", "", Take::Unused),
    column(OPERATION, "", Take::Unused),
];

/// The columns of the table of materials.
pub(super) const MATERIAL: [Column; 19] = [
    column("task_code", "@matter", Take::Special),
    column("task_handle_item", "@item", Take::Special),
    column("material_name", "name", Take::Text),
    column("material_type", "kind", Take::Code(material_kind)),
    column("material_format", "media", Take::Code(media)),
    column("is_need", "necessity", Take::Code(necessity)),
    column("page_num", "originals", Take::Whole),
    column("page_format", "reference.page_format", Take::Text),
    column("source_type", "source", Take::Code(source)),
    column("source_explain", "reference.source_explanation", Take::Text),
    column("fill_explain", "reference.filling_notes", Take::Text),
    column("accept_stand", "standard", Take::Text),
    column("by_law", "reference.legal_basis", Take::Text),
    column("order_num", "@order", Take::Special),
    column("form_guid", "", Take::Unused),
    column("example_guid", "", Take::Unused),
    column("row_guid", "", Take::Unused),
    column("task_name", "", Take::Unused),
    column(OPERATION, "", Take::Unused),
];

/// Says what became of a row: I, U or D.
pub(super) const OPERATION: &str = "cd_operation";
/// Columns of the transport itself, which say nothing about a matter.
pub(super) const TRANSPORT: [&str; 4] = ["cd_time", "cd_batch", "data_source", "id"];

/// Fields that a matter can't do without: a code there that is not known is an error.
pub(super) const NEEDED: [&str; 5] =
    ["kind", "handling", "audience", "statutory_limit.unit", "promised_limit.unit"];

fn coded<T: Named>(table: Option<CodeTable<T>>) -> Coded {
    let words = of::<T>().into_iter().map(|(name, word)| (word, name)).collect();
    Coded { codes: table.map(|t| t.names()), words }
}

/// Words only: no system's codes are known.
fn words_only<T: Named>(more: &[(&'static str, &'static str)]) -> Coded {
    let mut coded = coded::<T>(None);
    coded.words.extend(more);
    coded
}

fn kind(upstream: Upstream) -> Coded {
    coded::<MatterKind>(upstream.matter_kind())
}
fn handling(upstream: Upstream) -> Coded {
    coded::<Handling>(upstream.handling())
}
fn state(_: Upstream) -> Coded {
    words_only::<MatterState>(&[])
}
fn power_source(upstream: Upstream) -> Coded {
    coded::<PowerSource>(upstream.power_source())
}
fn use_level(upstream: Upstream) -> Coded {
    coded::<UseLevel>(upstream.use_level())
}
fn department_kind(upstream: Upstream) -> Coded {
    coded::<DepartmentKind>(upstream.department_kind())
}
fn unit(_: Upstream) -> Coded {
    // The codes of units differ from province to province.
    words_only::<LimitUnit>(&[("个工作日", "workdays"), ("日历日", "days"), ("天", "days")])
}
fn handle_form(upstream: Upstream) -> Coded {
    let mut forms = coded::<HandleForm>(upstream.handle_form());
    forms.words.extend([("窗口办理", "window"), ("快递申请", "post")]);
    forms
}
fn area(_: Upstream) -> Coded {
    words_only::<ServiceArea>(&[])
}
fn depth(_: Upstream) -> Coded {
    words_only::<OnlineDepth>(&[
        ("Ⅰ级", "information"),
        ("Ⅱ级", "one-way"),
        ("Ⅲ级", "two-way"),
        ("Ⅳ级", "whole-process"),
        ("全程网办", "whole-process"),
    ])
}
fn result(_: Upstream) -> Coded {
    let words =
        vec![("出证办结", "certificate"), ("出文办结", "document"), ("审批办结", "decision")];
    Coded { codes: None, words }
}
fn material_kind(upstream: Upstream) -> Coded {
    coded::<MaterialKind>(upstream.material_kind())
}
fn media(upstream: Upstream) -> Coded {
    coded::<MaterialMedia>(upstream.material_media())
}
fn necessity(upstream: Upstream) -> Coded {
    coded::<Necessity>(upstream.necessity())
}
fn source(_: Upstream) -> Coded {
    words_only::<MaterialSource>(&[])
}
