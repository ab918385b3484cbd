//! Reviews: a seal over what a page says, which breaks when that is changed, and which pages are due.

use jiff::civil::Date;

use crate::parse::document::Document;
use crate::resolve::site::{Page, Site};
use crate::text::{VPath, asset_digest};

/// Keys of front matter that say nothing to readers about the subject: changing them breaks no seal.
const ASIDE: &[&str] = &[
    "aliases",
    "allow",
    "authors",
    "draft",
    "expire_on",
    "extra",
    "facets",
    "former_urls",
    "kind",
    "order",
    "publish_on",
    "published",
    "relations",
    "review_by",
    "reviewed",
    "reviewed_by",
    "seal",
    "slug",
    "tags",
    "unlinked",
    "updated",
];

/// The seal over what a page says: 10 hexadecimal digits. White space, emphasis, comments, brackets and the targets of links do not count, so
/// that a file can be laid out anew and pages be moved; every word, number and sign does.
pub fn seal(document: &Document) -> String {
    let source = &document.source.text;
    let front_matter = &source[document.front_matter.within(source).bytes()];
    let mut said = String::with_capacity(source.len());
    say_front_matter(&mut said, front_matter);
    said.push('\u{0}');
    say(&mut said, &source[(document.front_matter.end as usize).min(source.len())..]);
    asset_digest(said.trim_end().as_bytes())
}

/// Whether a page was changed after it was sealed; nothing where it has no seal.
pub fn is_broken(document: &Document) -> Option<bool> {
    let sealed = document.meta.common().seal.as_ref()?;
    Some(*sealed != seal(document))
}

fn say_front_matter(said: &mut String, yaml: &str) {
    let mut counts = true;
    for line in yaml.lines() {
        let key = line.split_once(':').map(|(key, _)| key).filter(|key| !key.starts_with([' ', '-', '#', '"', '\'']));
        if let Some(key) = key.filter(|key| !key.is_empty() && !key.contains(char::is_whitespace)) {
            counts = !ASIDE.contains(&key);
        }
        if counts && !line.trim_start().starts_with('#') {
            say(said, line);
        }
    }
}

/// Writes the words of Markdown, one space between them.
fn say(said: &mut String, markdown: &str) {
    let mut rest = markdown;
    while let Some(character) = rest.chars().next() {
        let mut length = character.len_utf8();
        match character {
            ']' if rest.starts_with("](") => {
                let end = rest.find(')').map_or(rest.len(), |end| end + 1);
                // What is quoted in the target is shown to readers: the caption of a figure.
                if let Some((_, title)) = rest[..end].split_once('"') {
                    said.push_str(title);
                }
                length = end;
            }
            '[' if rest.starts_with("[[") => {
                let inside = rest.find("]]").map_or("", |end| &rest[2..end]);
                length = match inside.find('|') {
                    Some(bar) => 2 + bar + 1,
                    None => 2,
                };
            }
            '*' | '_' | '`' | '[' | ']' => {}
            _ if character.is_whitespace() => {
                if !said.is_empty() && !said.ends_with(' ') {
                    said.push(' ');
                }
            }
            _ => said.push(character),
        }
        rest = &rest[length..];
    }
    if !said.ends_with(' ') {
        said.push(' ');
    }
}

/// A page whose review is due, or whose seal is broken.
#[derive(Debug)]
pub struct Due {
    /// The file.
    pub path: VPath,
    /// The title.
    pub title: String,
    /// The public address.
    pub url: String,
    /// The day; none where only the seal is broken.
    pub on: Option<Date>,
    /// Whether the page was changed after its review.
    pub is_changed: bool,
}

/// Pages and care cards to review until `last`, the earliest first; those with a broken seal and no date come first of all.
pub fn due(site: &Site, last: Date) -> Vec<Due> {
    let mut found: Vec<Due> = site
        .pages
        .iter()
        .chain(site.cards.values())
        .filter_map(|page| {
            let on = page.document.meta.common().review_by.map(|date| date.0);
            let is_changed = is_broken(&page.document) == Some(true);
            (is_changed || on.is_some_and(|on| on <= last)).then(|| due_of(site, page, on, is_changed))
        })
        .collect();
    found.sort_by(|a, b| (a.on, &a.path).cmp(&(b.on, &b.path)));
    found
}

fn due_of(site: &Site, page: &Page, on: Option<Date>, is_changed: bool) -> Due {
    Due {
        path: page.document.path().clone(),
        title: page.title.clone(),
        url: format!("{}{}", site.config.base_url, page.url.as_str()),
        on,
        is_changed,
    }
}

/// The text of a file with scalar keys of its front matter set: each where it stands, new ones at the end. Nothing if it has no front matter.
pub fn with_keys(text: &str, front_matter: std::ops::Range<usize>, keys: &[(&str, String)]) -> Option<String> {
    let yaml = text.get(front_matter.clone())?;
    let mut lines: Vec<String> = yaml.trim_end_matches('\n').lines().map(str::to_owned).collect();
    for (key, value) in keys {
        let new = format!("{key}: {value}");
        match lines.iter().position(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))) {
            Some(at) => {
                // A value that goes on below, as a list does, goes with it.
                let more = lines[at + 1..].iter().take_while(|line| line.starts_with([' ', '-'])).count();
                lines.splice(at..=at + more, [new]);
            }
            None => lines.push(new),
        }
    }
    let end = if yaml.ends_with('\n') { "\n" } else { "" };
    Some(format!("{}{}{end}{}", &text[..front_matter.start], lines.join("\n"), &text[front_matter.end..]))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{seal, with_keys};
    use crate::parse::{Reading, parse};
    use crate::source::SourceFile;
    use crate::text::VPath;

    fn seal_of(text: &str) -> String {
        let file = SourceFile::new(VPath::new("content/one/a.md").expect("it is relative"), text);
        seal(&parse(&Arc::new(file), &Reading::default()))
    }

    #[test]
    fn only_what_is_said_is_sealed() {
        let sealed = seal_of("---\ntitle: A\nsummary: One two.\norder: 1\n---\nSome [words](b.md) of *mine*, twice.\n");
        for same in [
            "---\ntitle: A\n# a remark\nsummary: One  two.\norder: 2\nreviewed: 2026-01-01\ntags: [a,\n  b]\n---\nSome\n[words](../c.md) of mine,\ntwice.\n\n",
            "---\ntitle: A\nsummary: One two.\nseal: 0123456789ab\n---\n\nSome [[c|words]] of **mine**, twice.",
        ] {
            assert_eq!(seal_of(same), sealed, "{same}");
        }
        for other in [
            "---\ntitle: A\nsummary: One two.\n---\nSome [words](b.md) of mine, thrice.\n",
            "---\ntitle: A\nsummary: One three.\n---\nSome [words](b.md) of mine, twice.\n",
            "---\ntitle: B\nsummary: One two.\n---\nSome [words](b.md) of mine, twice.\n",
            "---\ntitle: A\nsummary: One two.\nat_a_glance:\n  - More\n---\nSome [words](b.md) of mine, twice.\n",
        ] {
            assert_ne!(seal_of(other), sealed, "{other}");
        }
    }

    #[test]
    fn keys_are_set_where_they_stand() {
        let text = "---\ntitle: A\nreviewed: 2020-01-01\nreviewed_by:\n  - x\norder: 1\n---\nBody: text\n";
        let keys =
            [("reviewed", "2026-11-25".to_owned()), ("reviewed_by", "[y]".to_owned()), ("seal", "0a".to_owned())];
        assert_eq!(
            with_keys(text, 4..text.find("---\nBody").expect("it is there"), &keys).expect("it has front matter"),
            "---\ntitle: A\nreviewed: 2026-11-25\nreviewed_by: [y]\norder: 1\nseal: 0a\n---\nBody: text\n"
        );
    }
}
