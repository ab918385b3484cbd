//! `content/links.lock`: which addresses were good, and when. A line each, `2026-11-25 https://example.org/`, and behind it where the address
//! has moved; sorted, so that changes of it merge well.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;

/// Where it lies, from the site's root.
pub const LOCK: &str = "content/links.lock";

/// What is written above the addresses.
const HEAD: &str =
    "# When `hornbook check --external` last found what the site links to. Commit this file; nobody need edit it.\n";

/// When addresses were good.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lock(BTreeMap<String, Entry>);

/// What is known of an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The day on which it was last good.
    pub good: Date,
    /// Where it has moved for good.
    pub moved: Option<String>,
}

impl Lock {
    /// Reads a lock. Lines that say nothing, such as those of a merge that went wrong, are passed over.
    pub fn read(text: &str) -> Self {
        let entry = |line: &str| {
            let mut words = line.split_whitespace();
            let good = words.next()?.parse().ok()?;
            let url = words.next()?.to_owned();
            Some((url, Entry { good, moved: words.next().map(str::to_owned) }))
        };
        Self(text.lines().filter_map(entry).collect())
    }

    /// As it is written to disk.
    pub fn write(&self) -> String {
        let mut out = HEAD.to_owned();
        for (url, entry) in &self.0 {
            let moved = entry.moved.as_ref().map(|to| format!(" {to}")).unwrap_or_default();
            // A `String` takes whatever is written to it.
            let _ = writeln!(out, "{} {url}{moved}", entry.good);
        }
        out
    }

    /// What is known of `url`.
    pub fn entry(&self, url: &str) -> Option<&Entry> {
        self.0.get(url)
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, Entry)> for Lock {
    fn from_iter<I: IntoIterator<Item = (String, Entry)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Lock;

    #[test]
    fn what_is_written_is_read() {
        let text = "<<<<<<< ours\n2026-11-25 https://a.example/ https://b.example/\n=======\n2026-11-20 https://c.example/x?y\nyesterday https://d.example/\n>>>>>>> theirs\n";
        let lock = Lock::read(text);
        assert_eq!(lock, Lock::read(&lock.write()));
        assert_eq!(lock.write().lines().count(), 3);
        assert_eq!(lock.entry("https://a.example/").expect("known").moved.as_deref(), Some("https://b.example/"));
        assert!(lock.entry("https://d.example/").is_none());
    }
}
