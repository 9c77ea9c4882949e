//! The sheets about the release as a whole.

use yichuang_domain::calendar::YearStatus;

use super::{FILE, Rows, Sheet, YEAR, may, must};
use crate::workbook::kind::{Kind, of};

fn statuses() -> Vec<(&'static str, &'static str)> {
    vec![("sample", "示例"), ("official", "正式")]
}

fn media_types() -> Vec<(&'static str, &'static str)> {
    vec![
        ("application/pdf", "PDF"),
        ("image/png", "PNG图片"),
        ("image/jpeg", "JPEG图片"),
        ("application/msword", "Word 97-2003"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
    ]
}

/// 版本.
pub(super) const RELEASE: Sheet = Sheet {
    name: "版本",
    rows: Rows::Package,
    needed: true,
    columns: &[
        must("版本号", "release", Kind::Whole, "1", "从1起，每次发布加1"),
        must("发布日期", "issued_on", Kind::Date, "2026-11-24", "写成 2026-11-24"),
        must(
            "状态",
            "status",
            Kind::One(statuses),
            "示例",
            "正式：本地核对过，可以对外使用；示例：各处都会显示“示例”字样",
        ),
        must(
            "行政区划代码",
            "region.code",
            Kind::Code,
            "150785",
            "写进办件编号；按文本填写，不要存成数字",
        ),
        must("行政区划名称", "region.name", Kind::Text, "根河市", ""),
    ],
};

/// 部门.
pub(super) const DEPARTMENTS: Sheet = Sheet {
    name: "部门",
    rows: Rows::List("departments"),
    needed: true,
    columns: &[
        must(
            "统一社会信用代码",
            "code",
            Kind::Code,
            "11150785MB0A000188",
            "18位，按文本填写；“事项”表用它指明实施主体",
        ),
        must("名称", "name", Kind::Text, "根河市人力资源和社会保障局", "全称，印在文书落款处"),
        may("咨询电话", "phone", Kind::Text, "0470-5550101", "带区号"),
        may("监督投诉电话", "complaint_phone", Kind::Text, "0470-5550901", "与咨询电话不同"),
        may("地址", "address", Kind::Text, "根河市政务服务中心一楼", ""),
        may("复议机关", "review_body", Kind::Text, "根河市人民政府", "不予受理等文书要写明"),
        may("诉讼法院", "court", Kind::Text, "根河市人民法院", "不予受理等文书要写明"),
    ],
};

/// 一件事.
pub(super) const BUNDLES: Sheet = Sheet {
    name: "一件事",
    rows: Rows::List("bundles"),
    needed: false,
    columns: &[
        must("编号", "id", Kind::Code, "B1", "本表内不重复"),
        must("名称", "name", Kind::Text, "新生儿出生一件事", ""),
        must("主办事项", "lead", Kind::Code, "A1", "主办事项的实施编码"),
        must(
            "包含事项",
            "matters",
            Kind::Codes,
            "A1",
            "实施编码，每行一个（单元格内换行按Alt+Enter）",
        ),
        may("说明", "note", Kind::Text, "", "提示窗口人员"),
    ],
};

/// 主题.
pub(super) const LIFE_EVENTS: Sheet = Sheet {
    name: "主题",
    rows: Rows::List("life_events"),
    needed: false,
    columns: &[
        must("编号", "id", Kind::Code, "L1", "本表内不重复"),
        must("名称", "name", Kind::Text, "退休养老", "人生事件或企业经营阶段"),
        must(
            "包含事项",
            "matters",
            Kind::Codes,
            "A1",
            "实施编码，每行一个（单元格内换行按Alt+Enter）",
        ),
    ],
};

/// 日历.
pub(super) const CALENDAR: Sheet = Sheet {
    name: "日历",
    rows: Rows::Years,
    needed: false,
    columns: &[
        must("年度", YEAR, Kind::Whole, "2026", ""),
        must(
            "状态",
            "status",
            Kind::One(of::<YearStatus>),
            "正式",
            "正式：以国务院办公厅通知为准；推算：遇到时显示“暂估”",
        ),
        may("来源", "source", Kind::Text, "国务院办公厅关于2026年部分节假日安排的通知", ""),
        may(
            "放假日",
            "holidays",
            Kind::Days,
            "2026-01-01至2026-01-03",
            "每行一天或一段，如 2026-02-15至2026-02-23；假期里的周末也要写",
        ),
        may("调休上班日", "workdays", Kind::Days, "2026-01-04", "每行一天"),
    ],
};

/// 表格: blank forms and samples.
pub(super) const FORMS: Sheet = Sheet {
    name: "表格",
    rows: Rows::List("forms"),
    needed: false,
    columns: &[
        must("编号", "id", Kind::Code, "F1", "材料和结果用它指明空白表、样表"),
        must("名称", "name", Kind::Text, "申请书（空表）", ""),
        must("文件类型", "media_type", Kind::One(media_types), "PDF", ""),
        must(
            "文件",
            FILE,
            Kind::Text,
            "F1.pdf",
            "文件名，不带目录；文件放在工作簿旁边“工作簿名-表格”文件夹里，每个不超过2MB",
        ),
    ],
};

#[cfg(test)]
mod tests {
    #[test]
    fn every_media_type_of_a_form_has_a_word() {
        let words = super::media_types();
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, yichuang_guide::form::MEDIA_TYPES);
    }
}
