use super::{Bibliography, Entry, parse};
use crate::source::SourceFile;
use crate::text::VPath;

fn bibliography(text: &str) -> Bibliography {
    parse(&SourceFile::new(VPath::new("content/references.bib").expect("a plain path"), text))
}

/// The only entry of `text`, which has no problem.
fn entry(text: &str) -> Entry {
    let bibliography = bibliography(text);
    assert_eq!(bibliography.problems, [], "{text}");
    bibliography.entries.into_values().next().expect("one entry")
}

/// Each problem as `marked text: message`.
fn problems(text: &str) -> Vec<String> {
    let problems = bibliography(text).problems;
    problems.iter().map(|problem| format!("{}: {}", &text[problem.location.range.bytes()], problem.message)).collect()
}

#[test]
fn references_read_like_a_medical_journal() {
    let cases = [
        (
            "@article{k, author={Kawchuk, Gregory N. and Fryer, Jerome and Jaremko, Jacob L. and Zeng, Hongbo and Rowe, Lindsay and \
             Thompson, Richard}, title={Real-Time Visualization of Joint Cavitation}, journal={PLoS ONE}, year={2015}, volume={10}, \
             number={4}, pages={e0119470}, doi={10.1371/journal.pone.0119470}, note={not shown}}",
            "Kawchuk GN, Fryer J, Jaremko JL, Zeng H, Rowe L, Thompson R. Real-Time Visualization of Joint Cavitation. \
             <cite>PLoS ONE</cite>. 2015;10(4):e0119470.",
            "Kawchuk et al. 2015",
        ),
        (
            "@article{c, author={A, A. and B, B. and C, C. and D, D. and E, E. and F, F. and G, G.}, title={Seven?}, \
             journal={Chiropractic \\& Manual Therapies}, year=1999, volume=84, pages=\"1057-1060\"}",
            "A A, B B, C C, D D, E E, F F, et al. Seven? <cite>Chiropractic &amp; Manual Therapies</cite>. 1999;84:1057–1060.",
            "A et al. 1999",
        ),
        (
            "@article{n, author={Nim, Casper G. and O'Neill, S{\\o}ren and P{\\'e}rez-Alenda, Sof{\\'i}a and van Tulder, Maurits W. and \
             Roediger, III, Henry L. and others}, title={Viewor---Let the {Reader} Beware}, journaltitle={Sci Rep}, date={2021-03-04}, \
             issue={1}}",
            "Nim CG, O'Neill S, Pérez-Alenda S, van Tulder MW, Roediger HL 3rd, et al. Viewor—Let the Reader Beware. \
             <cite>Sci Rep</cite>. 2021;(1).",
            "Nim et al. 2021",
        ),
        (
            "@book{w, author={{World Health Organization}}, title={{WHO} guideline}, publisher={World Health Organization}, \
             address={Geneva}, edition={2}, year={2023}}",
            "World Health Organization. WHO guideline. 2nd ed. Geneva: World Health Organization; 2023.",
            "World Health Organization 2023",
        ),
        (
            "@book{e, editor={Bogduk, Nikolai and Twomey, Lance}, title={Clinical Anatomy}, publisher={Churchill}, year={2012}, \
             series={Spine}, volume={3}}",
            "Bogduk N, Twomey L, editors. Clinical Anatomy. Churchill; 2012. (Spine; vol. 3).",
            "Bogduk and Twomey 2012",
        ),
        (
            "@techreport{g, author={{NICE}}, title={Low back pain}, institution={NICE}, number={NG59}, year={2016}}",
            "NICE. Low back pain. NICE; 2016. Report No.: NG59.",
            "NICE 2016",
        ),
        (
            "@phdthesis{t, author={Jones, Allan}, title={Gas bubbles}, school={University of Johannesburg}, year={2014}}",
            "Jones A. Gas bubbles [dissertation]. University of Johannesburg; 2014.",
            "Jones 2014",
        ),
        (
            "@incollection{m, author={Mayer, Richard E.}, title={Principles}, editor={Clark, Ruth}, booktitle={Handbook}, \
             address={Cambridge}, publisher={CUP}, year={2014}, pages={316--344}}",
            "Mayer RE. Principles. In: Clark R, editor. <cite>Handbook</cite>. Cambridge: CUP; 2014. p. 316–344.",
            "Mayer 2014",
        ),
        (
            "@online{o, title={Low back pain}, organization={NHS}, url={https://nhs.uk/a_b?c&d}, urldate={2024-01-05}}",
            "NHS. Low back pain [Internet]. NHS. Available from: https://nhs.uk/a_b?c&amp;d [accessed 5 January 2024]",
            "NHS n.d.",
        ),
        (
            "@misc{p, author={Doe, Jane}, title={A preprint}, year={2020}, eprint={2001.00001}, archivePrefix={arXiv}}",
            "Doe J. A preprint. 2020. arXiv:2001.00001.",
            "Doe 2020",
        ),
        (
            "@article{anon, title={A sting in the tail of it}, journal={BMJ}, year={2002}}",
            "A sting in the tail of it. <cite>BMJ</cite>. 2002.",
            "A sting in the… 2002",
        ),
    ];
    for (text, reference, short) in cases {
        let entry = entry(text);
        assert_eq!((&*entry.reference, &*entry.short), (reference, short), "{text}");
    }
}

#[test]
fn addresses_come_from_doi_or_url() {
    let address = |fields: &str| entry(&format!("@misc{{k, title={{T}}, {fields}}}")).url;
    assert_eq!(address("doi={https://doi.org/10.1000/a<b>}").as_deref(), Some("https://doi.org/10.1000/a%3Cb%3E"));
    assert_eq!(address("url={https://a.org/~x{\\_}y}").as_deref(), Some("https://a.org/~x_y"));
    assert_eq!(address("howpublished={\\url{https://a.org/~x}}").as_deref(), Some("https://a.org/~x"));
    assert_eq!(address("url={javascript:alert(1)}, author={A}"), None);
    assert_eq!(address("url={file:///etc/passwd}, author={A}"), None);
}

#[test]
fn values_are_escaped_and_latex_is_resolved() {
    let title = |title: &str| entry(&format!("@misc{{k, title={{{title}}}, author={{A}}}}")).reference;
    assert_eq!(title("<script>x</script> \\& y"), "A. &lt;script&gt;x&lt;/script&gt; &amp; y.");
    assert_eq!(title("An \\emph{in <vivo>} \\textbf{study}"), "A. An <i>in &lt;vivo&gt;</i> <b>study</b>.");
    assert_eq!(title("``Pop'' at~last"), "A. “Pop” at\u{a0}last.");
    assert_eq!(
        title("H$_2$O at $\\pm 5^\\circ x$ and CO\\textsubscript{2}"),
        "A. H<sub>2</sub>O at ±5°x and CO<sub>2</sub>."
    );
    assert_eq!(title("Stra{\\ss}e, \\'{E}cole, na{\\\"i}ve, {\\AA}"), "A. Straße, École, naïve, Å.");
    assert_eq!(title("\\unknown{kept} \\textit{\\textbf{both}}"), "A. kept <i><b>both</b></i>.");
}

#[test]
fn strings_and_crossrefs_are_followed() {
    let text = "@string{jb = \"Journal of \" # bones} @string{bones = {Bones}}\n@article{a, author={A}, title={T}, journal=JB, year=2000}\n\
                @incollection{b, author={B}, title={Part}, crossref={whole}}\n@book{whole, editor={C}, title={Whole}, year={2001}}";
    let bibliography = bibliography(text);
    assert_eq!(bibliography.problems, []);
    assert_eq!(bibliography.entries["a"].reference, "A. T. <cite>Journal of Bones</cite>. 2000.");
    assert_eq!(bibliography.entries["b"].reference, "B. Part. In: C, editor. <cite>Whole</cite>. 2001.");
}

#[test]
fn what_is_wrong_is_shown_where_it_is() {
    let cases: &[(&str, &[&str])] = &[
        ("@article{k, author={A}, journal={J}, year=2000}", &["k: the entry `k` has no `title`"]),
        ("@article{k, author={A}, title={T}, journal={J}}", &["k: the entry `k` has no `year`"]),
        ("@article{k, author={A}, title={T}, year={2000}}", &["k: the entry `k` has no `journal`"]),
        ("@book{k, title={T}, year={2000}}", &["k: the entry `k` has no `author`"]),
        ("@article{k, auther={A}, title={T}, journal={J}, year=2000}", &["k: the entry `k` has no `author`"]),
        ("@misc{k, title={T}, author={A}, doi={10.1}}", &["{10.1}: `10.1` is not a DOI"]),
        ("@misc{k, title={T}, author=abc}", &["abc: no `@string` defines `abc`"]),
        (
            "@misc{k, title={5$}, author={A}}",
            &["{5$}: the value of `title` has a `$` or `\\` that goes on past its end; for the \
          characters write `\\$` and `\\\\`"],
        ),
        ("@misc{k, title={T} author={A}}", &["a: a comma is missing"]),
        ("@misc{k, title {T}}", &["{: a `=` is missing"]),
        ("@misc{k, title=, author={A}}", &[",: a value is missing"]),
        ("@misc{k, title={T", &["k: the entry `k` does not end"]),
        (
            "@string{a = b} @string{b = a} @misc{k, title=a, author={A}}",
            &["a: the value of `title` is too long, or its abbreviations go in a circle"],
        ),
        ("@misc{k, title={T}, author={A}}\n@misc{k, title={U}, author={A}}", &["k: the key `k` stands twice"]),
        ("no entry at all", &[]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(problems(text), *expected, "{text}");
    }
}

#[test]
fn one_broken_entry_hides_no_other() {
    let text = "% A comment\n@misc{a, title={A}, author={X}}\n@misc{b, title={unclosed, author={X}}\n  @misc{c, title={C}, author={X}}\n\
                @misc{d, title={D} author={X}}\n@misc{e, title={E}, author={X}}\n";
    let bibliography = bibliography(text);
    let references: Vec<(&str, &str)> =
        bibliography.entries.values().map(|entry| (&*entry.key, &*entry.reference)).collect();
    assert_eq!(references, [("a", "X. A."), ("b", "b"), ("c", "X. C."), ("d", "d"), ("e", "X. E.")]);
    assert_eq!(problems(text), ["b: the entry `b` does not end", "a: a comma is missing"]);
}

#[test]
fn duplicates_show_both_places() {
    let bibliography = bibliography("@misc{k, title={T}, author={A}}\n@misc{k, title={U}, author={A}}");
    assert_eq!(bibliography.entries["k"].reference, "A. T.");
    assert_eq!(bibliography.problems[0].location.range.start, 38);
    assert_eq!(bibliography.problems[0].notes[0].location.range.start, 6);
}

#[test]
fn hostile_files_end_soon() {
    let doubling: String = (0..60).map(|n| format!("@string{{s{n} = s{m} # s{m}}}\n", m = n + 1)).collect();
    for text in [
        format!("@misc{{k, title={{{}{}}}}}", "{".repeat(100_000), "}".repeat(100_000)),
        format!("@misc{{k, title={{{}x{}}}}}", "\\emph{".repeat(100_000), "}".repeat(100_000)),
        format!("@misc{{k, title={{{}}}}}", "{}".repeat(100_000)),
        format!("{doubling}@misc{{k, title=s0}}"),
        "@".repeat(200_000),
        "@misc{".repeat(100_000),
        "@misc{\n".repeat(100_000),
        "@misc{k, title={T}}\n".repeat(20_000),
        format!("@misc{{k, crossref={{k}}, title={{T}}, author={{{}}}}}", "A and ".repeat(10_000)),
        "@misc{k, xdata={k}, ids={k,k}, title=\"\\".to_owned(),
        "\u{feff}@misc{é, title={\\'}, author={\\\"{\\i}}}".to_owned(),
    ] {
        bibliography(&text);
    }
}
