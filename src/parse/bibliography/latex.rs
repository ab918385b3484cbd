//! What biblatex leaves of LaTeX in a value → HTML or plain text.

use biblatex::{Chunk, Spanned};

use crate::text::escape_into;

/// The value as HTML: escaped, with `<i>`, `<b>`, `<sup>` and `<sub>`.
pub fn html(chunks: &[Spanned<Chunk>]) -> String {
    value(chunks, Style::Html)
}

/// The value as text, not escaped.
pub fn plain(chunks: &[Spanned<Chunk>]) -> String {
    value(chunks, Style::Plain)
}

/// Part of a value, such as a name, as text, not escaped.
pub fn plain_text(text: &str) -> String {
    let mut out = String::new();
    prose(&mut out, text, Style::Plain, DEEPEST);
    tidy(&out)
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Html,
    Plain,
}

/// How deep commands may nest; what is deeper is shown as it is written.
const DEEPEST: usize = 40;

/// Commands with an argument that HTML has an element for.
const ELEMENTS: &[(&str, &str)] = &[
    ("emph", "i"),
    ("textit", "i"),
    ("mkbibemph", "i"),
    ("textsl", "i"),
    ("textbf", "b"),
    ("mkbibbold", "b"),
    ("textsuperscript", "sup"),
    ("mkbibsuperscript", "sup"),
    ("textsubscript", "sub"),
    ("^", "sup"),
    ("_", "sub"),
];

/// Commands that stand for a character, in text and in mathematics.
const SYMBOLS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("Delta", "Δ"),
    ("epsilon", "ε"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("chi", "χ"),
    ("omega", "ω"),
    ("Omega", "Ω"),
    ("theta", "θ"),
    ("phi", "φ"),
    ("eta", "η"),
    ("times", "×"),
    ("pm", "±"),
    ("leq", "≤"),
    ("le", "≤"),
    ("geq", "≥"),
    ("ge", "≥"),
    ("approx", "≈"),
    ("sim", "∼"),
    ("cdot", "·"),
    ("circ", "°"),
    ("degree", "°"),
    ("textdegree", "°"),
    ("rightarrow", "→"),
    ("to", "→"),
    ("infty", "∞"),
    ("ldots", "…"),
    ("textmu", "μ"),
    ("textmultiply", "×"),
    ("textpm", "±"),
    ("textalpha", "α"),
    ("textbeta", "β"),
    ("textgamma", "γ"),
    ("textasciiacute", "´"),
    ("slash", "/"),
    ("textsuperone", "¹"),
    ("percnt", "%"),
];

fn value(chunks: &[Spanned<Chunk>], style: Style) -> String {
    let mut out = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(text) | Chunk::Verbatim(text) => prose(&mut out, text, style, DEEPEST),
            Chunk::Math(text) => mathematics(&mut out, text, style, DEEPEST),
        }
    }
    tidy(&out)
}

/// One space for many, none at the ends.
fn tidy(text: &str) -> String {
    let words = text.split([' ', '\t', '\n']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Text with ties, quotes and commands.
fn prose(out: &mut String, text: &str, style: Style, depth: usize) {
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '~', '`', '\'']) {
        literal(out, &rest[..at], style);
        rest = &rest[at..];
        rest = if let Some(after) = rest.strip_prefix("``") {
            out.push('“');
            after
        } else if let Some(after) = rest.strip_prefix("''") {
            out.push('”');
            after
        } else if let Some(after) = rest.strip_prefix('`') {
            out.push('‘');
            after
        } else if let Some(after) = rest.strip_prefix('~') {
            out.push('\u{a0}');
            after
        } else if let Some(after) = rest.strip_prefix('\'') {
            out.push('\'');
            after
        } else {
            command(out, rest, style, depth)
        };
    }
    literal(out, rest, style);
}

/// What stands between dollar signs: symbols, superscripts and subscripts.
fn mathematics(out: &mut String, text: &str, style: Style, depth: usize) {
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '^', '_', '{', '}']) {
        literal(out, &rest[..at], style);
        rest = &rest[at..];
        if rest.starts_with('\\') {
            rest = command(out, rest, style, depth);
            continue;
        }
        let (sign, after) = rest.split_at(1);
        rest = match sign {
            "^" | "_" => script(out, sign, after, style, depth),
            _ => after,
        };
    }
    literal(out, rest, style);
}

/// Writes what `^` or `_` raises or lowers at the start of `text`; the rest of `text`.
fn script<'a>(out: &mut String, sign: &str, text: &'a str, style: Style, depth: usize) -> &'a str {
    if text.starts_with('\\') {
        return command(out, text, style, depth);
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    let (inner, after) = argument(text).unwrap_or_else(|| text.split_at(first));
    element(out, sign, inner, style, depth);
    after
}

/// Writes what the command at the start of `text` stands for; the rest of `text`.
fn command<'a>(out: &mut String, text: &'a str, style: Style, depth: usize) -> &'a str {
    let after = &text[1..];
    let length = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
    if length == 0 {
        literal(out, "\\", style);
        return after;
    }
    let (name, after) = after.split_at(length);
    if let Some((inner, after)) = argument(after) {
        element(out, name, inner, style, depth);
        return after;
    }
    if let Some((_, symbol)) = SYMBOLS.iter().find(|(known, _)| *known == name) {
        out.push_str(symbol);
    }
    // The space after a command only ends its name.
    after.strip_prefix(' ').unwrap_or(after)
}

/// Writes the argument of the command `name`, in an element if HTML has one for it.
fn element(out: &mut String, name: &str, inner: &str, style: Style, depth: usize) {
    let tag = ELEMENTS.iter().find(|(known, _)| *known == name && style == Style::Html).map(|(_, tag)| tag);
    if let Some((_, symbol)) = SYMBOLS.iter().find(|(known, _)| *known == name) {
        out.push_str(symbol);
    }
    if let Some(tag) = tag {
        out.push_str(&format!("<{tag}>"));
    }
    match depth {
        0 => literal(out, inner, style),
        _ if name == "url" => literal(out, inner, style),
        _ if matches!(name, "^" | "_") => mathematics(out, inner, style, depth - 1),
        _ => prose(out, inner, style, depth - 1),
    }
    if let Some(tag) = tag {
        out.push_str(&format!("</{tag}>"));
    }
}

/// `{inner}rest` → inner and rest, with inner braces paired.
fn argument(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let mut depth = 0_usize;
    for (index, byte) in inner.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some((&inner[..index], &inner[index + 1..])),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn literal(out: &mut String, text: &str, style: Style) {
    match style {
        Style::Html => escape_into(out, text),
        Style::Plain => out.push_str(text),
    }
}
