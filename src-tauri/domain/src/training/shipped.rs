//! Cards that somebody wrote, for matters of the example guide. With another guide those whose
//! matter it lacks are left out.

use super::card::RoleCard;

const CARDS: &[&str] = &[
    include_str!("cards/pension-first.json"),
    include_str!("cards/pension-card.json"),
    include_str!("cards/abroad-emergency.json"),
    include_str!("cards/abroad-retired.json"),
    include_str!("cards/social-card-child.json"),
    include_str!("cards/pension-agent.json"),
];

/// The cards. A test reads every one.
pub fn shipped() -> Vec<RoleCard> {
    CARDS.iter().filter_map(|text| serde_json::from_str(text).ok()).collect()
}
