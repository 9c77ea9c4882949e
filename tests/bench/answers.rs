//! How soon the screens of the real window answer a key, with 5,000 cases in the records and 50 of
//! them unsent: from the key to the frame in which what it asks for stands.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use yichuang_domain::case::EventBody;
use yichuang_domain::case::event::Actor;
use yichuang_domain::numbering::NumberSource;
use yichuang_hub::{Clock as _, SystemClock};
use yichuang_storage::Store;
use yichuang_tests::display::SMALL;
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program;
use yichuang_tests::sync_window::{acceptance, day, filing};
use yichuang_tests::webdriver::Session;
use yichuang_tests::window::{Door, Screen};

use crate::table::{Table, median, milliseconds, ratio};

const CASES: usize = 5_000;
const UNSENT: usize = 50;
/// How many of them go into one commit.
const AT_ONCE: usize = 250;
const ROUNDS: usize = 9;
const BUDGET: Duration = Duration::from_millis(100);
const PIN: &str = "135790";

/// A key, where it is pressed, and what shows that it was answered.
struct Asked {
    name: &'static str,
    /// What brings the screen there before each round; none where it is there already.
    before: Option<(&'static str, &'static str)>,
    key: &'static str,
    /// A condition of the page.
    answered: &'static str,
}

const ASKED: [Asked; 8] = [
    Asked {
        name: "F3 找办件",
        before: Some(("F9", "[data-testid=guide]")),
        key: "F3",
        answered: "Number(at('cases-total')?.dataset.total) === 5000 && row('cases-row-')",
    },
    Asked {
        name: "a character of a name",
        before: Some(("F3", "[data-testid=cases-text]")),
        key: "乌",
        answered: "Number(at('cases-total')?.dataset.total) < 5000",
    },
    Asked {
        name: "↓ to the next case",
        before: Some(("F3", "[data-testid^=cases-row-]")),
        key: "ArrowDown",
        answered: "moved()",
    },
    Asked {
        name: "F5 今日",
        before: Some(("F3", "[data-testid^=cases-row-]")),
        key: "F5",
        answered: "row('workbench-case-')",
    },
    Asked {
        name: "F2 新办件",
        before: Some(("F5", "[data-testid=workbench]")),
        key: "F2",
        answered: "at('search-input') === document.activeElement",
    },
    Asked {
        name: "F6 台账",
        before: Some(("F5", "[data-testid=workbench]")),
        key: "F6",
        answered: "at('ledger-form')",
    },
    Asked {
        name: "F8 上传",
        before: Some(("F5", "[data-testid=workbench]")),
        key: "F8",
        answered: "at('upstream')",
    },
    Asked {
        name: "F9 指南",
        before: Some(("F5", "[data-testid=workbench]")),
        key: "F9",
        answered: "at('guide')",
    },
];

/// Watches from the next key on; `window.__took` has the milliseconds to the frame after the answer.
const WATCH: &str = "
    const at = (id) => document.querySelector(`[data-testid=\"${id}\"]`);
    const row = (begins) => document.querySelector(`[data-testid^=\"${begins}\"]`);
    const chosen = () => document.querySelector('tr.at')?.dataset.row;
    const stood = chosen();
    const moved = () => chosen() !== stood;
    const answered = () => Boolean(ANSWERED);
    window.__took = null;
    document.addEventListener('keydown', () => {
      const begun = performance.now();
      const look = () => {
        if (!answered()) return requestAnimationFrame(look);
        // The frame that shows it is drawn before the next one is asked for.
        requestAnimationFrame(() => { window.__took = performance.now() - begun; });
      };
      requestAnimationFrame(look);
    }, { once: true, capture: true });";

/// Adds its row.
pub fn measure(table: &mut Table) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let slowest = runtime.expect("a runtime").block_on(answers());
    table.add(
        "the slowest screen's answer to a key",
        (milliseconds(slowest), milliseconds(BUDGET)),
        (ratio(slowest, BUDGET), 1.0),
        "5,000 cases, 50 unsent, in the real window; medians of 9, to the drawn frame",
    );
}

async fn answers() -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("window");
    std::fs::create_dir(&data).expect("a folder");
    let hub = HubProgram::start(&folder.path().join("hub"));
    hub.enrol(&data);
    fill(&data, 0, CASES - UNSENT);
    let place = data.to_string_lossy().into_owned();
    assert!(program::run("yichuang", ["--data", &place, "sync"]).status.success(), "it syncs");
    drop(hub);
    fill(&data, CASES - UNSENT, UNSENT);

    let arguments = ["--data".to_owned(), place];
    let application = program::program("yichuang");
    let session = Session::window(&application, &arguments, SMALL, folder.path()).await;
    let session = session.unwrap_or_else(|error| panic!("no window: {error}"));
    let screen = Screen::new(session, Door::Window, "bench");
    screen.fill("first-name", "王敏").await;
    screen.fill("first-pin", PIN).await;
    screen.fill("first-pin-again", PIN).await;
    screen.click("first-submit").await;
    screen.wait_for("workbench").await;

    let mut slowest = Duration::ZERO;
    for asked in &ASKED {
        // The first time of each loads its screen.
        once(&screen, asked).await;
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(once(&screen, asked).await);
        }
        let time = median(times);
        println!("  {:<24} {}", asked.name, milliseconds(time));
        slowest = slowest.max(time);
    }
    slowest
}

async fn once(screen: &Screen, asked: &Asked) -> Duration {
    if let Some((key, shows)) = asked.before {
        screen.press("F9").await;
        screen.wait_for("guide").await;
        screen.press(key).await;
        let there = format!("return document.querySelector('{shows}') !== null");
        screen
            .until(asked.name, || async {
                (screen.execute(&there, Vec::new()).await == json!(true)).then_some(())
            })
            .await;
        screen.at_rest().await;
    }
    // The page lets nothing be evaluated that came as a text.
    screen.execute(&WATCH.replace("ANSWERED", asked.answered), Vec::new()).await;
    match asked.key.chars().count() {
        1 => screen.write(asked.key).await,
        _ => screen.press(asked.key).await,
    }
    let took = screen
        .until(asked.name, || async {
            match screen.execute("return window.__took", Vec::new()).await {
                Value::Number(number) => number.as_f64(),
                _ => None,
            }
        })
        .await;
    Duration::from_secs_f64(took / 1e3)
}

/// Files cases into the records of a program that is not running.
fn fill(data: &Path, from: usize, count: usize) {
    let store = Store::open(data, None).expect("the records");
    let enrolment = store.enrolment().expect("readable").expect("joined");
    let source = NumberSource {
        region: enrolment.region,
        station: enrolment.station,
        device: enrolment.device_code,
        practice: enrolment.trial,
    };
    let actor = Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() };
    let mut running = from;
    while running < from + count {
        let end = (running + AT_ONCE).min(from + count);
        let written = store.write(|tx| {
            for n in running..end {
                let number = tx.next_number(&source, day())?;
                let mut filed = filing(number, source.practice);
                if let EventBody::Filed { applicant, .. } = &mut filed {
                    // One in eight is called 乌云.
                    let family = ["王", "李", "张", "刘", "乌云", "白", "额尔敦", "包"][n % 8];
                    applicant.party.name = format!("{family}{n}");
                }
                tx.append(
                    &actor,
                    uuid::Uuid::now_v7(),
                    vec![filed, acceptance()],
                    SystemClock.now(),
                )?;
            }
            Ok::<_, yichuang_storage::StorageError>(())
        });
        written.expect("they are filed");
        running = end;
    }
}
