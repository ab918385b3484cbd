//! Diagnostics for a terminal: code, place, excerpt, caret, help, as rustc prints them.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Level as Heading, Origin, Renderer, Snippet};

use super::{Diagnostic, Level, Location};
use crate::source::Sources;
use crate::text::LineIndex;

/// Whether output carries colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// Escape sequences for a terminal.
    Ansi,
    /// Plain text.
    Never,
}

/// Width of messages where there is no terminal to ask, in columns.
pub const WIDTH: usize = 120;

/// Renders one diagnostic over several lines, with excerpts from `sources` and the `width` of the terminal in columns.
/// Control and bidirectional characters from files are shown as `�`, so that no file can write to the terminal.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, colour: Colour, width: usize) -> String {
    let renderer = match colour {
        Colour::Ansi => Renderer::styled(),
        Colour::Never => Renderer::plain(),
    };
    let heading = match diagnostic.level {
        Level::Error => Heading::ERROR,
        Level::Warning => Heading::WARNING,
        Level::Allow | Level::Note => Heading::NOTE,
    };
    let notes = diagnostic.notes.iter().flat_map(|note| {
        let message: Element<'_> = Heading::NOTE.message(visible(&note.message)).into();
        [message, excerpt(&note.location, sources)]
    });
    let helps = diagnostic.help.iter().map(|help| Element::from(Heading::HELP.message(visible(help))));
    let group = heading
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.code.name())
        .element(excerpt(&diagnostic.location, sources))
        .elements(notes)
        .elements(helps);
    renderer.decor_style(DecorStyle::Ascii).term_width(width).render(&[group])
}

/// The lines that `location` touches, marked; only the path where the file is not text.
fn excerpt(location: &Location, sources: &Sources) -> Element<'static> {
    let path = visible(location.path.as_str());
    let Some(text) = sources.text(&location.path) else {
        return Origin::path(path).into();
    };
    let range = location.range.within(text);
    let index = LineIndex::new(text);
    let first = text[..range.start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let rest = &text[range.end as usize..];
    let last = range.end as usize + rest.find('\n').unwrap_or(rest.len());
    let before = visible(&text[first..range.start as usize]);
    let marked = visible(&text[range.bytes()]);
    let after = visible(&text[range.end as usize..last]);
    let span = before.len()..before.len() + marked.len();
    Snippet::source(before + &marked + &after)
        .path(path)
        .line_start(index.position(range.start).line as usize)
        .annotation(AnnotationKind::Primary.span(span))
        .into()
}

/// `text` with every character that could steer a terminal or reorder a line replaced by one that shows.
fn visible(text: &str) -> String {
    let steers = |character: char| {
        (character.is_control() && !matches!(character, '\n' | '\t'))
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|character| if steers(character) { '\u{fffd}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Colour, render};
    use crate::diagnostic::{Code, Diagnostic};
    use crate::source::{SourceFile, Sources};
    use crate::text::{TextRange, VPath};

    #[test]
    fn shows_the_place_and_no_control_characters() {
        let path = VPath::new("content/a.md").expect("a plain path");
        let mut sources = Sources::default();
        sources.insert(SourceFile::new(path.clone(), "one\nsee \u{1b}[31m[[facet-jont]] here\n"));
        let diagnostic = Diagnostic::new(Code::BrokenLink, &path, TextRange::new(13, 27), "no page `facet-jont`")
            .suggest(&["facet-joint"]);
        let text = render(&diagnostic, &sources, Colour::Never, 100);
        assert_eq!(
            text,
            "error[broken-link]: no page `facet-jont`\n \
             --> content/a.md:2:10\n  \
               |\n2 \
             | see \u{fffd}[31m[[facet-jont]] here\n  \
               |          ^^^^^^^^^^^^^^\n  \
               |\n  \
               = help: did you mean `facet-joint`?"
        );
    }
}
