//! Code in a known language → HTML with a few short classes, which the theme colours.

use std::sync::LazyLock;

use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::text::{escape_into, escaped};

/// The longest line, in bytes, that is highlighted: grammars take more than linear time on minified code.
const LONGEST_LINE: usize = 2_000;

/// The longest block, in bytes, that is highlighted.
const LONGEST_BLOCK: usize = 64 * 1024;

/// `code` as HTML: escaped, with `<span class="hl-…">` around what the grammar of `language` marks.
///
/// `language` is the first word of a code fence: a language's name or file extension, in any case. An unknown language, a line over
/// 2 000 bytes or a block over 64 KiB gives escaped text without spans. A span may run over several lines (a comment, a string).
pub fn highlight(language: &str, code: &str) -> String {
    spans(language, code).unwrap_or_else(|| escaped(code))
}

/// Names that people write on code fences and that no grammar claims, with a grammar that reads such code well.
const ALIASES: &[(&str, &str)] = &[
    ("c#", "cs"),
    ("cjs", "js"),
    ("console", "sh"),
    ("csharp", "cs"),
    ("golang", "go"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsx", "js"),
    ("mjs", "js"),
    ("plain", "txt"),
    ("plaintext", "txt"),
    ("shell", "sh"),
    ("shell-session", "sh"),
    ("svelte", "html"),
    ("svg", "xml"),
    ("text", "txt"),
    ("ts", "js"),
    ("tsx", "js"),
    ("typescript", "js"),
    ("vue", "html"),
];

/// Scopes of the grammars with the class that they get; the longest match wins, and `None` takes the class of what is around away.
/// A scope that is not here keeps the class of what is around it, so that the quotes of a string belong to the string.
const CLASSES: &[(&str, Option<&str>)] = &[
    ("comment", Some("hl-comment")),
    ("constant", Some("hl-constant")),
    ("constant.numeric", Some("hl-number")),
    ("entity.name", Some("hl-type")),
    ("entity.name.function", Some("hl-function")),
    ("entity.name.section", Some("hl-heading")),
    ("entity.name.tag", Some("hl-tag")),
    ("entity.other.attribute-name", Some("hl-attribute")),
    ("entity.other.inherited-class", Some("hl-type")),
    ("keyword", Some("hl-keyword")),
    ("keyword.operator", Some("hl-operator")),
    ("keyword.operator.word", Some("hl-keyword")),
    ("markup.bold", Some("hl-strong")),
    ("markup.deleted", Some("hl-deleted")),
    ("markup.heading", Some("hl-heading")),
    ("markup.inserted", Some("hl-inserted")),
    ("markup.italic", Some("hl-emphasis")),
    ("markup.raw", Some("hl-string")),
    ("markup.underline.link", Some("hl-link")),
    ("meta.interpolation", None),
    ("meta.property-name", Some("hl-attribute")),
    ("meta.template.expression", None),
    ("punctuation.definition.heading", Some("hl-heading")),
    ("punctuation.definition.list_item", Some("hl-punctuation")),
    ("punctuation.section.embedded", Some("hl-punctuation")),
    ("punctuation.section.interpolation", Some("hl-punctuation")),
    ("source", None),
    ("storage", Some("hl-keyword")),
    ("string", Some("hl-string")),
    ("support.class", Some("hl-type")),
    ("support.constant", Some("hl-constant")),
    ("support.function", Some("hl-function")),
    ("support.type", Some("hl-type")),
    ("support.type.property-name", Some("hl-attribute")),
    ("text", None),
    ("variable.annotation", Some("hl-attribute")),
    ("variable.function", Some("hl-function")),
    ("variable.language", Some("hl-variable")),
    ("variable.other.constant", Some("hl-constant")),
    ("variable.parameter", Some("hl-variable")),
];

/// Every grammar, and [`CLASSES`] with its scopes made numbers.
struct Grammars {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, Option<&'static str>)>,
}

/// A constant that is too large to write down, not state: the same value on every run, never changed once made, so that no result
/// depends on who asked first. Made at the first block of code; a site without code pays nothing.
static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| {
    let mut classes: Vec<(Scope, Option<&str>)> =
        CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect();
    classes.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
    Grammars { syntaxes: SyntaxSet::load_defaults_newlines(), classes }
});

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    if language.is_empty() {
        return None;
    }
    let language = language.to_ascii_lowercase();
    let token = ALIASES.iter().find(|(alias, _)| *alias == language).map_or(language.as_str(), |(_, token)| token);
    GRAMMARS.syntaxes.find_syntax_by_token(token)
}

/// `None` where the code is better left plain.
fn spans(language: &str, code: &str) -> Option<String> {
    if code.len() > LONGEST_BLOCK || code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let mut state = ParseState::new(syntax(language)?);
    let mut stack = ScopeStack::new();
    // For each scope of the stack, the class of text in it.
    let mut classes: Vec<Option<&'static str>> = Vec::new();
    let mut writer = Writer::new(code.len());
    for line in code.split_inclusive('\n') {
        let mut done = 0;
        for (offset, operation) in parse_line(&mut state, line)? {
            let offset = offset.min(line.len());
            writer.write(line.get(done..offset)?, classes.last().copied().flatten());
            done = offset;
            let change = |operation: BasicScopeStackOp, _: &[Scope]| match operation {
                BasicScopeStackOp::Push(scope) => classes.push(class_of(scope, classes.last().copied().flatten())),
                BasicScopeStackOp::Pop => drop(classes.pop()),
            };
            stack.apply_with_hook(&operation, change).ok()?;
        }
        writer.write(&line[done..], classes.last().copied().flatten());
    }
    Some(writer.finish())
}

/// The grammars expect every line to end in a newline, which the last line of a block may lack.
fn parse_line(state: &mut ParseState, line: &str) -> Option<Vec<(usize, syntect::parsing::ScopeStackOp)>> {
    if line.ends_with('\n') {
        state.parse_line(line, &GRAMMARS.syntaxes).ok()
    } else {
        state.parse_line(&format!("{line}\n"), &GRAMMARS.syntaxes).ok()
    }
}

fn class_of(scope: Scope, around: Option<&'static str>) -> Option<&'static str> {
    GRAMMARS.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map_or(around, |(_, class)| *class)
}

/// Joins neighbours of one class, also across the space between them, and keeps space at the ends out of spans.
struct Writer {
    html: String,
    open: Option<&'static str>,
    space: String,
}

impl Writer {
    fn new(length: usize) -> Self {
        Self { html: String::with_capacity(length * 2), open: None, space: String::new() }
    }

    fn write(&mut self, text: &str, class: Option<&'static str>) {
        let rest = text.trim_start();
        self.space.push_str(&text[..text.len() - rest.len()]);
        let core = rest.trim_end();
        if core.is_empty() {
            return;
        }
        if class == self.open {
            self.html.push_str(&self.space);
        } else {
            self.close();
            self.html.push_str(&self.space);
            if let Some(class) = class {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.open = class;
        }
        escape_into(&mut self.html, core);
        self.space.clear();
        self.space.push_str(&rest[core.len()..]);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html + &self.space
    }
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, GRAMMARS, highlight, syntax};
    use crate::text::escaped;

    #[test]
    fn marks_what_grammars_mark() {
        let cases = [
            (
                "rust",
                "// Two\n// lines\nfn main() {\n    let x = 1;\n}\n",
                "<span class=\"hl-comment\">// Two\n// lines</span>\n<span class=\"hl-keyword\">fn</span> \
                 <span class=\"hl-function\">main</span>() {\n    <span class=\"hl-keyword\">let</span> x \
                 <span class=\"hl-operator\">=</span> <span class=\"hl-number\">1</span>;\n}\n",
            ),
            ("Python", "'a<b'", "<span class=\"hl-string\">'a&lt;b'</span>"),
            ("yaml", "title: Joints", "<span class=\"hl-tag\">title</span>: <span class=\"hl-string\">Joints</span>"),
            (
                "json",
                "{\"a\": [true, -1.5]}",
                "{<span class=\"hl-string\">&quot;a&quot;</span>: [<span class=\"hl-constant\">true</span>, \
                 <span class=\"hl-number\">-1.5</span>]}",
            ),
            ("diff", "-a\n+b\n", "<span class=\"hl-deleted\">-a</span>\n<span class=\"hl-inserted\">+b</span>\n"),
            ("md", "# Pop", "<span class=\"hl-heading\"># Pop</span>"),
            ("text", "a < b", "a &lt; b"),
        ];
        for (language, code, html) in cases {
            assert_eq!(highlight(language, code), html, "{language}");
        }
    }

    #[test]
    fn spans_balance_and_lose_no_text() {
        let code =
            "<a href=\"x\" onclick='f(`${1 + \"é\"}`)'>&amp;</a>\n<script>\nlet s = `a\n${b}`; /* c\n</script>\n\"\\";
        for syntax in GRAMMARS.syntaxes.syntaxes() {
            let html = highlight(&syntax.name, code);
            let mut text = html.replace("</span>", "");
            while let Some(start) = text.find("<span class=\"hl-") {
                let end = start + text[start..].find('>').expect("a tag ends") + 1;
                text.replace_range(start..end, "");
            }
            assert_eq!(text, escaped(code), "{}", syntax.name);
            assert_eq!(html.matches("<span").count(), html.matches("</span>").count(), "{}", syntax.name);
        }
    }

    #[test]
    fn what_cannot_be_highlighted_is_plain() {
        assert_eq!(highlight("klingon", "<b>"), "&lt;b&gt;");
        assert_eq!(highlight("", "let x = 1;"), "let x = 1;");
        let long = format!("let x = {};", "1".repeat(2_000));
        assert_eq!(highlight("rust", &long), long);
        let large = "let x = 1;\n".repeat(6_000);
        assert_eq!(highlight("rust", &large), large);
    }

    #[test]
    fn languages_are_known_by_name_extension_and_alias() {
        for language in ["rust", "Rust", "rs", "python", "C++", "TypeScript", "yml", "bash", "svg", "plain", "bibtex"] {
            assert!(syntax(language).is_some(), "{language}");
        }
        for language in ["", "klingon", "rust,ignore", "\" onload=\"x"] {
            assert!(syntax(language).is_none(), "{language}");
        }
    }

    #[test]
    fn every_scope_is_in_the_table() {
        assert_eq!(GRAMMARS.classes.len(), CLASSES.len());
    }
}
