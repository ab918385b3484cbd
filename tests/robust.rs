//! Whatever stands in the files: no panic, and every range lies in its file, on the boundaries of characters.
#![allow(clippy::unwrap_used, reason = "a panic is a test's failure")]

mod shared;

use hornbook::diagnostic::{Code, Colour, Diagnostic, render};
use hornbook::source::{SourceFile, Sources};
use hornbook::text::{TextRange, VPath};
use hornbook::{Cache, Compilation, compile};
use shared::{Chance, own_site, put};

/// What breaks parsers.
const NASTIES: &[&str] = &[
    "---\n",
    "\n---\n",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|",
    ">",
    "&a ",
    "*a ",
    "!!x ",
    "? ",
    "\t",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{ad}",
    "é",
    "e\u{301}",
    "İ",
    "ß",
    "🦴",
    "\u{fffc}",
    "\\",
    "`",
    "```\n",
    "~~",
    "~",
    "^",
    "*",
    "**",
    "_",
    "[[",
    "]]",
    "[[a|",
    "[^1]",
    "[^1]: x\n",
    "[@",
    "[@a; @b, p. 3]",
    "](",
    "![",
    "<",
    ">",
    "<!--",
    "-->",
    "<script>",
    "</p>",
    "&amp;",
    "&#0;",
    "> [!NOTE] ",
    "> [!QUIZ]\n> - [x] a\n",
    "> [!QUIZ] {tests=a,b order=seeded}\n> 1. a\n> 2. b\n>\n> > c\n",
    "> [!QUIZ]\n> | a | b |\n> |--|--|\n> | c | d |\n",
    "> [!QUIZ]\n> x ___b / c___ y ***d*** z\n",
    " {teaches=a,b}",
    "> [!",
    "\n\n",
    "\n",
    "| a | b |\n|--|--|\n",
    "# ",
    "## x {#y .z on=1}\n",
    "$",
    "$$",
    "1. ",
    "- [ ] ",
    ": x\n",
    "javascript:",
    "../",
    "%2e%2e%2f",
    "\r",
    "\r\n",
    "\u{2028}",
    "definition: ",
    "title: [",
    "order: 9999999999999999999999",
];

fn assert_sound(compilation: &Compilation, sources: &Sources, what: &str) {
    let in_bounds = |path: &VPath, range: TextRange, diagnostic: &Diagnostic| {
        if let Some(text) = sources.text(path) {
            let whole = range.within(text) == range;
            assert!(whole, "{what}: {range:?} of {path} ({} bytes) in {diagnostic:#?}", text.len());
        }
    };
    for diagnostic in &compilation.diagnostics {
        in_bounds(&diagnostic.location.path, diagnostic.location.range, diagnostic);
        for note in &diagnostic.notes {
            in_bounds(&note.location.path, note.location.range, diagnostic);
        }
        assert_ne!(diagnostic.code, Code::InternalError, "{what}: {diagnostic:#?}");
        render(diagnostic, sources, Colour::Never, 100);
    }
}

fn mutate(text: &str, chance: &mut Chance) -> String {
    let mut text = text.to_owned();
    for _ in 0..=chance.below(4) {
        let mut at = chance.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let mut end = (at + chance.below(40)).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        match chance.below(6) {
            0 => text.truncate(at),
            1 => text.replace_range(at..end.max(at), ""),
            2 => {
                let piece = text[at..end.max(at)].to_owned();
                text.insert_str(at, &piece);
            }
            3 => text.replace_range(at..end.max(at), chance.one_of::<&str>(NASTIES)),
            _ => text.insert_str(at, chance.one_of::<&str>(NASTIES)),
        }
    }
    text
}

#[test]
fn mutated_sites_are_reported_and_no_worse() {
    let original = own_site();
    let is_ours = |path: &&VPath| path.strip_folder("content").is_some() || path.extension() == "html";
    let paths: Vec<VPath> = original.files.keys().filter(is_ours).cloned().collect();
    let cache = compile(&original, &Cache::default()).cache;
    let mut chance = Chance(0x5EED);
    for round in 0..400 {
        let mut sources = original.clone();
        for _ in 0..=chance.below(3) {
            let file = sources.files[chance.one_of(&paths)].clone();
            let text = mutate(&file.text, &mut chance);
            sources.insert(SourceFile::new(file.path.clone(), &text));
        }
        assert_sound(&compile(&sources, &cache), &sources, &format!("round {round}"));
    }
}

/// A small site with one article.
fn site_with(body: &str) -> Sources {
    let mut sources = Sources::default();
    put(
        &mut sources,
        "content/site.yaml",
        "{title: T, base_url: https://example.org/, language: en, sections: [{id: a, title: A}]}",
    );
    put(&mut sources, "content/a/page.md", &format!("---\ntitle: T\nsummary: x\n---\n{body}"));
    hornbook::render::add_builtin(&mut sources);
    sources
}

#[test]
fn hostile_markdown_ends() {
    let many = 30_000;
    let hostile = [
        ">".repeat(many),
        "[".repeat(many),
        "*".repeat(many),
        "![".repeat(many),
        "(".repeat(many),
        "- ".repeat(2_000),
        "[^".repeat(many),
        "[^a]".repeat(many),
        "!-- <".repeat(many),
        "](".repeat(many),
        "`".repeat(many),
        "`a".repeat(many),
        "<a ".repeat(many),
        "[[".repeat(many),
        "[[a|".repeat(many),
        "[@".repeat(many),
        "[@a;".repeat(many),
        "~a".repeat(many),
        "a^b".repeat(many),
        "$".repeat(many),
        "*a_ ".repeat(many),
        "&".repeat(many),
        "\\".repeat(many),
        format!("|{}\n|{}\n", "a|".repeat(3_000), "-|".repeat(3_000)),
        "> [!NOTE] a\n".repeat(many / 10),
        "> [!QUIZ] a\n> - [x] b\n\n".repeat(many / 10),
        "> [!QUIZ] a\n".repeat(many / 10),
        format!("> [!QUIZ]\n> {}\n", "___a___ ".repeat(many / 10)),
        format!("{}\n", "> [!QUIZ] ".repeat(many / 10)),
        "# a\n".repeat(many / 3),
        (0..many / 10).map(|n| format!("[r{n}]: /u\n")).collect(),
        (0..many / 10).map(|n| format!("[^n{n}]: note\n\n")).collect(),
    ];
    for body in hostile {
        let sources = site_with(&body);
        let what = body.chars().take(20).collect::<String>();
        assert_sound(&compile(&sources, &Cache::default()), &sources, &what);
    }
}

#[test]
fn hostile_front_matter_ends() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, before) in ["b", "c", "d", "e", "f", "g", "h", "i"].iter().zip(["a", "b", "c", "d", "e", "f", "g", "h"])
    {
        bomb += &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", "));
    }
    let hostile = [
        bomb.clone(),
        bomb + "extra: {x: *i}\n",
        format!("tags: {}", "[".repeat(100_000)),
        format!("extra: {}", "{a: ".repeat(100_000)),
        format!("title: {}", "x".repeat(2 << 20)),
        (0..100_000).map(|n| format!("k{n}: v\n")).collect(),
        "a: &a\n  b: *a\n".to_owned(),
        "title: !!python/object:os.system x\n".to_owned(),
        "? - a\n: b\n".to_owned(),
        "title: a\n...\ntitle: b\n".to_owned(),
        "1: a\ntrue: b\n~: c\n[x]: d\n".to_owned(),
        "<<: {title: a}\n".to_owned(),
    ];
    for text in hostile {
        let mut sources = site_with("x");
        put(&mut sources, "content/a/hostile.md", &format!("---\n{text}---\nbody\n"));
        let what = text.chars().take(30).collect::<String>();
        assert_sound(&compile(&sources, &Cache::default()), &sources, &what);
    }
}

/// Articles that require each other as `requires` says, by number.
fn chain(count: usize, requires: impl Fn(usize) -> Option<usize>) -> Sources {
    let mut sources = site_with("x");
    for number in 0..count {
        let requires = requires(number).map(|other| format!("requires: [p{other}]\n")).unwrap_or_default();
        put(&mut sources, &format!("content/a/p{number}.md"), &format!("---\ntitle: P\nsummary: x\n{requires}---\n"));
    }
    sources
}

#[test]
fn long_chains_and_circles_of_prerequisites_end() {
    let deep = chain(20_000, |number| number.checked_sub(1));
    let compilation = compile(&deep, &Cache::default());
    assert!(compilation.diagnostics.is_empty(), "{:#?}", compilation.diagnostics.first());
    let circle = chain(1_000, |number| Some((number + 1) % 1_000));
    let compilation = compile(&circle, &Cache::default());
    let found: Vec<&Diagnostic> =
        compilation.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::PrerequisiteCycle).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].notes.len(), 999, "every edge of the circle but the first is noted");
}

#[test]
fn ten_thousand_terms_and_a_long_page_end() {
    let mut text = String::new();
    let mut chance = Chance(7);
    for _ in 0..60_000 {
        text += &format!("word{} of it{}\n", chance.below(10_000), if chance.below(20) == 0 { ".\n\n" } else { "" });
    }
    let mut sources = site_with(&text);
    for number in 0..10_000 {
        put(
            &mut sources,
            &format!("content/glossary/t{number}.md"),
            &format!("---\nname: word{number} of it\ndefinition: See word{}.\n---\n", number / 2),
        );
    }
    let compilation = compile(&sources, &Cache::default());
    assert!(compilation.output.is_some(), "{:#?}", compilation.diagnostics.first());
}
