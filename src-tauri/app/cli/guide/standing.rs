//! How the guide in use stands.

use serde_json::json;
use yichuang_desk::view::{GuideOrigin, GuideView};

use super::super::output::Done;
use crate::ipc::failure::Failure;

/// What is known of the release in use. A stale one is a check that failed.
pub(super) fn info(guide: &GuideView) -> Result<Done, Failure> {
    let origin = match guide.origin {
        GuideOrigin::Bundled => "随程序附带",
        GuideOrigin::File => "从文件导入",
        GuideOrigin::Hub => "由大厅中心下发",
    };
    let kind = if guide.sample { "示例数据，不是正式清单" } else { "正式" };
    let state = guide.stale.as_ref().map_or("有效", |stale| &stale.message);
    let text = format!(
        "{}办事指南第{}版\n  发布日期 {}（{}天前）\n  事项     {}个（{kind}）\n  来源     {origin}\n  \
         启用时间 {}\n  摘要     {}\n  状态     {state}",
        guide.region,
        guide.release,
        guide.issued_on,
        guide.age_days,
        guide.matters,
        guide.since,
        guide.digest,
    );
    Ok(Done { json: json!(guide), text, in_order: guide.stale.is_none() })
}
