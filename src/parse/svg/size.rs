//! How large a drawing is: its `viewBox`, `width` and `height`.

use super::{Element, Problem};

/// The value of `viewBox` to write, and width and height in CSS pixels.
pub fn of(root: &Element) -> Result<(String, (f64, f64)), Problem> {
    let written = root.attribute("width").and_then(length).zip(root.attribute("height").and_then(length));
    match (root.attribute("viewBox"), written) {
        (Some(view_box), written) => match numbers(view_box) {
            Some([x, y, width, height]) => {
                Ok((format!("{x} {y} {width} {height}"), written.unwrap_or((width, height))))
            }
            None => {
                let message = format!("`{view_box}` is no `viewBox`");
                Err(Problem::new(root.range, message).help("write four numbers: left, top, width and height"))
            }
        },
        (None, Some((width, height))) => Ok((format!("0 0 {width} {height}"), (width, height))),
        (None, None) => {
            let problem =
                Problem::new(root.range, "the drawing has no `viewBox`, so that it cannot be made to fit a page");
            Err(problem.help("add one with left, top, width and height: `viewBox=\"0 0 300 200\"`"))
        }
    }
}

fn numbers(text: &str) -> Option<[f64; 4]> {
    let parts = text.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty());
    let numbers: Vec<f64> = parts.map(number).collect::<Option<_>>()?;
    let numbers: [f64; 4] = numbers.try_into().ok()?;
    (numbers[2] > 0.0 && numbers[3] > 0.0).then_some(numbers)
}

/// A length above nought in CSS pixels; `None` for percentages and whatever depends on the page.
fn length(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 6] =
        [("px", 1.0), ("pt", 96.0 / 72.0), ("pc", 16.0), ("mm", 96.0 / 25.4), ("cm", 96.0 / 2.54), ("in", 96.0)];
    let text = text.trim();
    let unit = UNITS.iter().find_map(|(unit, pixels)| Some((text.strip_suffix(unit)?, pixels)));
    let (digits, pixels) = unit.unwrap_or((text, &1.0));
    number(digits).map(|number| number * pixels).filter(|length| *length > 0.0)
}

/// Rust also reads `inf` and `nan`, which are no numbers of SVG.
fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.abs() < 1e9)
}
