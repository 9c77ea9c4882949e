//! Accessibility, checked by axe-core in the page.

use serde_json::{Value, json};

use super::program;
use super::window::Screen;

/// What axe calls serious or critical on the screen as it stands, one line each. The engine goes
/// in by script execution: the content security policy forbids any other script.
pub async fn serious_violations(screen: &Screen) -> Vec<String> {
    let path = program::repository().join("ui/node_modules/axe-core/axe.min.js");
    let engine = std::fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("{}: {e}; run `cargo xtask test`", path.display()));
    screen.execute(&format!("if (!window.axe) {{ {engine} }}"), vec![]).await;
    let script = "const done = arguments[arguments.length - 1]; \
        window.axe.run(document, { resultTypes: ['violations'] }) \
          .then((found) => done(found.violations), (error) => done(String(error)));";
    let found = screen.execute_async(script, vec![]).await;
    let Value::Array(violations) = found else { return vec![format!("axe failed: {found}")] };
    violations.iter().filter(|one| is_serious(one)).map(describe).collect()
}

fn is_serious(violation: &Value) -> bool {
    violation["impact"] == json!("serious") || violation["impact"] == json!("critical")
}

fn describe(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().map_or(&[][..], Vec::as_slice);
    let places: Vec<String> =
        nodes.iter().take(3).map(|node| format!("{} ({})", node["target"], node["html"])).collect();
    format!("{} [{}]: {}", violation["id"], violation["impact"], places.join("; "))
}
