//! The Chinese names of the format's keys and values, for people who never see the file.

use serde_json::{Map, Value};

const KEYS: &[(&str, &str)] = &[
    ("region", "行政区划"),
    ("name", "名称"),
    ("aliases", "别名"),
    ("department", "实施主体"),
    ("kind", "类型"),
    ("handling", "办理方式"),
    ("audience", "服务对象"),
    ("levels", "办理层级"),
    ("acceptance", "受理方式"),
    ("supplement", "补正规则"),
    ("rule", "依据"),
    ("days", "天数"),
    ("unit", "单位"),
    ("deemed_accepted", "逾期视为受理"),
    ("statutory_limit", "法定时限"),
    ("promised_limit", "承诺时限"),
    ("visits", "到现场次数"),
    ("fee", "收费"),
    ("item", "收费项目"),
    ("amount_fen", "金额（分）"),
    ("basis", "依据"),
    ("agent_allowed", "允许代办"),
    ("conditions", "受理条件"),
    ("questions", "问题"),
    ("choices", "选项"),
    ("text", "文字"),
    ("stop", "不受理结论"),
    ("outcome", "结论"),
    ("reason", "理由"),
    ("refer_to", "请到何处办理"),
    ("materials", "材料"),
    ("originals", "原件份数"),
    ("copies", "复印件份数"),
    ("source", "来源"),
    ("issuer", "出具机构"),
    ("necessity", "必要性"),
    ("media", "形式"),
    ("licence_reuse", "电子证照免提交"),
    ("commitment_allowed", "告知承诺"),
    ("when", "适用条件"),
    ("standard", "受理标准"),
    ("how_to_get", "获取方式"),
    ("result", "结果"),
    ("delivery", "送达方式"),
    ("special_procedures", "特别程序"),
    ("stops_clock", "停止计时"),
    ("common_returns", "常见退件原因"),
    ("confidence", "可信程度"),
    ("phone", "咨询电话"),
    ("complaint_phone", "监督投诉电话"),
    ("address", "地址"),
    ("review_body", "复议机关"),
    ("court", "诉讼法院"),
    ("lead", "主办事项"),
    ("matters", "事项"),
    ("note", "说明"),
    ("status", "状态"),
    ("holidays", "放假"),
    ("workdays", "调休上班"),
];

const VALUES: &[(&str, &str)] = &[
    ("licence", "行政许可"),
    ("payment", "行政给付"),
    ("confirmation", "行政确认"),
    ("public-service", "公共服务"),
    ("immediate", "即办件"),
    ("committed", "承诺件"),
    ("person", "自然人"),
    ("enterprise", "企业"),
    ("sole-trader", "个体工商户"),
    ("organisation", "社会组织"),
    ("institution", "机关事业单位"),
    ("city", "市级大厅"),
    ("township", "乡镇便民服务中心"),
    ("community", "社区便民服务站"),
    ("on-receipt", "收件即受理"),
    ("after-review", "先收件后受理"),
    ("licence-art-32", "行政许可法第三十二条"),
    ("written-on-the-spot", "当场书面告知"),
    ("local", "地方规定"),
    ("workdays", "工作日"),
    ("days", "自然日"),
    ("not-required", "不需要办理"),
    ("out-of-scope", "不属于本机关职权"),
    ("refused", "不予受理"),
    ("keep-original", "收原件"),
    ("keep-copy", "收复印件"),
    ("verify-original-keep-copy", "验原件收复印件"),
    ("keep-both", "收原件和复印件"),
    ("verify-only", "查验后退还"),
    ("applicant", "申请人自备"),
    ("government", "政府部门核发"),
    ("required", "必要"),
    ("optional", "非必要"),
    ("deferrable", "容缺后补"),
    ("certificate", "证照"),
    ("form", "表格文书"),
    ("document", "文书"),
    ("decision", "决定"),
    ("paper", "纸质"),
    ("electronic", "电子"),
    ("either", "纸质或电子"),
    ("window", "窗口领取"),
    ("post", "邮寄"),
    ("hearing", "听证"),
    ("tender", "招标"),
    ("auction", "拍卖"),
    ("inspection", "检验"),
    ("testing", "检测"),
    ("quarantine", "检疫"),
    ("appraisal", "鉴定"),
    ("expert-review", "专家评审"),
    ("other", "其他"),
    ("official", "正式"),
    ("estimated", "推算"),
    ("sample", "示例"),
];

fn of<'a>(table: &[(&str, &'a str)], word: &str) -> Option<&'a str> {
    table.iter().find(|(from, _)| *from == word).map(|(_, to)| *to)
}

/// The name of a key; the key itself where it has none.
pub(super) fn key(key: &str) -> &str {
    of(KEYS, key).unwrap_or(key)
}

/// What an entry of a list is called.
pub(super) fn title(entry: &Value) -> &str {
    let text = |key| entry.get(key).and_then(Value::as_str).filter(|t| !t.is_empty());
    text("name").or_else(|| text("text")).or_else(|| text("id")).unwrap_or("?")
}

/// Whether an object says one thing (a limit, a condition) and is shown as a whole.
pub(super) fn is_one_value(place: &str, object: &Map<String, Value>) -> bool {
    (object.contains_key("value") && object.contains_key("unit")) || place.ends_with(key("when"))
}

/// A value in words; none for nothing.
pub(super) fn value(place: &str, value: &Value) -> Option<String> {
    if place.ends_with(key("when")) {
        return condition(value);
    }
    match value {
        Value::Null => None,
        Value::Bool(true) => Some("是".to_owned()),
        Value::Bool(false) => Some("否".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(of(VALUES, text).unwrap_or(text).to_owned()),
        Value::Array(list) => joined(list.iter().filter_map(|v| self::value("", v)), "、"),
        Value::Object(object) => match (object.get("value"), object.get("unit")) {
            (Some(Value::Number(n)), Some(Value::String(unit))) => {
                Some(format!("{n}个{}", of(VALUES, unit).unwrap_or(unit)))
            }
            _ => joined(
                object.iter().filter_map(|(k, v)| {
                    self::value("", v).map(|text| format!("{}：{text}", key(k)))
                }),
                "，",
            ),
        },
    }
}

fn joined(parts: impl Iterator<Item = String>, between: &str) -> Option<String> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(between))
}

/// A condition by the ids of the guide: `q1=a/b且agent=yes，或q2=c`.
fn condition(when: &Value) -> Option<String> {
    let choices = |wanted: &Value| match wanted {
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("/"),
        one => one.as_str().unwrap_or_default().to_owned(),
    };
    match when {
        Value::Object(clause) => {
            joined(clause.iter().map(|(q, wanted)| format!("{q}={}", choices(wanted))), "且")
        }
        Value::Array(clauses) => joined(clauses.iter().filter_map(condition), "，或"),
        _ => None,
    }
}
