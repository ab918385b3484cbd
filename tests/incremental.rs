//! A compilation that remembers an earlier one says and makes exactly what one without memory does.
#![allow(clippy::unwrap_used, reason = "a panic is a test's failure")]

mod shared;

use hornbook::source::{Asset, SourceFile, Sources};
use hornbook::text::VPath;
use hornbook::{Cache, Compilation, compile};
use shared::{Chance, own_site};

/// What can be compared of a compilation.
fn seen(compilation: &Compilation) -> (String, Option<&hornbook::render::Output>) {
    (format!("{:#?}", compilation.diagnostics), compilation.output.as_ref())
}

fn assert_same(warm: &Compilation, cold: &Compilation, what: &str) {
    let (warm, cold) = (seen(warm), seen(cold));
    assert_eq!(warm.0, cold.0, "diagnostics after {what}");
    let (Some(warm), Some(cold)) = (warm.1, cold.1) else {
        assert_eq!(warm.1.is_some(), cold.1.is_some(), "whether there is an output after {what}");
        return;
    };
    for (path, bytes) in &cold.files {
        let other = warm.files.get(path).unwrap_or_else(|| panic!("{path} is missing after {what}"));
        assert!(bytes == other, "{path} differs after {what}:\n{}", String::from_utf8_lossy(other));
    }
    assert_eq!(warm.files.len(), cold.files.len(), "files after {what}");
}

/// A change as an author makes it.
type Edit = fn(&mut Sources, &SourceFile, &mut Chance);

fn replace(sources: &mut Sources, file: &SourceFile, from: &str, to: &str) {
    sources.insert(SourceFile::new(file.path.clone(), &file.text.replacen(from, to, 1)));
}

const EDITS: &[(&str, Edit)] = &[
    ("an edit of a body", |sources, file, chance| {
        let text =
            format!("{}\n\nMore words {} about a joint crack and the facet joints.\n", file.text, chance.below(99));
        sources.insert(SourceFile::new(file.path.clone(), &text));
    }),
    ("an edit of a title", |sources, file, chance| {
        replace(sources, file, "title: ", &format!("title: New {} ", chance.below(99)));
    }),
    ("an edit of a summary", |sources, file, chance| {
        replace(sources, file, "summary: ", &format!("summary: New {} ", chance.below(99)));
    }),
    ("an edit of a definition", |sources, file, chance| {
        replace(sources, file, "definition: ", &format!("definition: New {} ", chance.below(99)));
    }),
    ("another alias", |sources, file, chance| {
        replace(sources, file, "\ndefinition:", &format!("\nforms: [word{}]\ndefinition:", chance.below(9)));
    }),
    ("a deletion", |sources, file, _| {
        sources.files.remove(&file.path);
    }),
    ("a rename", |sources, file, chance| {
        let path = file.path.as_str().replace(".md", &format!("-{}.md", chance.below(99)));
        let text = file.text.clone();
        sources.files.remove(&file.path);
        sources.insert(SourceFile::new(VPath::new(&path).unwrap(), &text));
    }),
    ("a new draft", |sources, file, chance| {
        let path = file.path.as_str().replace(".md", &format!("-draft-{}.md", chance.below(99)));
        sources
            .insert(SourceFile::new(VPath::new(&path).unwrap(), &file.text.replacen("---\n", "---\ndraft: true\n", 1)));
    }),
    ("broken YAML", |sources, file, _| replace(sources, file, ": ", ": [")),
    ("a broken link", |sources, file, chance| {
        let text = format!("{}\n\n[[nowhere-{}]]\n", file.text, chance.below(99));
        sources.insert(SourceFile::new(file.path.clone(), &text));
    }),
    ("an edit of site.yaml", |sources, _, chance| {
        let site = sources.files[&VPath::new("content/site.yaml").unwrap()].clone();
        replace(sources, &site, "title: ", &format!("title: New {} ", chance.below(99)));
    }),
    ("another language", |sources, _, chance| {
        let site = sources.files[&VPath::new("content/site.yaml").unwrap()].clone();
        replace(sources, &site, "language: en-GB", &format!("language: {}", chance.one_of(&["de", "en", "fr"])));
    }),
    ("another expectation of a search", |sources, _, chance| {
        let text = format!("- {{query: pain and {}, first: about}}\n", chance.below(99));
        sources.insert(SourceFile::new(VPath::new("content/search.yaml").unwrap(), &text));
    }),
    ("another level of a check", |sources, _, chance| {
        let site = sources.files[&VPath::new("content/site.yaml").unwrap()].clone();
        let level = chance.one_of(&["note", "warning", "error"]);
        if !site.text.contains("\nchecks:") {
            let text = format!("{}\nchecks: {{unused-term: {level}}}\n", site.text);
            sources.insert(SourceFile::new(site.path.clone(), &text));
        }
    }),
    ("HTML let through", |sources, _, _| {
        let site = sources.files[&VPath::new("content/site.yaml").unwrap()].clone();
        if !site.text.contains("\nmarkdown:") {
            let text = format!("{}\nmarkdown: {{raw_html: allow}}\n", site.text);
            sources.insert(SourceFile::new(site.path.clone(), &text));
        }
    }),
    ("an edit of a template", |sources, _, chance| {
        let path = VPath::new("themes/default/templates/components/card.html").unwrap();
        let template = sources.files[&path].clone();
        replace(sources, &template, "<li", &format!("<li data-edit=\"{}\"", chance.below(99)));
    }),
    ("an edit of the stylesheet", |sources, _, chance| {
        let path = VPath::new("themes/default/static/site.css").unwrap();
        sources.assets.insert(path, Asset::new(format!("p {{ margin: {}px }}", chance.below(99)).into_bytes()));
    }),
    ("an edit of the bibliography", |sources, _, chance| {
        let bibliography = sources.files[&VPath::new("content/references.bib").unwrap()].clone();
        replace(sources, &bibliography, "title ", &format!("title{}", " ".repeat(1 + chance.below(3))));
    }),
];

#[test]
fn warm_is_cold() {
    for seed in 1..=6 {
        let mut chance = Chance(seed * 0x9E37_79B9);
        let original = own_site();
        let mut sources = original.clone();
        let mut cache = compile(&sources, &Cache::default()).cache;
        for step in 0..8 {
            let content = |path: &&VPath| path.extension() == "md" && path.strip_folder("content").is_some();
            let paths: Vec<VPath> = sources.files.keys().filter(content).cloned().collect();
            let file = sources.files[chance.one_of(&paths)].clone();
            let (name, edit) = chance.one_of(EDITS);
            // Every now and then the author takes everything back.
            if chance.below(5) == 0 {
                sources = original.clone();
            }
            edit(&mut sources, &file, &mut chance);
            let warm = compile(&sources, &cache);
            let cold = compile(&sources, &Cache::default());
            assert_same(&warm, &cold, &format!("{name} (seed {seed}, step {step}, {})", file.path));
            cache = warm.cache;
        }
    }
}

#[test]
fn threads_and_order_do_not_matter() {
    let sources = own_site();
    let first = compile(&sources, &Cache::default());
    assert!(first.output.is_some(), "{:#?}", first.diagnostics);
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let again = pool.install(|| compile(&sources, &Cache::default()));
        assert_same(&again, &first, &format!("{threads} threads"));
    }
    // Files found in another order.
    let mut shuffled = Sources { settings: sources.settings.clone(), ..Sources::default() };
    for file in sources.files.values().rev() {
        shuffled.files.insert(file.path.clone(), file.clone());
    }
    for (path, asset) in sources.assets.iter().rev() {
        shuffled.assets.insert(path.clone(), asset.clone());
    }
    assert_same(&compile(&shuffled, &Cache::default()), &first, "another order of files");
}

#[test]
fn line_ends_do_not_matter() {
    let sources = own_site();
    let first = compile(&sources, &Cache::default());
    let mut windows = sources.clone();
    for file in sources.files.values() {
        let text = format!("\u{feff}{}", file.text.replace('\n', "\r\n"));
        windows.insert(SourceFile::new(file.path.clone(), &text));
    }
    assert_same(&compile(&windows, &Cache::default()), &first, "line ends of another system");
}
