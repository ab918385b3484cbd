//! Colours, and how well one is told from another.

/// A colour without transparency: red, green and blue, 0 to 255.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#rgb`, `#rrggbb`, `rgb(…)` with whole numbers, `black` or `white`; nothing for other colours and for transparent ones.
    pub fn read(css: &str) -> Option<Self> {
        let css = css.to_ascii_lowercase();
        match css.as_str() {
            "black" => return Some(Self([0; 3])),
            "white" => return Some(Self([255; 3])),
            _ => {}
        }
        if let Some(hex) = css.strip_prefix('#') {
            let digits: Vec<u8> = hex
                .chars()
                .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
                .collect::<Option<_>>()?;
            return match digits.as_slice() {
                [r, g, b] | [r, g, b, 15] => Some(Self([r, g, b].map(|digit| digit * 17))),
                [r1, r2, g1, g2, b1, b2] | [r1, r2, g1, g2, b1, b2, 15, 15] => {
                    Some(Self([(r1, r2), (g1, g2), (b1, b2)].map(|(high, low)| high * 16 + low)))
                }
                _ => None,
            };
        }
        let parts = css.strip_prefix("rgb(")?.strip_suffix(')')?;
        let parts = parts.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| part.parse().ok());
        Some(Self(parts.collect::<Option<Vec<u8>>>()?.try_into().ok()?))
    }

    /// The relative luminance of WCAG 2.2, 0 to 1.
    fn luminance(self) -> f64 {
        let linear = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

/// The contrast ratio of WCAG 2.2, 1 to 21.
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::{Colour, contrast};

    #[test]
    fn colours_are_read() {
        for css in ["#0b6270", "#0B6270ff", "rgb(11, 98, 112)", "rgb(11 98 112)"] {
            assert_eq!(Colour::read(css), Some(Colour([11, 98, 112])), "{css}");
        }
        assert_eq!(Colour::read("#fb0"), Colour::read("#ffbb00"));
        for css in [
            "",
            "#",
            "#12",
            "#1234",
            "#0b627080",
            "#ééé",
            "rgb(1 2 3 / 50%)",
            "rgb(1 2)",
            "rgb(300 0 0)",
            "red",
            "var(--x)",
        ] {
            assert_eq!(Colour::read(css), None, "{css}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let ratio = |one, other| contrast(Colour::read(one).expect("a colour"), Colour::read(other).expect("a colour"));
        assert!((ratio("#fff", "#000") - 21.0).abs() < 0.001);
        assert!((ratio("#777", "#fff") - 4.478).abs() < 0.001);
        assert!((ratio("#fff", "#767676") - 4.542).abs() < 0.001);
        assert!((ratio("#888", "#888") - 1.0).abs() < 0.001);
    }
}
