//! The tables themselves. One function for each field, one arm for each system.

use yichuang_domain::evaluation::Satisfaction;
use yichuang_domain::matter::{
    DepartmentKind, HandleForm, Handling, MaterialKind, MaterialMedia, MatterKind, Necessity,
    PowerSource, UseLevel,
};

use super::{Closing, CodeTable, Served, Upstream};
use Upstream::{Gbt39046, Legacy, NationalPlatform};

impl Upstream {
    /// 事项类型 (GB/T 39046 A.1; the platform follows it).
    pub fn matter_kind(self) -> Option<CodeTable<MatterKind>> {
        const STANDARD: CodeTable<MatterKind> = CodeTable(&[
            ("01", MatterKind::Licence),
            ("02", MatterKind::Penalty),
            ("03", MatterKind::Compulsion),
            ("04", MatterKind::Levy),
            ("05", MatterKind::Payment),
            ("06", MatterKind::Inspection),
            ("07", MatterKind::Confirmation),
            ("08", MatterKind::Reward),
            ("09", MatterKind::Ruling),
            ("10", MatterKind::Other),
            ("20", MatterKind::PublicService),
        ]);
        match self {
            Gbt39046 | NationalPlatform => Some(STANDARD),
            Legacy => None,
        }
    }

    /// 服务对象 (GB/T 39046 A.4; the platform counts differently from 5 on).
    pub fn served(self) -> Option<CodeTable<Served>> {
        match self {
            Gbt39046 => Some(CodeTable(&[
                ("1", Served::Person),
                ("2", Served::Enterprise),
                ("3", Served::Institution),
                ("4", Served::Organisation),
                ("5", Served::Agency),
                ("6", Served::Other),
            ])),
            NationalPlatform => Some(CodeTable(&[
                ("1", Served::Person),
                ("2", Served::Enterprise),
                ("3", Served::Institution),
                ("4", Served::Organisation),
                ("5", Served::UnincorporatedEnterprise),
                ("6", Served::Agency),
                ("9", Served::Other),
            ])),
            Legacy => None,
        }
    }

    /// 办件类型 (GB/T 39046 A.6). 9 (其他) and the 3 and 4 of the old system (上报, 联办) mean
    /// nothing to a window and are reported.
    pub fn handling(self) -> Option<CodeTable<Handling>> {
        Some(match self {
            Gbt39046 | NationalPlatform => {
                CodeTable(&[("1", Handling::Immediate), ("2", Handling::Committed)])
            }
            Legacy => CodeTable(&[("1", Handling::Committed), ("2", Handling::Immediate)]),
        })
    }

    /// 行使层级 (GB/T 39046 A.2).
    pub fn use_level(self) -> Option<CodeTable<UseLevel>> {
        const STANDARD: CodeTable<UseLevel> = CodeTable(&[
            ("1", UseLevel::National),
            ("2", UseLevel::Province),
            ("3", UseLevel::City),
            ("4", UseLevel::County),
            ("5", UseLevel::Township),
            ("6", UseLevel::Village),
            ("7", UseLevel::ByGrade),
        ]);
        (self != Legacy).then_some(STANDARD)
    }

    /// 实施主体性质 (GB/T 39046 A.3).
    pub fn department_kind(self) -> Option<CodeTable<DepartmentKind>> {
        const STANDARD: CodeTable<DepartmentKind> = CodeTable(&[
            ("1", DepartmentKind::Statutory),
            ("2", DepartmentKind::Authorised),
            ("3", DepartmentKind::Entrusted),
            ("9", DepartmentKind::Other),
        ]);
        (self != Legacy).then_some(STANDARD)
    }

    /// 办理形式 (GB/T 39046 A.5).
    pub fn handle_form(self) -> Option<CodeTable<HandleForm>> {
        const STANDARD: CodeTable<HandleForm> = CodeTable(&[
            ("1", HandleForm::Window),
            ("2", HandleForm::Computer),
            ("3", HandleForm::Mobile),
            ("4", HandleForm::Post),
            ("9", HandleForm::Other),
        ]);
        (self != Legacy).then_some(STANDARD)
    }

    /// 权力来源 (the platform's).
    pub fn power_source(self) -> Option<CodeTable<PowerSource>> {
        (self == NationalPlatform).then_some(CodeTable(&[
            ("1", PowerSource::Statutory),
            ("2", PowerSource::HandedDown),
            ("3", PowerSource::AuthorisedFromAbove),
            ("4", PowerSource::AuthorisedByPeer),
            ("5", PowerSource::EntrustedFromAbove),
            ("6", PowerSource::EntrustedByPeer),
        ]))
    }

    /// 材料必要性 (the platform's).
    pub fn necessity(self) -> Option<CodeTable<Necessity>> {
        (self == NationalPlatform).then_some(CodeTable(&[
            ("1", Necessity::Required),
            ("2", Necessity::Optional),
            ("3", Necessity::Deferrable),
        ]))
    }

    /// 材料类型 (the platform's).
    pub fn material_kind(self) -> Option<CodeTable<MaterialKind>> {
        (self == NationalPlatform).then_some(CodeTable(&[
            ("1", MaterialKind::Certificate),
            ("2", MaterialKind::Form),
            ("3", MaterialKind::Other),
        ]))
    }

    /// 材料形式 (the platform's).
    pub fn material_media(self) -> Option<CodeTable<MaterialMedia>> {
        (self == NationalPlatform).then_some(CodeTable(&[
            ("1", MaterialMedia::Paper),
            ("2", MaterialMedia::Electronic),
            ("3", MaterialMedia::Either),
        ]))
    }

    /// 办结结果. Another old system shifts them (1 退回, 5 补正超时驳回, 6 办结): it is not this
    /// one.
    pub fn closing(self) -> Option<CodeTable<Closing>> {
        (self == Legacy).then_some(CodeTable(&[
            ("0", Closing::Granted),
            ("1", Closing::Denied),
            ("2", Closing::Voided),
            ("3", Closing::Deleted),
            ("4", Closing::Forwarded),
            ("5", Closing::Returned),
            ("6", Closing::Refused),
        ]))
    }

    /// 满意度: the standard counts down (A.8), the stars of 好差评 count up.
    pub fn satisfaction(self) -> Option<CodeTable<Satisfaction>> {
        match self {
            Gbt39046 => Some(CodeTable(&[
                ("1", Satisfaction::VerySatisfied),
                ("2", Satisfaction::Satisfied),
                ("3", Satisfaction::Fair),
                ("4", Satisfaction::Dissatisfied),
                ("5", Satisfaction::VeryDissatisfied),
            ])),
            NationalPlatform => Some(CodeTable(&[
                ("5", Satisfaction::VerySatisfied),
                ("4", Satisfaction::Satisfied),
                ("3", Satisfaction::Fair),
                ("2", Satisfaction::Dissatisfied),
                ("1", Satisfaction::VeryDissatisfied),
            ])),
            Legacy => None,
        }
    }
}
