//! What may stand in a drawing: elements, attributes and the values of attributes.

/// The elements of a drawing. None of them runs, loads or embeds anything.
const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// Where shapes are and how they are painted: attributes whose values are numbers, words, and functions of CSS.
const PAINTING: &[&str] = &[
    "alignment-baseline",
    "baseline-shift",
    "clip-path",
    "clip-rule",
    "clipPathUnits",
    "color",
    "color-interpolation",
    "cx",
    "cy",
    "d",
    "direction",
    "display",
    "dominant-baseline",
    "dx",
    "dy",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-size-adjust",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "lengthAdjust",
    "letter-spacing",
    "marker-end",
    "marker-mid",
    "marker-start",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "mask",
    "maskContentUnits",
    "maskUnits",
    "method",
    "offset",
    "opacity",
    "orient",
    "overflow",
    "paint-order",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "pointer-events",
    "points",
    "preserveAspectRatio",
    "r",
    "refX",
    "refY",
    "rotate",
    "rx",
    "ry",
    "shape-rendering",
    "spacing",
    "spreadMethod",
    "startOffset",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "text-rendering",
    "textLength",
    "transform",
    "transform-origin",
    "unicode-bidi",
    "vector-effect",
    "viewBox",
    "visibility",
    "width",
    "word-spacing",
    "writing-mode",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

/// Names, words for people, and references: attributes whose values are text.
const NAMING: &[&str] =
    &["aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "class", "href", "id", "lang", "role"];

/// Attributes without meaning in a page, left out without a word.
const MEANINGLESS: &[&str] = &[
    "baseProfile",
    "color-interpolation-filters",
    "color-profile",
    "color-rendering",
    "contentScriptType",
    "contentStyleType",
    "enable-background",
    "externalResourcesRequired",
    "focusable",
    "image-rendering",
    "kerning",
    "requiredExtensions",
    "requiredFeatures",
    "solid-color",
    "solid-opacity",
    "systemLanguage",
    "tabindex",
    "version",
    "zoomAndPan",
];

/// Attributes of the root that [`super::Drawing`] writes itself or that have no meaning there.
const OF_ROOT: &[&str] = &[
    "aria-describedby",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "class",
    "height",
    "id",
    "role",
    "viewBox",
    "width",
    "x",
    "y",
];

/// The functions that may stand in the value of a painting attribute. Of those in CSS only `url()` loads anything, and it is looked
/// at more closely; `image()`, `image-set()`, `src()` and what is yet to come are not here.
const FUNCTIONS: &[&str] = &[
    "calc",
    "color",
    "color-mix",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "light-dark",
    "matrix",
    "max",
    "min",
    "oklab",
    "oklch",
    "rgb",
    "rgba",
    "rotate",
    "scale",
    "skewx",
    "skewy",
    "translate",
    "url",
    "var",
];

/// Roles that an element of a drawing may have.
const ROLES: &[&str] =
    &["graphics-document", "graphics-object", "graphics-symbol", "group", "img", "none", "presentation"];

/// The name of the element, if it may stand in a drawing.
pub fn element(name: &str) -> Option<&'static str> {
    ELEMENTS.iter().find(|allowed| **allowed == name).copied()
}

/// The name of the attribute, if it may stand in a drawing.
pub fn attribute(name: &str) -> Option<&'static str> {
    PAINTING.iter().chain(NAMING).find(|allowed| **allowed == name).copied()
}

/// Whether an attribute can be left out without a word.
pub fn is_meaningless(name: &str) -> bool {
    MEANINGLESS.contains(&name) || name.starts_with("data-")
}

/// Whether [`super::Drawing`] sees to this attribute of the root itself.
pub fn is_of_root(name: &str) -> bool {
    OF_ROOT.contains(&name)
}

/// Whether text in this element is shown or read out.
pub fn has_text(element: &str) -> bool {
    matches!(element, "desc" | "text" | "textPath" | "title" | "tspan")
}

/// Whether what is in this element is drawn only where something refers to it.
pub fn is_definition(element: &str) -> bool {
    matches!(
        element,
        "clipPath" | "defs" | "linearGradient" | "marker" | "mask" | "pattern" | "radialGradient" | "symbol"
    )
}

/// Whether this element draws something, alone or together.
pub fn is_drawn(element: &str) -> bool {
    matches!(
        element,
        "circle" | "ellipse" | "g" | "line" | "path" | "polygon" | "polyline" | "rect" | "svg" | "text" | "use"
    )
}

/// Whether a browser reads what is in this element as HTML, so that only text may stand there.
pub fn is_html(element: &str) -> bool {
    matches!(element, "desc" | "title")
}

/// What is wrong with the value of an attribute.
pub fn fault(name: &str, value: &str) -> Option<&'static str> {
    match name {
        "aria-label" | "class" => None,
        "href" if value.strip_prefix('#').is_some_and(is_id) => None,
        "href" => Some("refers to something outside the drawing"),
        "id" if is_id(value) => None,
        "id" => Some("is no plain name: use letters, digits, `-`, `_`, `.` and `:`"),
        "aria-describedby" | "aria-labelledby" if value.split_ascii_whitespace().all(is_id) => None,
        "aria-describedby" | "aria-labelledby" => Some("names something that cannot be an id"),
        "aria-hidden" if matches!(value, "true" | "false") => None,
        "aria-hidden" => Some("is neither `true` nor `false`"),
        "role" if ROLES.contains(&value) => None,
        "role" => Some("is no role that a part of a drawing can have"),
        "lang" if value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => None,
        "lang" => Some("is no language"),
        _ => painting_fault(value),
    }
}

fn painting_fault(value: &str) -> Option<&'static str> {
    if value.contains('\\') {
        return Some("has a backslash, which can hide what it does");
    }
    for (open, _) in value.match_indices('(') {
        let before = &value[..open];
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
        let function = &before[before.trim_end_matches(is_part).len()..];
        if !function.is_empty() && !FUNCTIONS.contains(&&*function.to_ascii_lowercase()) {
            return Some("has a function that is not known here");
        }
        if function.eq_ignore_ascii_case("url") && local_url(&value[open + 1..]).is_none() {
            return Some("refers to something outside the drawing");
        }
    }
    None
}

/// Where the id stands in what follows `url(`, if that is `#id)` or the same in quotes.
pub fn local_url(after: &str) -> Option<std::ops::Range<usize>> {
    let inside = &after[..after.find(')')?];
    let mut target = inside.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = target.strip_prefix(quote) {
            target = rest.strip_suffix(quote)?;
        }
    }
    let id = target.trim().strip_prefix('#').filter(|id| is_id(id))?;
    let start = inside.find('#')? + 1;
    Some(start..start + id.len())
}

/// Names that mean the same in XML, HTML and CSS, quoted or not.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}
