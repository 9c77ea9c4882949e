//! Seeing a screen as somebody with other eyes has it: in high contrast, or twice as large.

use serde_json::{Value, json};

use super::window::Screen;

/// How the page is dressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dress {
    /// As it comes.
    Plain,
    /// 高对比.
    HighContrast,
    /// Everything measured by type at 200 %: as the browser's zoom has it, but for the gaps.
    TwiceAsLarge,
}

/// Dresses the page, without touching what the machine keeps of it.
pub async fn dress(screen: &Screen, how: Dress) {
    let contrast = if how == Dress::HighContrast { "high" } else { "normal" };
    let size = if how == Dress::TwiceAsLarge { "200%" } else { "" };
    // A container is asked anew only when its width changes; see `ui/src/features/display`.
    let script = "const root = document.documentElement; const { style } = document.body; \
        root.dataset.contrast = arguments[0]; root.style.fontSize = arguments[1]; \
        style.containerType = 'normal'; void document.body.offsetWidth; style.containerType = '';";
    screen.execute(script, vec![json!(contrast), json!(size)]).await;
}

/// What lies outside of what shows it, where nobody can scroll to it; one line each. What carries
/// its whole text as a title may be shortened.
pub async fn out_of_reach(screen: &Screen) -> Vec<String> {
    let script = "const lost = new Set(); \
        const flow = (e, axis) => getComputedStyle(e)['overflow' + axis]; \
        for (const e of document.querySelectorAll('button, input, select, textarea, a, h1, h2, p')) { \
          const box = e.getBoundingClientRect(); \
          if (!box.width || !box.height || e.closest('.visually-hidden, .skip, [title]')) continue; \
          for (const [axis, near, far] of [['X', 'left', 'right'], ['Y', 'top', 'bottom']]) { \
            for (let p = e.parentElement; p; p = p.parentElement) { \
              if (['auto', 'scroll'].includes(flow(p, axis))) break; \
              if (p !== document.body && !['hidden', 'clip'].includes(flow(p, axis))) continue; \
              const all = p.getBoundingClientRect(); \
              if (box[far] > all[far] + 2 || box[near] < all[near] - 2) { \
                lost.add(axis + ' ' + e.outerHTML.slice(0, 160)); break; \
              } } } } \
        return [...lost];";
    match screen.execute(script, vec![]).await {
        Value::Array(lost) => lost.iter().map(ToString::to_string).collect(),
        other => vec![format!("not examined: {other}")],
    }
}
