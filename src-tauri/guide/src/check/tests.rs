use super::*;

#[test]
fn the_example_passes_without_a_word() {
    let checked = check(crate::EXAMPLE.as_bytes()).expect("the example");
    assert_eq!(checked.warnings, []);
    assert_eq!(checked.package.matters.len(), 24);
    assert_eq!(checked.text, crate::EXAMPLE);
}
