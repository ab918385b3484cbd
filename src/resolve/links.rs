//! References → targets: every link followed, or reported with the nearest names.

use super::facets::{Facets, Missing};
use super::site::{PageId, Target};
use super::symbols::{Found, Symbols};
use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::parse::document::{Document, Link, Reference};
use crate::source::Sources;
use crate::text::{TextRange, VPath, nearest};

/// Follows links of one document.
pub(super) struct Resolver<'a> {
    pub(super) symbols: &'a Symbols<'a>,
    pub(super) facets: &'a Facets<'a>,
    pub(super) pages: &'a [&'a Document],
    pub(super) urls: &'a [String],
    pub(super) sources: &'a Sources,
}

impl Resolver<'_> {
    /// The targets of all references of `document`, and what is wrong with them.
    pub(super) fn resolve(&self, document: &Document) -> (Vec<Target>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let targets = document
            .references
            .iter()
            .map(|reference| match self.target(document, reference) {
                Ok(target) => target,
                Err(problem) => {
                    problems.extend(problem.map(|problem| *problem));
                    Target::Broken
                }
            })
            .collect();
        (targets, problems)
    }

    fn target(&self, document: &Document, reference: &Reference) -> Result<Target, Option<Box<Diagnostic>>> {
        let at = || document.locate(reference.origin, reference.range);
        let report = |code, message: String| Diagnostic::new(code, document.path(), at(), message);
        match &reference.link {
            Link::Anchor(anchor) if anchor.is_empty() && reference.written.is_empty() => {
                let problem = report(Code::BrokenLink, "this link leads nowhere".to_owned());
                Err(Some(Box::new(
                    problem.help("write a file of this site, or an address, between the round brackets"),
                )))
            }
            Link::Anchor(anchor) if anchor.is_empty() => Ok(Target::Here(String::new())),
            Link::Anchor(anchor) => {
                self.check_anchor(document, anchor, document, &at).map(|()| Target::Here(anchor.clone()))
            }
            Link::Outside => {
                let message = format!("`{}` leads out of the site's content", reference.written);
                Err(Some(Box::new(report(Code::BrokenLink, message))))
            }
            Link::Image(path) => match self.asset(path) {
                true => Ok(Target::Asset(path.clone())),
                false => Err(Some(Box::new(self.missing_asset(
                    report(Code::MissingAsset, format!("there is no picture `{path}`")),
                    path,
                    document,
                )))),
            },
            Link::File(path, anchor) => self.file(document, reference, path, anchor.as_deref(), &at),
            Link::Facet(facet, value, anchor) => {
                let id = format!("{facet}:{value}");
                if !self.facets.has(facet) && !matches!(self.symbols.id(&id, &[]), Found::None) {
                    return self.id(document, None, &id, anchor.as_deref(), &at);
                }
                self.facet(facet, value, anchor.as_deref()).map_err(|(code, Missing { message, near, help })| {
                    let near: Vec<&str> = near.iter().map(String::as_str).collect();
                    let problem = report(code, message).suggest(&near);
                    Some(Box::new(help.into_iter().fold(problem, Diagnostic::help)))
                })
            }
            Link::Id(kind, id, anchor) => self.id(document, *kind, id, anchor.as_deref(), &at),
        }
    }

    fn facet(&self, facet: &str, value: &str, anchor: Option<&str>) -> Result<Target, (Code, Missing)> {
        let id = self.facets.find(facet, value).map_err(|missing| (Code::BrokenLink, missing))?;
        match anchor.filter(|anchor| !anchor.is_empty()) {
            None => Ok(Target::Facet(id)),
            Some(anchor) => {
                let message = format!("no heading `#{anchor}` on the page of `{facet}:{value}`");
                let help = Some("take the anchor away".to_owned());
                Err((Code::MissingAnchor, Missing { message, near: Vec::new(), help }))
            }
        }
    }

    fn id(
        &self,
        document: &Document,
        kind: Option<Kind>,
        id: &str,
        anchor: Option<&str>,
        at: &dyn Fn() -> TextRange,
    ) -> Result<Target, Option<Box<Diagnostic>>> {
        let report = |code, message: String| Diagnostic::new(code, document.path(), at(), message);
        let kinds: &[Kind] = kind.as_slice();
        match self.symbols.id(id, kinds) {
            Found::One(page) => self.to_page(document, page, anchor, at),
            Found::Many(kinds) => {
                let mut problem = report(Code::AmbiguousLink, format!("`{id}` names more than one page"));
                for kind in kinds {
                    problem = problem.help(format!("write `[[{}:{id}]]` for the {}", kind.name(), kind.name()));
                }
                Err(Some(Box::new(problem)))
            }
            Found::Hidden(why) => {
                Err(Some(Box::new(report(Code::UnpublishedLink, format!("`{id}` is {}", why.reason())))))
            }
            Found::None => {
                let what = kind.map_or("page", Kind::name);
                let problem = report(Code::BrokenLink, format!("there is no {what} `{id}`"));
                Err(Some(Box::new(match self.symbols.id(id, &[]) {
                    Found::One(other) => {
                        let other = self.pages[other.index()].kind().name();
                        problem.help(format!("`{id}` is of the kind {other}: write `[[{other}:{id}]]`"))
                    }
                    Found::Many(_) | Found::Hidden(_) | Found::None => {
                        problem.suggest_for(&document.source.text, id, &self.symbols.ids_near(id, kinds))
                    }
                })))
            }
        }
    }

    fn file(
        &self,
        document: &Document,
        reference: &Reference,
        path: &VPath,
        anchor: Option<&str>,
        at: &dyn Fn() -> TextRange,
    ) -> Result<Target, Option<Box<Diagnostic>>> {
        if let Some(page) = self.symbols.path(path.as_str()) {
            return self.to_page(document, page, anchor, at);
        }
        let report = |code, message: String| Diagnostic::new(code, document.path(), at(), message);
        if let Some(why) = self.symbols.hidden_path(path.as_str()) {
            return Err(Some(Box::new(report(Code::UnpublishedLink, format!("`{path}` is {}", why.reason())))));
        }
        if path.extension() != "md" && self.asset(path) {
            return Ok(Target::Asset(path.clone()));
        }
        let message = format!("there is no file `{path}`");
        if let Some(other) = self.symbols.path_in_other_case(path.as_str()) {
            let right = relative(document.path(), other);
            let written = reference.written.split('#').next().unwrap_or_default();
            let fix = Fix::of_word(&document.source.text, at(), written, &right);
            let help = format!("`{other}` is written in other upper and lower case: write `{right}`");
            let problem = report(Code::BrokenLink, message).help(help).fixed_by(fix);
            return Err(Some(Box::new(problem)));
        }
        // An address instead of a file.
        let address = path.strip_folder("content").unwrap_or_default();
        if let Some(index) =
            self.urls.iter().position(|url| url.trim_end_matches('/') == address && !address.is_empty())
        {
            let file = relative(document.path(), self.pages[index].path().as_str());
            let problem = report(Code::BrokenLink, format!("`{}` is an address, not a file", reference.written))
                .help(format!("write the file: `{file}`"));
            return Err(Some(Box::new(problem)));
        }
        if !matches!(path.extension(), "md" | "") {
            return Err(Some(Box::new(self.missing_asset(report(Code::MissingAsset, message), path, document))));
        }
        let near: Vec<String> =
            self.symbols.paths_near(path.as_str()).into_iter().map(|near| relative(document.path(), near)).collect();
        let near: Vec<&str> = near.iter().map(String::as_str).collect();
        let written = reference.written.split('#').next().unwrap_or_default();
        Err(Some(Box::new(report(Code::BrokenLink, message).suggest_for(&document.source.text, written, &near))))
    }

    fn to_page(
        &self,
        document: &Document,
        page: PageId,
        anchor: Option<&str>,
        at: &dyn Fn() -> TextRange,
    ) -> Result<Target, Option<Box<Diagnostic>>> {
        if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
            self.check_anchor(document, anchor, self.pages[page.index()], at)?;
        }
        Ok(Target::Page(page, anchor.filter(|anchor| !anchor.is_empty()).map(str::to_owned)))
    }

    fn check_anchor(
        &self,
        document: &Document,
        anchor: &str,
        target: &Document,
        at: &dyn Fn() -> TextRange,
    ) -> Result<(), Option<Box<Diagnostic>>> {
        if target.headings.iter().any(|heading| heading.id == anchor) {
            return Ok(());
        }
        let names: Vec<String> = target.headings.iter().map(|heading| format!("#{}", heading.id)).collect();
        let wanted = format!("#{anchor}");
        let near = nearest(&wanted, names.iter().map(String::as_str));
        let mut problem = Diagnostic::new(
            Code::MissingAnchor,
            document.path(),
            at(),
            format!("no heading `{wanted}` in `{}`", target.path()),
        )
        .suggest_for(&document.source.text, &wanted, &near);
        if near.is_empty() && !names.is_empty() {
            problem = problem.help(format!(
                "its headings are {}",
                names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            ));
        }
        Err(Some(Box::new(problem)))
    }

    fn asset(&self, path: &VPath) -> bool {
        let is_content = path.strip_folder("content").is_some();
        let is_text =
            self.sources.files.contains_key(path) && !matches!(path.extension(), "md" | "yaml" | "yml" | "bib");
        is_content && (self.sources.assets.contains_key(path) || is_text)
    }

    fn missing_asset(&self, problem: Diagnostic, path: &VPath, document: &Document) -> Diagnostic {
        let assets = self.sources.assets.keys().filter(|asset| asset.strip_folder("content").is_some());
        let name = path.file_name();
        let same: Vec<String> = assets
            .clone()
            .filter(|asset| asset.file_name().eq_ignore_ascii_case(name))
            .map(|asset| relative(document.path(), asset.as_str()))
            .take(3)
            .collect();
        let near = if same.is_empty() {
            let near = nearest(path.as_str(), assets.map(VPath::as_str));
            near.into_iter().map(|near| relative(document.path(), near)).collect()
        } else {
            same
        };
        problem.suggest(&near.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// How the file at `from` writes a link to the file at `to`.
pub(super) fn relative(from: &VPath, to: &str) -> String {
    let from: Vec<&str> = from.as_str().split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = &from[..from.len() - 1];
    let shared = folders.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = vec![".."; folders.len() - shared];
    up.into_iter().chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::relative;
    use crate::text::VPath;

    #[test]
    fn writes_links_as_authors_do() {
        let from = VPath::new("content/anatomy/a.md").expect("plain");
        assert_eq!(relative(&from, "content/anatomy/b.md"), "b.md");
        assert_eq!(relative(&from, "content/risks/c.md"), "../risks/c.md");
        assert_eq!(relative(&from, "content/d.md"), "../d.md");
    }
}
