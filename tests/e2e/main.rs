//! The screens, driven as a clerk drives them: in the real window by WebDriver, and the same
//! walks in Chromium through the loopback door, where axe looks at every screen as well.

mod steps;

mod access;
mod breath;
mod bundle;
mod cases;
mod correction;
mod counter;
mod demonstration;
mod enquiry;
mod guide;
mod help_list;
mod intake;
mod keyboard;
mod keystrokes;
mod ledger;
mod looks;
mod office;
mod signing;
mod training;
mod transfer;
mod upstream;

/// Makes two tests of each walk, one for each door.
macro_rules! both_doors {
    ($($walk:ident from $begin:ident),+ $(,)?) => {
        mod in_the_window {
            use yichuang_tests::stage::{Begin, Stage};
            use yichuang_tests::window::Door;
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $walk() {
                    let stage = Stage::small(Door::Window, Begin::$begin, stringify!($walk));
                    super::$walk(&stage.await).await;
                }
            )+
        }
        mod in_the_browser {
            use yichuang_tests::stage::{Begin, Stage};
            use yichuang_tests::window::Door;
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $walk() {
                    let stage = Stage::small(Door::Browser, Begin::$begin, stringify!($walk));
                    super::$walk(&stage.await).await;
                }
            )+
        }
    };
}
pub(crate) use both_doors;
