//! The passive voice of English sentences, guessed.

use super::readability::words;

/// Whether an English sentence hides who does what: a form of "be" or "get", and what was done. A guess: "was tired" counts too.
pub fn is_passive(sentence: &str) -> bool {
    let mut after_be = false;
    for word in words(sentence) {
        let word = word.to_lowercase();
        if after_be && is_participle(&word) {
            return true;
        }
        let between = matches!(&*word, "not" | "never" | "always" | "often" | "also" | "only" | "still" | "usually")
            || word.ends_with("ly");
        after_be = FORMS_OF_BE.contains(&&*word) || after_be && between;
    }
    false
}

const FORMS_OF_BE: &[&str] = &[
    "be", "is", "are", "was", "were", "been", "being", "am", "get", "gets", "got", "isn't", "aren't", "wasn't",
    "weren't",
];

fn is_participle(word: &str) -> bool {
    const IRREGULAR: &[&str] = &[
        "born",
        "bought",
        "broken",
        "brought",
        "built",
        "caught",
        "chosen",
        "done",
        "drawn",
        "driven",
        "eaten",
        "fed",
        "felt",
        "found",
        "given",
        "grown",
        "heard",
        "held",
        "hidden",
        "hurt",
        "kept",
        "known",
        "laid",
        "led",
        "left",
        "lost",
        "made",
        "meant",
        "met",
        "paid",
        "put",
        "read",
        "said",
        "seen",
        "sent",
        "set",
        "shown",
        "shut",
        "sold",
        "spent",
        "split",
        "spoken",
        "spread",
        "stretched",
        "taken",
        "taught",
        "thought",
        "told",
        "torn",
        "understood",
        "won",
        "worn",
        "written",
    ];
    (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")) || IRREGULAR.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::is_passive;

    #[test]
    fn the_passive_voice_is_guessed() {
        for (sentence, expected) in [
            ("Mistakes were made.", true),
            ("The joint is slowly pulled apart.", true),
            ("It was not tested.", true),
            ("We made mistakes.", false),
            ("They are need and speed.", false),
            ("The pop is in the joint, and we tested it.", false),
            ("", false),
        ] {
            assert_eq!(is_passive(sentence), expected, "{sentence}");
        }
    }
}
