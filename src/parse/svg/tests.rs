use super::drawing::Piece;
use super::{Drawing, parse};

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inside}</svg>"
    )
}

fn drawing(text: &str) -> Drawing {
    parse(text.as_bytes()).unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
}

fn html(text: &str) -> String {
    let mut out = String::new();
    drawing(text).write(&mut out, "f1", "A <b>", "wide");
    out
}

/// Each problem as `marked text: message`.
fn problems(text: &str) -> Vec<String> {
    let problems = parse(text.as_bytes()).expect_err(text);
    problems.iter().map(|problem| format!("{}: {}", &text[problem.range.bytes()], problem.message)).collect()
}

const START: &str = "<svg class=\"wide\" role=\"img\" aria-label=\"A &lt;b&gt;\" viewBox=\"0 0 9 9\">";

#[test]
fn harmless_drawings_are_written_anew() {
    let cases = [
        (
            "<g fill='none'><path d=\"M0 0\n h9\"/><rect x='1'></rect></g>",
            "<g fill=\"none\"><path d=\"M0 0  h9\"/><rect x=\"1\"/></g>",
        ),
        (
            "<text x='1'>\n a &lt; <tspan>b</tspan> &#233; <![CDATA[<c>]]></text> x",
            "<text x=\"1\"> a &lt; <tspan>b</tspan> é &lt;c&gt;</text>",
        ),
        ("<title>Joint &amp; bone</title><desc></desc>", "<title>Joint &amp; bone</title><desc/>"),
        ("<!-- c --><?pi x?><metadata><script/></metadata><g data-x='1' version='1.1' xml:space='preserve'/>", "<g/>"),
        (
            "<i:namedview xmlns:i='http://www.inkscape.org/'><i:grid onload='x'/></i:namedview><g i:label='L' xmlns:i='urn:i'/>",
            "<g/>",
        ),
        ("<s:rect xmlns:s='http://www.w3.org/2000/svg' width='1'/>", "<rect width=\"1\"/>"),
        (
            "<g fill='var(--accent)' stroke='rgb(1, 2, 3)' transform='translate(1) rotate(2)'/>",
            "<g fill=\"var(--accent)\" stroke=\"rgb(1, 2, 3)\" transform=\"translate(1) rotate(2)\"/>",
        ),
        (
            "<g aria-label='&quot;&gt;&lt;script&gt;' class='a b'/>",
            "<g aria-label=\"&quot;&gt;&lt;script&gt;\" class=\"a b\"/>",
        ),
    ];
    for (inside, expected) in cases {
        assert_eq!(html(&svg(inside)), format!("{START}{expected}</svg>"), "{inside}");
    }
}

#[test]
fn ids_belong_to_the_use() {
    let inside = "<defs><linearGradient id='a'/><path id='b' d=''/><g id='unused'/></defs>\
                  <use href='#b' fill='url(#a)'/><use xlink:href=\"#b\" stroke='url( \"#a\" ) red'/>\
                  <g aria-labelledby='a  b'><title id='t'>T</title></g>";
    assert_eq!(
        html(&svg(inside)),
        format!(
            "{START}<defs><linearGradient id=\"f1-a\"/><path id=\"f1-b\" d=\"\"/><g/></defs>\
             <use href=\"#f1-b\" fill=\"url(#f1-a)\"/><use href=\"#f1-b\" stroke=\"url( &quot;#f1-a&quot; ) red\"/>\
             <g aria-labelledby=\"f1-a  f1-b\"><title>T</title></g></svg>"
        )
    );
}

#[test]
fn the_root_is_the_callers() {
    let text = "\u{feff}<?xml version=\"1.0\"?>\n<svg width='20mm' height='1in' id='r' class='own' role='none' aria-hidden='true' \
                fill='red' xmlns='http://www.w3.org/2000/svg'><g/></svg>\n";
    let own = drawing(text);
    assert!((own.size.0 - 75.59).abs() < 0.01 && own.size.1 == 96.0, "{:?}", own.size);
    let mut out = String::new();
    own.write(&mut out, "x", "", "");
    assert_eq!(
        out,
        format!("<svg class=\"own\" aria-hidden=\"true\" viewBox=\"0 0 {} 96\" fill=\"red\"><g/></svg>", own.size.0)
    );
    assert_eq!(drawing("<svg viewBox='0,0 30 20' width='100%'/>").size, (30.0, 20.0));
}

#[test]
fn what_is_not_harmless_is_refused() {
    let cases = [
        ("<script>alert(1)</script>", "<script>: a drawing cannot have `<script>`"),
        ("<script><![CDATA[alert(1)]]></script>", "<script>: a drawing cannot have `<script>`"),
        ("<style>*{fill:red}</style>", "<style>: a drawing cannot have `<style>`"),
        ("<foreignObject><p/></foreignObject>", "<foreignObject>: a drawing cannot have `<foreignObject>`"),
        ("<a href='javascript:x'>t</a>", "<a href='javascript:x'>: a drawing cannot have `<a>`"),
        ("<image href='#x'/>", "<image href='#x'/>: a drawing cannot have `<image>`"),
        (
            "<set attributeName='href' to='javascript:x'/>",
            "<set attributeName='href' to='javascript:x'/>: a drawing cannot have `<set>`",
        ),
        ("<animate/>", "<animate/>: a drawing cannot have `<animate>`"),
        ("<SCRIPT/>", "<SCRIPT/>: a drawing cannot have `<SCRIPT>`"),
        (
            "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>",
            "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>: `<h:script>` is HTML, which a drawing cannot hold",
        ),
        (
            "<s:script xmlns:s='http://www.w3.org/2000/svg'/>",
            "<s:script xmlns:s='http://www.w3.org/2000/svg'/>: a drawing cannot have `<s:script>`",
        ),
        ("<x:g/>", "<x:g/>: the drawing is not well-formed XML: no `xmlns:x` says what `x:g` is"),
        ("<g onload='alert(1)'/>", "onload='alert(1)': a drawing cannot have the attribute `onload`"),
        ("<g  x='' onclick = \"f()\"/>", "onclick = \"f()\": a drawing cannot have the attribute `onclick`"),
        ("<g begin='x.click'/>", "begin='x.click': a drawing cannot have the attribute `begin`"),
        ("<g style='fill:url(http://x)'/>", "style='fill:url(http://x)': a drawing cannot have the attribute `style`"),
        ("<g href='#x'/>", "href='#x': `<g>` cannot have `href`"),
        ("<use href='x.svg#a'/>", "href='x.svg#a': `href=\"x.svg#a\"` refers to something outside the drawing"),
        (
            "<use xlink:href='data:image/svg+xml,x'/>",
            "xlink:href='data:image/svg+xml,x': `href=\"data:image/svg+xml,x\"` refers to something outside the drawing",
        ),
        (
            "<use href='java&#115;cript:x'/>",
            "href='java&#115;cript:x': `href=\"javascript:x\"` refers to something outside the drawing",
        ),
        (
            "<g fill='url(http://x/)'/>",
            "fill='url(http://x/)': `fill=\"url(http://x/)\"` refers to something outside the drawing",
        ),
        ("<g fill='URL(//x)'/>", "fill='URL(//x)': `fill=\"URL(//x)\"` refers to something outside the drawing"),
        (
            "<g mask='image-set(\"x\" 1x)'/>",
            "mask='image-set(\"x\" 1x)': `mask=\"image-set(\"x\" 1x)\"` has a function that is not known here",
        ),
        (
            "<g fill='\\75rl(x)'/>",
            "fill='\\75rl(x)': `fill=\"\\75rl(x)\"` has a backslash, which can hide what it does",
        ),
        ("<g fill='url(#a'/>", "fill='url(#a': `fill=\"url(#a\"` refers to something outside the drawing"),
        ("<g id='a b'/>", "id='a b': `id=\"a b\"` is no plain name: use letters, digits, `-`, `_`, `.` and `:`"),
        ("<g id='a'/><g id='a'/>", "id='a': the id `a` stands twice"),
        ("<g role='button'/>", "role='button': `role=\"button\"` is no role that a part of a drawing can have"),
        ("<desc><g/></desc>", "<g/>: `<g>` stands in a title or description"),
        ("<text>&xxe;</text>", "&xxe;: a drawing cannot hold the entity `&xxe;`"),
        ("<g class='&xxe;'/>", "class='&xxe;': `class` holds an entity or character that a drawing cannot hold"),
        ("<text>&#0;</text>", "&#0;: a drawing cannot hold the entity `&#0;`"),
        ("<text>\u{1}</text>", "\u{1}: a drawing cannot hold the character U+0001"),
        ("<?xml-stylesheet href='x'?>", "<?xml-stylesheet href='x'?>: a drawing cannot have a style sheet"),
        (
            "<g id='a'><use href='#a'/></g>",
            "<use href='#a'/>: references to `#a` go in a circle or through too many elements",
        ),
    ];
    for (inside, expected) in cases {
        assert_eq!(problems(&svg(inside)), [expected], "{inside}");
    }
}

#[test]
fn broken_files_are_refused() {
    let bomb =
        "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg viewBox='0 0 1 1'><text>&b;</text></svg>";
    assert_eq!(
        problems(bomb)[0],
        "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>: a drawing cannot have a document type"
    );
    for (text, part) in [
        ("", "has no `<svg>`"),
        ("text", "text stands outside"),
        ("<html/>", "begins with `<html>`"),
        ("<x xmlns='urn:x'/>", "not SVG"),
        ("<svg viewBox='0 0 1 1'>", "not closed"),
        ("<svg viewBox='0 0 1 1'><g></svg>", "not well-formed"),
        ("<svg viewBox='0 0 1 1'/><svg/>", "after the end"),
        ("<svg viewBox='0 0 1 1'/><script/>", "after the end"),
        ("<svg viewBox='0 0 1 1' viewBox=''/>", "not well-formed"),
        ("<svg viewBox=0/>", "not well-formed"),
        ("<svg viewBox='0 0 1 1'><!-- ", "not well-formed"),
        ("<svg viewBox='0 0 0 1'/>", "is no `viewBox`"),
        ("<svg viewBox='0 0 inf 1'/>", "is no `viewBox`"),
        ("<svg width='100%' height='1'/>", "has no `viewBox`"),
    ] {
        let problems = problems(text);
        assert!(problems[0].contains(part), "{text}: {problems:?}");
    }
    assert!(parse(b"<svg viewBox='0 0 1 1'>\xff</svg>").expect_err("not UTF-8")[0].message.contains("UTF-8"));
}

#[test]
fn hostile_files_end_soon() {
    let doubling: String =
        (0..40).map(|n| format!("<g id='g{n}'>{}</g>", format!("<use href='#g{}'/>", n + 1).repeat(2))).collect();
    for inside in [
        "<g>".repeat(100_000) + &"</g>".repeat(100_000),
        doubling,
        "<use href='#a'/>".repeat(30_000) + "<g id='a'>" + &"<g/>".repeat(1_000) + "</g>",
        "<g style='x'/>".repeat(10_000),
        "<g>".repeat(300_000),
        "x".repeat(2 << 20),
        (0..20_000).map(|n| format!("<g id='i{n}' fill='url(#i{})'/>", n + 1)).collect(),
    ] {
        let problems = parse(svg(&inside).as_bytes()).expect_err("too much");
        assert!(!problems.is_empty() && problems.len() <= 20);
    }
    let many: String = (0..20_000).map(|n| format!(" a{n}='1'")).collect();
    assert!(parse(svg(&format!("<g{many}/>")).as_bytes()).is_err());
    let large: String = (0..10_000).map(|n| format!("<g id='i{n}'><path d='M{n} 0' fill='url(#i)'/></g>")).collect();
    let pieces = parse(svg(&large).as_bytes()).expect("many shapes").pieces;
    assert_eq!(pieces.iter().filter(|piece| **piece == Piece::Prefix).count(), 10_000);
}

#[test]
fn parts_are_what_is_drawn_and_named() {
    let inside = "<defs><g id='d'/></defs><g id='a'><path id='b' d='' fill='url(#g)'/></g><rect id='c'/>\
                  <linearGradient id='g'><stop id='s'/></linearGradient><use href='#u'/><g id='u'/><title id='t'>T</title>";
    let text = svg(inside);
    let drawing = drawing(&text);
    let parts: Vec<_> = drawing.parts().into_iter().map(|part| (part.id, part.within)).collect();
    assert_eq!(parts, [("a", vec![]), ("b", vec!["a"]), ("c", vec![])]);
    let mut out = String::new();
    let link = |id: &str| (id != "a").then(|| format!("<a href=\"#{id}\">"));
    drawing.write_links(&mut out, "m", "A map", &link);
    let start = "<svg role=\"group\" aria-label=\"A map\" viewBox=\"0 0 9 9\"><defs><g/></defs>";
    assert!(out.starts_with(start), "{out}");
    assert!(
        out.contains("<g><a href=\"#b\"><path d=\"\" fill=\"url(#m-g)\"/></a></g><a href=\"#c\"><rect/></a>"),
        "{out}"
    );
}

#[test]
fn a_drawing_can_be_a_file() {
    let drawing = drawing(&svg("<title>A &amp; b</title><path class='x y' d='M0 0'/>"));
    let file = drawing.file("picture", ".x{font:\"a&b\"}");
    assert_eq!(
        file,
        "<svg class=\"picture\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\
         <style>.x{font:&quot;a&amp;b&quot;}</style><title>A &amp; b</title><path class=\"x y\" d=\"M0 0\"/></svg>"
    );
    assert_eq!(parse(file.replace("<style>", "<desc>").replace("</style>", "</desc>").as_bytes()).map(|_| ()), Ok(()));
    assert_eq!(drawing.classes.iter().collect::<Vec<_>>(), ["x", "y"]);
}
