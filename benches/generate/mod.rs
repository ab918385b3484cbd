//! Realistic sites of any size, the same for the same seed.

use std::fmt::Write as _;

/// Two words that name a term, one of each.
const FIRST: &[&str] = &["facet", "root", "leaf", "deep", "outer", "gliding", "lower", "upper", "dorsal", "basal"];
const SECOND: &[&str] = &["joint", "capsule", "fluid", "muscle", "ligament", "disc"];

/// Words of running text.
const WORDS: &str = "the of a in to and is that it was for on are with as they be at one have this from or had by hot but some what \
    there we can out other were all your when up use how said an each she which do their time if will way about many then them would \
    write like so these her long make thing see him two has look more day could go come did number sound no most people my over \
    know water than call first who may down side been now find any new work part take get place made live where after back little \
    only round man year came show every good me give our under name";

const SECTIONS: usize = 4;
const EXERCISES: usize = 40;
const SOURCES: usize = 50;
const PARAGRAPHS: usize = 12;
const WORDS_A_PARAGRAPH: usize = 48;

/// Chance from a seed (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % limit
    }

    fn one_of<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

/// The files of a site with so many articles of some 600 words, 60 terms and 40 exercises: path and text.
pub fn site(articles: usize) -> Vec<(String, String)> {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let terms: Vec<String> =
        FIRST.iter().flat_map(|first| SECOND.iter().map(move |second| format!("{first} {second}"))).collect();
    let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
    let mut files =
        vec![("content/site.yaml".to_owned(), configuration()), ("content/references.bib".to_owned(), references())];
    for term in &terms {
        let other = chance.one_of(&terms);
        let text = format!(
            "---\nname: {term}\naliases: [{term} unit]\ndefinition: What people call a {term}, next to the {other}, in plain words.\n---\n"
        );
        files.push((format!("content/glossary/{}.md", term.replace(' ', "-")), text));
    }
    for number in 0..EXERCISES {
        files.push((format!("content/exercises/move-{number}.md"), exercise(number, &mut chance, &terms)));
    }
    for number in 0..articles {
        let text = article(number, articles, &mut chance, &words, &terms);
        files.push((format!("content/part-{}/page-{number}.md", number % SECTIONS), text));
    }
    files
}

fn configuration() -> String {
    let sections: Vec<String> = (0..SECTIONS)
        .map(|number| format!("{{id: part-{number}, title: Part {number}, summary: What part {number} says.}}"))
        .collect();
    format!(
        "title: A site to measure\nsummary: Pages like those that people write.\nbase_url: https://measure.example/\nlanguage: en\n\
         sections: [{}]\nexercises:\n  facets:\n    - {{id: aim, title: Aim, values: [{{id: a, title: A}}, {{id: b, title: B}}, {{id: c, title: C}}]}}\n    \
         - {{id: level, title: Level, values: [{{id: x, title: X}}, {{id: y, title: Y}}]}}\n",
        sections.join(", ")
    )
}

fn references() -> String {
    (0..SOURCES).fold(String::new(), |mut out, number| {
        let _ = writeln!(
            out,
            "@article{{key{number}, author={{Doe, Jane and Roe, R.}}, title={{On Measuring {number}}}, journal={{Journal of Measures}}, \
             year={{{}}}, volume={{{number}}}, pages={{1--9}}, doi={{10.1000/{number}}}}}",
            1970 + number
        );
        out
    })
}

fn exercise(number: usize, chance: &mut Chance, terms: &[&str]) -> String {
    let (aim, level) = (["a", "b", "c"][number % 3], ["x", "y"][number % 2]);
    format!(
        "---\ntitle: Move {number}\nsummary: A move for the {}.\nfacets: {{aim: {aim}, level: {level}}}\ndose: {{sets: 2, reps: 6–10, hold: 5 s}}\n\
         stop_if: [It hurts more than before.]\nharder: [move-{}]\n---\n1. Begin slowly.\n2. Mind the {}.\n3. Rest.\n",
        chance.one_of(terms),
        (number + 1) % EXERCISES,
        chance.one_of(terms),
    )
}

fn article(number: usize, articles: usize, chance: &mut Chance, words: &[&str], terms: &[&str]) -> String {
    let requires = match number.checked_sub(SECTIONS) {
        Some(before) if number.is_multiple_of(3) => format!("requires: [page-{before}]\n"),
        Some(_) | None => String::new(),
    };
    let mut text = format!(
        "---\ntitle: Page {number} and what it says\nsummary: What page {number} says, in a sentence.\norder: {number}\npublished: 2026-01-01\n{requires}\
         exercises: [move-{}]\ntags: [t{}]\nobjectives: [Say what page {number} says.]\n\
         at_a_glance: [One point about the {}., Another point., A third.]\ntakeaways: [Remember this., And that about a {}.]\n---\n",
        number % EXERCISES,
        number % 20,
        chance.one_of(terms),
        chance.one_of(terms)
    );
    for paragraph in 0..PARAGRAPHS {
        if paragraph % 3 == 0 {
            let _ = writeln!(text, "## What about {} {}?\n", chance.one_of(words), paragraph / 3);
        }
        for word in 0..WORDS_A_PARAGRAPH {
            let next = if word % 24 == 11 { chance.one_of(terms) } else { chance.one_of(words) };
            let _ = write!(text, "{next}{}", if word % 12 == 11 { "\n" } else { " " });
        }
        let _ = match paragraph {
            1 | 4 | 7 => {
                let other = chance.below(articles);
                writeln!(
                    text,
                    "See [that page](../part-{}/page-{other}.md) [@key{}].\n",
                    other % SECTIONS,
                    chance.below(SOURCES)
                )
            }
            2 | 5 => writeln!(text, "See [[page-{}]] and *more*.\n", chance.below(articles)),
            3 | 6 | 9 => writeln!(text, "Read [elsewhere](https://example.org/{}).\n", chance.below(1000)),
            _ => writeln!(text, "So it is.\n"),
        };
    }
    text.push_str("| what | how much |\n|---|--:|\n| one | 1 |\n| two | 2 |\n\n");
    if number.is_multiple_of(10) {
        text.push_str("```rust\nfn main() {\n    println!(\"hello\");\n}\n```\n");
    }
    text
}
