//! The script of the theme finds what the compiler finds, in the same order and with the same points.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests touch files and say what they skip"
)]

mod shared;

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use hornbook::render::add_builtin;
use hornbook::search::{Index, Memory};
use hornbook::source::Sources;
use hornbook::{Cache, compile};
use shared::{Chance, own_site, put};

/// What a query finds: the care card, or −1, and documents with their points.
type Found = (i64, Vec<(u32, u64)>);

/// `None`, loudly, where there is no node; with HORNBOOK_REQUIRE_TOOLS set that is a failure.
fn by_script(sources: &Sources, queries: &[String]) -> Option<Vec<Found>> {
    if !Command::new("node").arg("--version").output().is_ok_and(|ended| ended.status.success()) {
        assert!(env::var_os("HORNBOOK_REQUIRE_TOOLS").is_none(), "node is missing");
        eprintln!("SKIPPED: node is missing, so the script was not compared with the compiler");
        return None;
    }
    let compilation = compile(sources, &Cache::default());
    let output = compilation.output.unwrap_or_else(|| panic!("{:#?}", compilation.diagnostics));
    let place = tempfile::tempdir().unwrap();
    for (path, bytes) in &output.files {
        let path = place.path().join("site").join(path.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let list = place.path().join("queries.json");
    fs::write(&list, serde_json::to_string(queries).unwrap()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut node = Command::new("node");
    node.arg(root.join("tests/search/find.js")).arg(root.join("themes/default/static/search.js"));
    let ended = node.arg(place.path().join("site")).arg(&list).output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    Some(serde_json::from_slice(&ended.stdout).unwrap())
}

fn by_compiler(index: &Index, query: &str) -> Found {
    let results = index.query(query);
    let card = results.card.map_or(-1, |card| i64::try_from(card).unwrap());
    (card, results.hits.iter().map(|hit| (hit.document, hit.score)).collect())
}

fn assert_alike(sources: &Sources, queries: &[String]) {
    let Some(found) = by_script(sources, queries) else { return };
    let index = Index::new(&compile(sources, &Cache::default()).site, &Memory::default()).0;
    assert_eq!(found.len(), queries.len());
    let mut something = 0;
    for (query, found) in queries.iter().zip(found) {
        let expected = by_compiler(&index, query);
        something += usize::from(!expected.1.is_empty());
        assert_eq!(found, expected, "the script finds something else for {query:?}");
    }
    assert!(something * 2 > queries.len(), "only {something} of {} queries find anything", queries.len());
}

/// Words of the site as they are, begun, mistyped, and beside each other.
fn queries_of(index: &Index, seed: u64, count: usize) -> Vec<String> {
    let mut chance = Chance(seed);
    let words: Vec<&str> = index.words.iter().map(|word| word.text.as_str()).collect();
    let titles: Vec<&str> = index.documents.iter().map(|document| document.title.as_str()).collect();
    let names: Vec<&str> = index.names.iter().flatten().map(String::as_str).collect();
    let one = |chance: &mut Chance| {
        let mut typed: Vec<char> = match chance.below(4) {
            0 => chance.one_of(&titles).chars().collect(),
            1 if !names.is_empty() => chance.one_of(&names).chars().collect(),
            _ => chance.one_of(&words).chars().collect(),
        };
        let at = chance.below(typed.len());
        match chance.below(8) {
            0 => typed.truncate(at + 1),
            1 => {
                typed.remove(at);
            }
            2 => typed.insert(at, 'x'),
            3 if at > 0 => typed.swap(at - 1, at),
            4 => typed[at] = *chance.one_of(&['e', 'S', '-', '\'', ' ', 'ü']),
            _ => {}
        }
        typed.into_iter().collect::<String>()
    };
    (0..count)
        .map(|_| {
            let parts: Vec<String> = (0..=chance.below(3)).map(|_| one(&mut chance)).collect();
            let between = *chance.one_of(&[" ", " ", "-", ", ", "  "]);
            parts.join(between)
        })
        .collect()
}

#[test]
fn the_script_finds_what_the_compiler_finds() {
    let sources = own_site();
    let compilation = compile(&sources, &Cache::default());
    let index = Index::new(&compilation.site, &Memory::default()).0;
    let mut queries: Vec<String> =
        compilation.site.searches.expected.iter().map(|expected| expected.query.clone()).collect();
    queries.extend(queries_of(&index, 0x9E37_79B9, 400));
    let hostile = [
        "",
        " ",
        "'",
        "-",
        "…",
        "__proto__",
        "constructor",
        "toString",
        "hasOwnProperty",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "\\u0000",
        "a b c d e f g h i j k l m n o p",
        "ππ",
        "🦴",
        "𝒸𝓇𝒶𝒸𝓀",
        "ＣＲＡＣＫ",
        "crac\u{301}k",
        "can’t pee",
        "it's",
        "\u{fffc}",
        "\u{202e}kcarc",
    ];
    queries.extend(hostile.map(str::to_owned));
    queries.push("crack ".repeat(500));
    assert_alike(&sources, &queries);
}

/// A site so large that typos are only looked for among words with the same first letter.
#[test]
fn large_sites_are_searched_alike() {
    let mut chance = Chance(42);
    let word = |chance: &mut Chance| {
        (0..3 + chance.below(3)).map(|_| *chance.one_of(&["ba", "ke", "sti", "o", "ru", "né", "ws", "ch"])).collect()
    };
    let words: Vec<String> = (0..3_000).map(|_| word(&mut chance)).collect();
    let mut sources = Sources::default();
    let site = "title: x\nbase_url: https://example.org/\nlanguage: en\nsections: [{id: a, title: A}]\n";
    put(&mut sources, "content/site.yaml", site);
    for number in 0..500 {
        let text: Vec<&str> = (0..250).map(|_| chance.one_of(&words).as_str()).collect();
        let article = format!("---\ntitle: {}\nsummary: {}\n---\n{}\n", text[0], text[1..5].join(" "), text.join(" "));
        put(&mut sources, &format!("content/a/{number}.md"), &article);
    }
    add_builtin(&mut sources);
    let index = Index::new(&compile(&sources, &Cache::default()).site, &Memory::default()).0;
    assert!(index.shards.len() > 12, "{} shards are not many", index.shards.len());
    assert_alike(&sources, &queries_of(&index, 3, 200));
}

#[test]
fn other_scripts_and_hostile_words_are_found_alike() {
    let mut sources = Sources::default();
    let site = "title: Σελίδα\nbase_url: https://example.org/\nlanguage: el\nhelp: help\nsections: [{id: a, title: Ä}]\n\
                search: {emergency: ['δεν μπορώ']}\n";
    put(&mut sources, "content/site.yaml", site);
    put(
        &mut sources,
        "content/help.md",
        "---\ntitle: Βοήθεια\nsummary: x\n---\n> [!EMERGENCY] Τώρα\n> - μούδιασμα στα πόδια\n> - l’eau\n",
    );
    let words = [
        ("ponos", "πόνος", "Οσφυαλγία ΠΌΝΟΣ στη μέση."),
        ("ruecken", "Rückenschmerz", "Straße Übung, größer als ein Ärger; l’eau d'œuvre."),
        ("proto", "__proto__", "constructor toString hasOwnProperty valueOf"),
        ("script", "</script><script>alert(1)</script>", "\"'`\\n${x} <!-- ]]>"),
        ("koshi", "腰痛", "腰痛がある人は体操をする。"),
        ("hindi", "पीठ दर्द", "हिन्दी भाषा में पीठ का दर्द"),
        ("astral", "𝔘𝔫𝔦", "𐐷𐐲𐑌 𞤀𞤣 ﬀ \u{fa0e}\u{ffda} 𠀀𠀁"),
    ];
    for (id, name, text) in words {
        // Its quoting is YAML too.
        let yaml = |text: &str| serde_json::to_string(text).unwrap();
        let markdown = text.replace('<', "\\<");
        let term = format!("---\nname: {}\ndefinition: {}\n---\n", yaml(name), yaml(&markdown));
        put(&mut sources, &format!("content/glossary/{id}.md"), &term);
        let article =
            format!("---\ntitle: {}\nsummary: {}\n---\n## {markdown}\n\n{markdown}\n", yaml(name), yaml(text));
        put(&mut sources, &format!("content/a/{id}.md"), &article);
    }
    add_builtin(&mut sources);
    let index = Index::new(&compile(&sources, &Cache::default()).site, &Memory::default()).0;
    let mut queries = queries_of(&index, 7, 200);
    queries.extend(words.iter().flat_map(|(_, name, text)| [(*name).to_owned(), (*text).to_owned()]));
    queries.extend(
        ["μουδιασμα", "ΔΕΝ ΜΠΟΡΏ", "δεν", "strasse", "rucken", "ruecken", "leau", "eau", "腰", "𐐷", "ﬀ"]
            .map(str::to_owned),
    );
    assert_alike(&sources, &queries);
}
