//! What a theme should not publish: files of other sites that pages load, and style and script within pages. It is looked for in the theme's own
//! files, so that each is reported once, at its place; the published pages only tell on how many it stands.

use std::collections::BTreeMap;

use super::output::Output;
use super::tags::{Attribute, Tag, tags};
use super::theme::Theme;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Sources;
use crate::text::{TextRange, VPath};

/// Attributes that load what they name, by element; a link does by what it is for.
const LOADING: &[(&str, &[&str])] = &[
    ("script", &["src"]),
    ("img", &["src", "srcset"]),
    ("source", &["src", "srcset"]),
    ("iframe", &["src"]),
    ("frame", &["src"]),
    ("embed", &["src"]),
    ("track", &["src"]),
    ("video", &["src", "poster"]),
    ("audio", &["src"]),
    ("input", &["src"]),
    ("object", &["data"]),
    ("image", &["href", "xlink:href"]),
    ("use", &["href", "xlink:href"]),
    ("feimage", &["href", "xlink:href"]),
];

/// What a `<link>` that loads something is for.
const RELATIONS: &[&str] = &[
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "mask-icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
];

/// Something that a theme should not publish.
struct Find {
    code: Code,
    path: VPath,
    range: TextRange,
    /// As it stands in every page that has it.
    text: String,
    message: &'static str,
    help: &'static str,
}

/// What `theme` should not publish and did.
pub fn foreign(theme: &Theme, sources: &Sources, output: &Output) -> Vec<Diagnostic> {
    let files: BTreeMap<&VPath, &str> = theme.templates().map(|file| (&file.path, &*file.text)).collect();
    let in_templates = files.into_iter().flat_map(|(path, text)| in_template(path, text));
    let finds: Vec<Find> = in_templates.chain(in_stylesheets(theme, sources)).collect();
    if finds.is_empty() {
        return Vec::new();
    }
    let pages: Vec<&str> = output
        .files
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".html"))
        .filter_map(|(_, bytes)| str::from_utf8(bytes).ok())
        .collect();
    let found = finds.into_iter().filter_map(|find| {
        // A template that no page is made with does no harm.
        let count = pages.iter().filter(|page| page.contains(&find.text)).count();
        let on = match count {
            0 => return None,
            1 => "1 page".to_owned(),
            count => format!("{count} pages"),
        };
        let message = format!("{}, on {on}", find.message);
        Some(Diagnostic::new(find.code, &find.path, find.range, message).help(find.help))
    });
    found.collect()
}

fn in_template(path: &VPath, text: &str) -> Vec<Find> {
    let mut finds = Vec::new();
    for tag in tags(text) {
        let mut add = |code, range: TextRange, message, help| {
            let text = literal(&text[range.bytes()]).to_owned();
            finds.push(Find { code, path: path.clone(), range, text, message, help });
        };
        for attribute in &tag.attributes {
            let value = attribute.value.trim_start().to_ascii_lowercase();
            if loads(&tag, attribute) {
                add(
                    Code::ExternalResource,
                    attribute.range,
                    "a page loads this from another site",
                    "put the file into `static/` of the theme, and name it by `site.assets`",
                );
            } else if attribute.name == "style" {
                let help = "give the element a class, and write the rule into a stylesheet in `static/`";
                add(Code::InlineCode, attribute.range, "this style stands in the page itself", help);
            } else if attribute.name.starts_with("on") || value.starts_with("javascript:") {
                let help = "add a listener in a script in `static/`";
                add(Code::InlineCode, attribute.range, "this script stands in the page itself", help);
            }
        }
        match tag.name.as_str() {
            "style" => {
                let help = "write the rules into a stylesheet in `static/`";
                add(Code::InlineCode, tag.range, "this style stands in the page itself", help);
            }
            "script" if is_code(&tag) => {
                let help = "write the script into a file in `static/`";
                add(Code::InlineCode, tag.range, "this script stands in the page itself", help);
            }
            _ => {}
        }
    }
    finds
}

/// Whether an attribute loads something from elsewhere.
fn loads(tag: &Tag, attribute: &Attribute) -> bool {
    let is_loading = match tag.name.as_str() {
        "link" => {
            let relations = tag.attributes.iter().filter(|other| other.name == "rel");
            attribute.name == "href"
                && relations
                    .flat_map(|relation| relation.value.split_whitespace())
                    .any(|relation| RELATIONS.contains(&relation.to_ascii_lowercase().as_str()))
        }
        name => LOADING.iter().any(|(element, names)| *element == name && names.contains(&attribute.name.as_str())),
    };
    let value = attribute.value.trim_start();
    let is_list = attribute.name == "srcset";
    is_loading && (is_elsewhere(value) || is_list && value.split(',').any(|address| is_elsewhere(address.trim_start())))
}

fn is_elsewhere(address: &str) -> bool {
    let start = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://") || start.starts_with("//")
}

/// Whether a script is one, and neither a file nor data such as JSON.
fn is_code(tag: &Tag) -> bool {
    let attribute = |name| tag.attributes.iter().find(|attribute| attribute.name == name);
    let is_script = attribute("type").is_none_or(|kind| {
        let kind = kind.value.trim().to_ascii_lowercase();
        kind.is_empty() || kind == "module" || kind.ends_with("javascript")
    });
    attribute("src").is_none() && is_script
}

/// What of a template's text stands in every page as it is: up to the first thing that is filled in.
fn literal(text: &str) -> &str {
    text.split(['{', '\n']).next().unwrap_or_default()
}

/// Addresses of other sites in the stylesheets that are published.
fn in_stylesheets(theme: &Theme, sources: &Sources) -> Vec<Find> {
    let mut finds = Vec::new();
    for (name, (url, asset)) in theme.statics.iter().filter(|(name, _)| name.ends_with(".css")) {
        let Ok(css) = str::from_utf8(&asset.bytes) else { continue };
        for address in addresses(css) {
            // What is published was put together from the theme's file: find it there.
            let mut themes = sources.assets.iter().rev().filter(|(path, _)| {
                path.strip_folder("themes")
                    .and_then(|rest| rest.split_once("/static/"))
                    .is_some_and(|(_, own)| own == name)
            });
            let place = themes.find_map(|(path, asset)| {
                let at = str::from_utf8(&asset.bytes).ok()?.find(address)?;
                Some((path.clone(), TextRange::new(at, at + address.len())))
            });
            let Some((path, range)) = place else { continue };
            finds.push(Find {
                code: Code::ExternalResource,
                path,
                range,
                text: url.clone(),
                message: "a page loads this from another site",
                help: "put the file into `static/` of the theme, beside the stylesheet",
            });
        }
    }
    finds
}

/// The addresses of other sites that a stylesheet loads, in `url(…)` and `@import "…"`.
fn addresses(css: &str) -> Vec<&str> {
    let starts =
        ["url(", "@import"].into_iter().flat_map(|start| css.match_indices(start).map(move |(at, _)| at + start.len()));
    let found = starts.filter_map(|start| {
        let rest = css[start..].trim_start().trim_start_matches(['"', '\'']);
        let end = rest.find(['"', '\'', ')', ' ', ';']).unwrap_or(rest.len());
        is_elsewhere(rest).then(|| &rest[..end])
    });
    let mut found: Vec<&str> = found.collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::{addresses, in_template};
    use crate::text::VPath;

    fn found(text: &str) -> Vec<(&'static str, &str)> {
        let path = VPath::new("themes/a/templates/b.html").expect("plain");
        let mut finds: Vec<_> =
            in_template(&path, text).into_iter().map(|find| (find.code.name(), &text[find.range.bytes()])).collect();
        finds.sort_unstable();
        finds
    }

    #[test]
    fn what_loads_is_told_from_what_leads() {
        for text in [
            "<a href=\"https://a.example/\">x</a> <link rel=\"license\" href=\"https://a.example/\">",
            "<script src=\"{{ root }}a.js\"></script><img src='data:image/png,x'><img src=\"{{ src }}\">",
            "<script type=\"application/ld+json\">{\"url\": \"<img src='https://a.example/'>\"}</script>",
            "{# <style> #}<!-- <style> --><p class=\"style\" data-style=\"x\">{{ \"<style>\" }} 1 < 2</p>",
            "<p title=\"a > b\" data-x='<style>'>style=\"x\"</p>",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
        let loads = "external-resource";
        assert_eq!(found("<img alt=\"a > b\" src = '//a.example/x'>"), [(loads, "src = '//a.example/x'")]);
        assert_eq!(
            found("<LINK href=https://a.example/x.css REL=StyleSheet>"),
            [(loads, "href=https://a.example/x.css")]
        );
        assert_eq!(
            found("<img srcset=\"a.png, HTTPS://a.example/x 2x\">"),
            [(loads, "srcset=\"a.png, HTTPS://a.example/x 2x\"")]
        );
        assert_eq!(
            found("<p {% if a %}style=\"color: {{ c }}\"{% endif %}>"),
            [("inline-code", "style=\"color: {{ c }}\"")]
        );
        assert_eq!(found("<a href=\"javascript:x()\">"), [("inline-code", "href=\"javascript:x()\"")]);
        assert_eq!(
            found("<script>a < b</script><style>p {}</style>"),
            [("inline-code", "<script>"), ("inline-code", "<style>")]
        );
    }

    #[test]
    fn stylesheets_load_by_url_and_import() {
        let css = "@import \"https://a.example/a.css\";a{background:url(//b.example/b.png)}b{background:url(c.png)}/* url( */";
        assert_eq!(addresses(css), ["//b.example/b.png", "https://a.example/a.css"]);
    }
}
