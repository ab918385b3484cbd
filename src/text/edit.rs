//! "Did you mean": the nearest of many names.

/// The names nearest to `wanted`, best first, at most three.
///
/// Distance is Damerau–Levenshtein without case; a name further away than a third of its length (at least two edits) is no help
/// and is left out. Ties keep the order of `names`, so that the answer is the same on every run.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = wanted.to_lowercase();
    let mut scored: Vec<(usize, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let length = name.chars().count().max(wanted.chars().count());
            let limit = (length / 3).max(2);
            if name.chars().count().abs_diff(wanted.chars().count()) > limit {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&wanted, &name.to_lowercase());
            (distance <= limit && distance < length).then_some((distance, name))
        })
        .collect();
    scored.sort_by_key(|(distance, _)| *distance);
    scored.dedup_by_key(|(_, name)| *name);
    // Beside a near one, those much further away are noise.
    let best = scored.first().map_or(0, |(distance, _)| *distance);
    scored.into_iter().take_while(|(distance, _)| *distance <= best + 1).take(3).map(|(_, name)| name).collect()
}

/// The one name of `near` that `wanted` is a slip of the finger for: one letter too many, too few, another, or two in the wrong order, or only
/// upper for lower case. Names that differ in a digit are two names; so, often, are short ones.
pub fn misspelt<'a>(wanted: &str, near: &[&'a str]) -> Option<&'a str> {
    let [name] = near else { return None };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let distance = strsim::damerau_levenshtein(&wanted.to_lowercase(), &name.to_lowercase());
    (distance <= 1 && wanted.chars().count() >= 4 && digits(wanted) == digits(name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{misspelt, nearest};

    #[test]
    fn a_slip_is_one_letter_and_no_digit() {
        assert_eq!(misspelt("titel", &["title"]), Some("title"));
        assert_eq!(misspelt("Facet-joint", &["facet-joint"]), Some("facet-joint"));
        assert_eq!(misspelt("titel", &["title", "tile"]), None);
        assert_eq!(misspelt("smith2010", &["smith2011"]), None);
        assert_eq!(misspelt("hip", &["lip"]), None);
        assert_eq!(misspelt("summery", &["mummies"]), None);
    }

    #[test]
    fn finds_the_typo_and_ignores_strangers() {
        let names = ["facet-joint", "synovial-joint", "capsule"];
        assert_eq!(nearest("facet-jont", names), ["facet-joint"]);
        assert_eq!(nearest("FACET-joint", names), ["facet-joint"]);
        assert!(nearest("posture", names).is_empty());
        assert!(nearest("a", ["b"]).is_empty());
    }
}
