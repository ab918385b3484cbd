//! Stylesheets as they are published: without comments, and without the white space that says nothing.

/// `css` without comments, line breaks and indents. White space that may matter stays: it goes only at the edges of rules,
/// declarations and values, never around an operator or within a selector; strings and unquoted addresses stay as they are.
pub fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '/' if rest.starts_with("/*") => {
                // A comment parts what stands around it, as white space does.
                space(&mut out);
                rest[2..].find("*/").map_or(rest.len(), |end| end + 4)
            }
            '"' | '\'' => {
                let end = string_end(rest, next);
                out.push_str(&rest[..end]);
                end
            }
            'u' | 'U' if rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url(")) => {
                let quoted = rest[4..].trim_start().starts_with(['"', '\'']);
                let end = if quoted { 4 } else { rest.find(')').map_or(rest.len(), |end| end + 1) };
                out.push_str(&rest[..end]);
                end
            }
            '\\' => {
                let end = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..end]);
                end
            }
            _ if next.is_ascii_whitespace() => {
                space(&mut out);
                1
            }
            '{' | '}' | ';' | ',' => {
                trim(&mut out);
                if next == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push(next);
                1
            }
            _ => {
                out.push(next);
                next.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    trim(&mut out);
    out
}

/// Writes a space where one may matter.
fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',', ':']) {
        out.push(' ');
    }
}

/// Takes back a space at the end, unless it is escaped.
fn trim(out: &mut String) {
    if out.ends_with(' ') && !out.ends_with("\\ ") {
        out.pop();
    }
}

/// Where the string that `text` begins with ends, after its closing quote.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn only_what_says_nothing_goes() {
        for (css, squeezed) in [
            ("a { color: red; }\n\nb, i {\n  margin: 0 1em;\n}\n", "a{color:red}b,i{margin:0 1em}"),
            ("/* x */ a { width: calc(1rem + 2vw) /* y */; }", "a{width:calc(1rem + 2vw)}"),
            ("a :hover b > i + u { color: red }", "a :hover b > i + u{color:red}"),
            ("a { content: \"a  /* b */ ; }\\\" {\" }", "a{content:\"a  /* b */ ; }\\\" {\"}"),
            ("a { background: url( a/*b*/c;d.png ) 0 0 }", "a{background:url( a/*b*/c;d.png ) 0 0}"),
            ("@media (min-width: 20rem) { a { color: red } }", "@media (min-width:20rem){a{color:red}}"),
            ("a/**/b{}", "a b{}"),
            (".a\\ { } x", ".a\\ {}x"),
            ("a { --empty: ; }", "a{--empty:}"),
            ("a { color: \"open", "a{color:\"open"),
            ("/* open", ""),
            ("é { ü: ö }", "é{ü:ö}"),
        ] {
            assert_eq!(squeeze(css), squeezed);
        }
    }
}
