//! What to do about what is refused.

/// For an element that is refused.
pub fn element(name: &str) -> &'static str {
    match name {
        "style" => "set `fill`, `stroke` and the like as attributes of the shapes",
        "a" => "put the link into the text around the drawing",
        "image" => "use the picture itself, or trace it to paths",
        "foreignObject" => "write text with `<text>`",
        "script" | "handler" | "listener" => "remove it: a drawing cannot run anything",
        "animate" | "animateMotion" | "animateTransform" | "set" | "mpath" | "discard" => {
            "remove it: a drawing cannot move, because not every reader can bear it"
        }
        _ => "remove it, or have your drawing program export plain paths",
    }
}

/// For an attribute that is refused.
pub fn attribute(name: &str) -> &'static str {
    match name {
        "style" => {
            "set each property as an attribute: `fill=\"none\"` in place of `style=\"fill:none\"`; drawing programs call this \
                    presentation attributes"
        }
        _ if name.starts_with("on") => "remove it: a drawing cannot run anything",
        _ => "remove it",
    }
}

/// For an attribute whose value is refused.
pub fn value(name: &str) -> &'static str {
    match name {
        "id" => "rename it, and what refers to it",
        "aria-hidden" | "lang" | "role" => "remove it",
        _ => "refer only to what is in the same file, as `#id` or `url(#id)`",
    }
}
