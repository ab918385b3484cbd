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

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_typo_and_ignores_strangers() {
        let names = ["facet-joint", "synovial-joint", "capsule"];
        assert_eq!(nearest("facet-jont", names), ["facet-joint"]);
        assert_eq!(nearest("FACET-joint", names), ["facet-joint"]);
        assert!(nearest("posture", names).is_empty());
        assert!(nearest("a", ["b"]).is_empty());
    }
}
