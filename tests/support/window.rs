//! A screen under test, through either door: by `data-testid`, with the keyboard, and never
//! faster than the screen itself. Every wait is for a condition; a condition that does not come
//! fails with what the screen shows and a picture of it.

use std::fmt::Display;
use std::future::Future;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use fantoccini::actions::{
    Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PenActions,
    PointerAction, TouchActions,
};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use super::program;
use super::webdriver::{DriverError, Session};

/// How long a condition may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long to leave the screen alone between two looks.
const PAUSE: Duration = Duration::from_millis(25);

/// Which door a screen came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The Tauri window.
    Window,
    /// Chromium, through `yichuang serve`.
    Browser,
}

/// With what somebody draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stylus {
    /// A mouse.
    Mouse,
    /// A finger.
    Finger,
    /// A pen.
    Pen,
}

/// A screen under test.
pub struct Screen {
    session: Session,
    door: Door,
    test: String,
    /// How many keys a clerk has struck so far; a key with its modifiers is one.
    struck: AtomicU32,
}

impl Screen {
    /// The screen of a session. Pictures carry the test's name.
    pub fn new(session: Session, door: Door, test: &str) -> Self {
        Self { session, door, test: test.to_owned(), struck: AtomicU32::new(0) }
    }

    /// How many keys were struck since this was asked last.
    pub fn keys_struck(&self) -> u32 {
        self.struck.swap(0, Ordering::Relaxed)
    }

    /// Counts these again: what was struck since then is not to be counted.
    pub fn count_again(&self, keys: u32) {
        self.struck.store(keys, Ordering::Relaxed);
    }

    /// How many elements have a name that begins so, and that attribute.
    pub async fn count_rows(&self, begins: &str, attribute: &str) -> usize {
        let css = format!("[data-testid^=\"{begins}\"][{attribute}]");
        self.client().find_all(Locator::Css(&css)).await.map_or(0, |all| all.len())
    }

    /// Which door it came through.
    pub fn door(&self) -> Door {
        self.door
    }

    /// The driver, for pages whose parts have no names of ours.
    pub fn client(&self) -> &Client {
        self.session.client()
    }

    /// Goes over to the window that opened beside this one; the one that was left.
    pub async fn to_other_window(&self) -> WindowHandle {
        let here = self.client().window().await.expect("a window");
        let other = self
            .until("another window is open", || async {
                let all = self.client().windows().await.ok()?;
                all.into_iter().find(|window| *window != here)
            })
            .await;
        self.client().switch_to_window(other).await.expect("the other window");
        here
    }

    /// Goes back to a window.
    pub async fn to_window(&self, window: WindowHandle) {
        self.client().switch_to_window(window).await.expect("the window is still there");
    }

    /// Waits until something shows, and is not covered by being disabled.
    pub async fn wait_for(&self, id: &str) -> Element {
        self.until(&format!("[{id}] shows"), || async move { self.shown(id).await }).await
    }

    /// Waits until nothing of that name shows.
    pub async fn wait_gone(&self, id: &str) {
        let what = format!("[{id}] goes away");
        self.until(&what, || async { self.shown(id).await.is_none().then_some(()) }).await
    }

    /// Waits until a text meets a condition, and returns it.
    pub async fn wait_text(&self, id: &str, meets: impl Fn(&str) -> bool) -> String {
        let meets = &meets;
        self.until(&format!("the text of [{id}] is as expected"), || async move {
            let text = words(&self.shown(id).await?).await?;
            meets(&text).then_some(text)
        })
        .await
    }

    /// Whether something shows now.
    pub async fn shows(&self, id: &str) -> bool {
        self.shown(id).await.is_some()
    }

    /// How many of that name there are.
    pub async fn count(&self, id: &str) -> usize {
        self.client().find_all(Locator::Css(&by_id(id))).await.map_or(0, |all| all.len())
    }

    /// The text of something that shows.
    pub async fn read(&self, id: &str) -> String {
        self.wait_text(id, |_| true).await
    }

    /// The texts of all of that name.
    pub async fn read_all(&self, id: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.client().find_all(Locator::Css(&by_id(id))).await.unwrap_or_default() {
            texts.push(words(&element).await.unwrap_or_default());
        }
        texts
    }

    /// An attribute of something that shows.
    pub async fn attribute(&self, id: &str, name: &str) -> Option<String> {
        self.wait_for(id).await.attr(name).await.unwrap_or_default()
    }

    /// An attribute of something that may not be there, as it is now.
    pub async fn now(&self, id: &str, name: &str) -> Option<String> {
        self.shown(id).await?.attr(name).await.ok()?
    }

    /// What a field holds.
    pub async fn value(&self, id: &str) -> String {
        let script = format!("{FIELD} return field(arguments[0]).value;");
        self.wait_for(id).await;
        self.execute(&script, vec![json!(id)]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks, as soon as nothing lies over it.
    pub async fn click(&self, id: &str) {
        self.until(&format!("[{id}] can be clicked"), || async move {
            let element = self.shown(id).await?;
            if !element.is_enabled().await.ok()? {
                return None;
            }
            element.click().await.ok()
        })
        .await
    }

    /// Clicks the one among several of that name whose text contains something.
    pub async fn click_text(&self, id: &str, part: &str) {
        self.until(&format!("a [{id}] with {part} can be clicked"), || async move {
            for element in self.client().find_all(Locator::Css(&by_id(id))).await.ok()? {
                if words(&element).await?.contains(part) {
                    return element.click().await.ok();
                }
            }
            None
        })
        .await
    }

    /// Replaces what a field holds by typing. A dialog that is still opening may take the focus
    /// away in the middle, so what does not arrive is typed once more.
    pub async fn fill(&self, id: &str, text: &str) {
        let script = format!("{FIELD} const it = field(arguments[0]); it.focus(); it.select?.();");
        let what = format!("[{id}] holds what was typed");
        self.until(&what, || async {
            self.wait_for(id).await;
            self.execute(&script, vec![json!(id)]).await;
            if !self.value(id).await.is_empty() {
                self.press("Backspace").await;
            }
            self.write(text).await;
            (self.value(id).await == text).then_some(())
        })
        .await
    }

    /// Types where the focus is. A pair of key actions for each character: sending keys to an
    /// element loses the characters beyond the basic plane.
    pub async fn write(&self, text: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        self.struck
            .fetch_add(u32::try_from(text.chars().count()).unwrap_or(u32::MAX), Ordering::Relaxed);
        for value in text.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.perform(actions).await;
    }

    /// Draws strokes, in shares of what has that name: from its upper left corner (0, 0) to the
    /// lower right one (1, 1). Each stroke is moved along in small steps. The driver of the window
    /// has only a mouse.
    pub async fn draw(&self, id: &str, with: Stylus, strokes: &[Vec<(f64, f64)>]) {
        self.wait_for(id).await;
        self.at_rest().await;
        let script = "const it = document.querySelector(arguments[0]); \
                      it.scrollIntoView({ block: 'nearest' }); \
                      const at = it.getBoundingClientRect(); \
                      return [at.left, at.top, at.width, at.height];";
        let place = self.execute(script, vec![json!(by_id(id))]).await;
        let side = |i: usize| place[i].as_f64().expect("a length");
        let to = |(x, y): (f64, f64)| PointerAction::MoveTo {
            duration: Some(Duration::from_millis(4)),
            x: (side(0) + x * side(2)).round(),
            y: (side(1) + y * side(3)).round(),
        };
        let button = MOUSE_BUTTON_LEFT;
        let mut actions = Vec::new();
        for stroke in strokes {
            actions.extend([to(stroke[0]), PointerAction::Down { button }]);
            for pair in stroke.windows(2) {
                let between = |share: f64| {
                    let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
                    (x + (to_x - x) * share, y + (to_y - y) * share)
                };
                actions.extend((1..=8).map(|step| to(between(f64::from(step) / 8.0))));
            }
            actions.push(PointerAction::Up { button });
        }
        let name = format!("{with:?}");
        let actions: Actions = match with {
            Stylus::Finger if self.door == Door::Browser => {
                actions.into_iter().fold(TouchActions::new(name), TouchActions::then).into()
            }
            Stylus::Pen if self.door == Door::Browser => {
                actions.into_iter().fold(PenActions::new(name), PenActions::then).into()
            }
            _ => actions.into_iter().fold(MouseActions::new(name), MouseActions::then).into(),
        };
        self.client().perform_actions(actions).await.unwrap_or_else(|e| panic!("no pen: {e}"));
    }

    /// Presses a key with its modifiers, named as the screens name them: `F2`, `Enter`,
    /// `Ctrl+K`, `Alt+1`, `ArrowDown`.
    pub async fn press(&self, keys: &str) {
        let mut names: Vec<&str> = keys.split('+').collect();
        let last = names.pop().unwrap_or_default();
        let modifiers: Vec<char> = names.iter().map(|name| key(name)).collect();
        self.struck.fetch_add(1, Ordering::Relaxed);
        self.strike(&modifiers, key(last)).await;
    }

    async fn strike(&self, modifiers: &[char], value: char) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for &value in modifiers {
            actions = actions.then(KeyAction::Down { value });
        }
        actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        for &value in modifiers.iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        self.perform(actions).await;
    }

    async fn perform(&self, actions: KeyActions) {
        self.client().perform_actions(actions).await.unwrap_or_else(|e| panic!("no key: {e}"));
    }

    /// Moves the focus with Tab until it stands on something of that name: what a clerk without
    /// a mouse can reach. Fails after a hundred steps.
    pub async fn tab_to(&self, id: &str) {
        self.wait_for(id).await;
        for _ in 0..100 {
            if self.focused().await.iter().any(|focused| focused == id) {
                return;
            }
            self.press("Tab").await;
        }
        self.fail(&format!("Tab never reaches [{id}]"), "").await
    }

    /// The names of the focused element and of everything around it, innermost first.
    pub async fn focused(&self) -> Vec<String> {
        let script = "const names = []; \
            for (let at = document.activeElement; at; at = at.parentElement) \
              if (at.dataset?.testid) names.push(at.dataset.testid); \
            return names;";
        let names = self.execute(script, vec![]).await;
        serde_json::from_value(names).unwrap_or_default()
    }

    /// Runs a script in the page.
    pub async fn execute(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client()
            .execute(script, arguments)
            .await
            .unwrap_or_else(|e| panic!("the script failed: {e}\n{script}"))
    }

    /// Runs a script that calls its last argument when it is done.
    pub async fn execute_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client()
            .execute_async(script, arguments)
            .await
            .unwrap_or_else(|e| panic!("the script failed: {e}"))
    }

    /// Waits until nothing opens, closes or slides any more. What turns for ever may turn.
    pub async fn at_rest(&self) {
        let script = "return document.getAnimations().every((one) => \
              one.playState !== 'running' || \
              one.effect?.getComputedTiming().endTime === Infinity);";
        self.until("the screen is at rest", || async {
            (self.execute(script, vec![]).await == json!(true)).then_some(())
        })
        .await
    }

    /// Takes a picture into `out/screens/`.
    pub async fn picture(&self, name: &str) {
        let door = if self.door == Door::Window { "window" } else { "browser" };
        let path = program::out("screens").join(format!("{door}-{}-{name}.png", self.test));
        if let Err(error) = picture(self.client(), &path).await {
            eprintln!("no picture {}: {error}", path.display());
        }
    }

    /// Looks until there is an answer.
    pub async fn until<T, F, Fut>(&self, what: &str, mut look: F) -> T
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Option<T>>,
    {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look().await {
                return found;
            }
            if Instant::now() > deadline {
                self.fail("waited in vain until", what).await;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn fail(&self, problem: &str, what: impl Display) -> ! {
        self.picture("failed").await;
        let script = "return document.body?.innerText ?? ''";
        let text = self.client().execute(script, vec![]).await.unwrap_or_default();
        panic!("{problem} {what}; the screen says:\n{}", text.as_str().unwrap_or_default())
    }

    /// The first of that name that can be seen, scrolled to. WebKit's own idea of what is
    /// displayed leaves out what must be scrolled to first.
    async fn shown(&self, id: &str) -> Option<Element> {
        let script = "const seen = (one) => \
              one.getClientRects().length && one.checkVisibility({ visibilityProperty: true }); \
            const one = [...document.querySelectorAll(arguments[0])].find(seen); \
            one?.scrollIntoView({ block: 'nearest' }); \
            return one ?? null;";
        let found = self.client().execute(script, vec![json!(by_id(id))]).await.ok()?;
        let reference = found.as_object()?.values().next()?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client().clone(), ElementRef::from(reference)))
    }
}

/// Writes a picture of the page.
///
/// WebKit takes it when the page is next painted, and a page at rest is not painted: a dot that
/// nobody sees keeps it busy meanwhile.
pub async fn picture(client: &Client, path: &Path) -> Result<(), DriverError> {
    let stir = "const dot = document.createElement('i'); \
        dot.id = 'stir'; dot.ariaHidden = 'true'; \
        dot.style.cssText = 'position:fixed;left:0;top:0;width:1px;height:1px'; \
        document.documentElement.append(dot); \
        dot.timer = setInterval(() => { \
          dot.style.background = dot.style.background ? '' : 'rgba(0,0,0,0.01)'; }, 10);";
    let rest = "const dot = document.getElementById('stir'); \
        if (dot) { clearInterval(dot.timer); dot.remove(); }";
    client.execute(stir, vec![]).await?;
    let taken = tokio::time::timeout(PATIENCE, client.screenshot()).await;
    let taken = taken.map_err(|_| DriverError("no picture in time".to_owned()))?;
    client.execute(rest, vec![]).await?;
    std::fs::write(path, taken?)?;
    Ok(())
}

/// The text of an element as it is laid out. WebDriver's own idea of it differs from one engine
/// to the other.
async fn words(element: &Element) -> Option<String> {
    element.prop("innerText").await.ok()?
}

/// The field of a name: the element itself, or the one field inside it.
const FIELD: &str = "const field = (id) => { \
    const all = [...document.querySelectorAll(`[data-testid=\"${id}\"]`)]; \
    const at = all.find((one) => one.getClientRects().length) ?? all[0]; \
    return at.matches('input, textarea') ? at : at.querySelector('input, textarea'); };";

fn by_id(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

/// The WebDriver code of a key.
fn key(name: &str) -> char {
    match name {
        "Ctrl" => Key::Control.into(),
        "Alt" => Key::Alt.into(),
        "Shift" => Key::Shift.into(),
        "Enter" => Key::Enter.into(),
        "Tab" => Key::Tab.into(),
        "Esc" | "Escape" => Key::Escape.into(),
        "Space" => ' ',
        "Backspace" => Key::Backspace.into(),
        "Delete" => Key::Delete.into(),
        "ArrowUp" => Key::Up.into(),
        "ArrowDown" => Key::Down.into(),
        "ArrowLeft" => Key::Left.into(),
        "ArrowRight" => Key::Right.into(),
        "Home" => Key::Home.into(),
        "End" => Key::End.into(),
        "PageUp" => Key::PageUp.into(),
        "PageDown" => Key::PageDown.into(),
        "F1" => Key::F1.into(),
        "F2" => Key::F2.into(),
        "F3" => Key::F3.into(),
        "F4" => Key::F4.into(),
        "F5" => Key::F5.into(),
        "F6" => Key::F6.into(),
        "F7" => Key::F7.into(),
        "F8" => Key::F8.into(),
        "F9" => Key::F9.into(),
        "F10" => Key::F10.into(),
        "F11" => Key::F11.into(),
        "F12" => Key::F12.into(),
        one => {
            let mut characters = one.chars();
            match (characters.next(), characters.next()) {
                (Some(only), None) => only,
                _ => panic!("no key is called {name}"),
            }
        }
    }
}
