//! `_redirects` of a published site: where its host would lead.

use super::rule;

/// The rules of a `_redirects` file, in order.
#[derive(Debug, Default)]
pub(super) struct Redirects(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    from: String,
    to: String,
    status: u16,
    /// Whether it holds even where there is a file.
    is_forced: bool,
}

/// Where a rule leads.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Led {
    /// To what.
    pub(super) to: String,
    /// 200 to show that here, 404 to show it as missing, else the status of a redirect.
    pub(super) status: u16,
}

impl Redirects {
    /// Reads `text`. Rules with conditions on the visitor are passed over, and so is what a host would drop.
    pub(super) fn read(text: &str) -> Self {
        Self(text.lines().filter_map(line).collect())
    }

    /// Where the first rule leads that fits `path`, of those that hold even where there is a file or of the others.
    pub(super) fn lead(&self, path: &str, is_forced: bool) -> Option<Led> {
        self.0.iter().filter(|rule| rule.is_forced == is_forced).find_map(|rule| {
            let mut found = rule::fit(&rule.from, path)?;
            // The longest name first, so that none is taken for the start of another.
            found.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
            let to = found.iter().fold(rule.to.clone(), |to, (name, value)| to.replace(&format!(":{name}"), value));
            Some(Led { to, status: rule.status })
        })
    }
}

fn line(line: &str) -> Option<Rule> {
    let words: Vec<&str> = line.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
    let [from, to, rest @ ..] = words.as_slice() else { return None };
    let is_target = |to: &str| {
        (to.starts_with('/') && !to.starts_with("//")) || to.starts_with("http:") || to.starts_with("https:")
    };
    if !from.starts_with('/') || !is_target(to) {
        return None;
    }
    let (status, is_forced) = match rest {
        [] => (301, false),
        [status] => {
            let number = status.strip_suffix('!');
            (number.unwrap_or(status).parse().ok()?, number.is_some())
        }
        _ => return None,
    };
    let is_known = matches!(status, 200 | 301 | 302 | 303 | 307 | 308 | 404);
    is_known.then(|| Rule { from: (*from).to_owned(), to: (*to).to_owned(), status, is_forced })
}

#[cfg(test)]
mod tests {
    use super::{Led, Redirects};

    #[test]
    fn the_first_rule_that_fits_leads() {
        let redirects = Redirects::read(
            "/old /new/\n/old /other/\n# /a /b\n/blog/* /articles/:splat 302\n/u/:id/:idea /:idea/:id 200\n/x /y 301!\n/z //evil.example\n\
             /js javascript:alert(1)\n/c /d 302 Country=de\n/e https://example.org/ 308 # why\n",
        );
        let led = |path: &str| redirects.lead(path, false).map(|Led { to, status }| (to, status));
        assert_eq!(led("/old/"), Some(("/new/".to_owned(), 301)));
        assert_eq!(led("/blog/a/b"), Some(("/articles/a/b".to_owned(), 302)));
        assert_eq!(led("/u/1/2"), Some(("/2/1".to_owned(), 200)));
        assert_eq!(led("/e"), Some(("https://example.org/".to_owned(), 308)));
        for path in ["/x", "/z", "/js", "/c", "/a"] {
            assert_eq!(led(path), None, "{path}");
        }
        assert_eq!(redirects.lead("/x", true).map(|led| led.to), Some("/y".to_owned()));
    }
}
