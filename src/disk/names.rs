//! Which names are read, which are passed over, and which are problems.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What becomes of a file or folder with a certain name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// It is read.
    Read,
    /// It is no part of the site, and nobody need hear of it: an editor's leavings, a hidden file.
    Skipped,
    /// It was put where everything is published, and should not be.
    Unpublishable,
    /// It cannot be part of an address, for the reason given.
    Refused(&'static str),
}

/// The fate of `name` in `folder`, a path from the site's root.
pub(super) fn fate(folder: &str, name: &str) -> Fate {
    let is_published = folder == "content/static" || folder.starts_with("content/static/");
    if is_leaving(name) {
        return Fate::Skipped;
    }
    match name.strip_prefix('.') {
        Some("well-known") if is_published => Fate::Read,
        Some(_) if is_published => Fate::Unpublishable,
        Some(_) => Fate::Skipped,
        None => fault(name).map_or(Fate::Read, Fate::Refused),
    }
}

/// Whether an editor or a system left the file behind.
pub(super) fn is_leaving(name: &str) -> bool {
    let endings = ["~", ".swp", ".bak", ".orig", "___jb_tmp___", "___jb_old___"];
    name == ".DS_Store"
        || name.starts_with(".#")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || endings.iter().any(|ending| name.ends_with(ending))
}

/// Why `name` cannot be part of an address.
fn fault(name: &str) -> Option<&'static str> {
    if name.contains(char::is_control) {
        Some("holds a control character")
    } else if name.contains(['#', '?']) {
        Some("holds `#` or `?`, which end the path of an address")
    } else if name.contains('\\') {
        Some("holds a backslash, which some systems take for a folder's end")
    } else {
        None
    }
}

/// `name` composed (NFC): macOS and Linux store `é` differently, and links must find it on both.
pub(super) fn composed(name: &str) -> String {
    if is_nfc(name) { name.to_owned() } else { name.nfc().collect() }
}

/// Whether a file with this extension is text that Hornbook reads, and not an asset.
pub(super) fn is_text(extension: &str) -> bool {
    matches!(extension, "md" | "yaml" | "yml" | "bib" | "html" | "xml" | "txt")
}

#[cfg(test)]
mod tests {
    use super::{Fate, composed, fate};

    #[test]
    fn names_meet_their_fate() {
        let leavings =
            [".DS_Store", "a.md~", ".#a.md", "#a.md#", ".a.md.swp", "a.bak", "a.orig", "a.md___jb_tmp___", "~"];
        for name in leavings {
            assert_eq!(fate("content", name), Fate::Skipped, "{name}");
            assert_eq!(fate("content/static/x", name), Fate::Skipped, "{name}");
        }
        for name in [".git", ".env", ".htaccess"] {
            assert_eq!(fate("content/statics", name), Fate::Skipped, "{name}");
            assert_eq!(fate("content/static", name), Fate::Unpublishable, "{name}");
        }
        assert_eq!(fate("content", ".well-known"), Fate::Skipped);
        assert_eq!(fate("content/static", ".well-known"), Fate::Read);
        for name in ["joints.md", "-", "_x", "100%.md", "%2e%2e", "a:b*\".md", "straße.md", "骨.md"] {
            assert_eq!(fate("content", name), Fate::Read, "{name}");
        }
        for name in ["c#.md", "#", "why?.md", "a\\b.md", "a\nb.md", "a\u{1b}[31m.md", "a\u{85}.md"] {
            assert!(matches!(fate("content", name), Fate::Refused(_)), "{name:?}");
        }
    }

    #[test]
    fn names_are_composed() {
        assert_eq!(composed("cafe\u{301}.md"), "caf\u{e9}.md");
    }
}
