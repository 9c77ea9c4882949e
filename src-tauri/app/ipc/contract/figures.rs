//! The lead's view.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_desk::view::FiguresFilter;
use yichuang_domain::figures::Figure;

/// Asks for the cases behind a number.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FigureCases {
    /// Of which cases.
    pub filter: FiguresFilter,
    /// Which number.
    pub figure: Figure,
    /// Of which group; none for all.
    pub key: Option<String>,
}
