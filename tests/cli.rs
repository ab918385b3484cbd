//! What people type and what they read: each file in `tests/cli/` is a transcript that is executed.

#[test]
fn transcripts() {
    trycmd::TestCases::new().env("SOURCE_DATE_EPOCH", "1795392000").env("NO_COLOR", "1").case("tests/cli/*.md").run();
}
