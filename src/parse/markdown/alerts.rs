//! Quotations, and the alerts that are written as such.

use super::Writer;
use crate::diagnostic::Code;
use crate::parse::alert::{self, Alert};
use crate::parse::body::{Segment, Word};
use crate::parse::field::Origin;
use crate::parse::prose::ProseBuilder;
use crate::text::{TextRange, nearest};

/// An alert whose end has not come yet.
pub(super) struct OpenAlert {
    pub(super) alert: Alert,
    /// Where its marker ends, until its first paragraph is over.
    pub(super) marker_end: Option<u32>,
    /// The element to close.
    element: &'static str,
    /// The level of a care card's heading.
    level: u8,
}

impl Writer<'_, '_> {
    pub(super) fn start_quote(&mut self, range: TextRange) {
        let offset = self.input.offset;
        let marker = alert::marker(self.input.text, range.start as usize - offset);
        let Some(marker) = marker else {
            let is_answer = self.start_answer();
            self.alerts.push(None);
            if !is_answer {
                self.open_quote(range);
            }
            return;
        };
        let at = marker.range.shifted(offset);
        let Some(alert) = alert::find(marker.word) else {
            let names = alert::ALERTS.iter().map(|(name, _)| *name);
            let suggestions = nearest(&marker.word.to_uppercase(), names);
            let message = format!("there is no alert `[!{}]`", marker.word);
            let diagnostic = self.diagnostic(Code::UnknownAlert, at, message).suggest(&suggestions);
            self.report(diagnostic);
            self.alerts.push(None);
            self.open_quote(range);
            return;
        };
        let level = (self.level + 1).clamp(2, 6);
        let mut marker_end = at.end;
        let (open, element) = match alert {
            Alert::Remark(class, _) | Alert::Dont(class, _) => {
                (format!("<aside class=\"alert alert-{class}\">"), "</aside>\n")
            }
            Alert::Care(care, _) => {
                self.push(Segment::CareStart(care));
                (format!("<section class=\"care care-{}\">", care.name()), "</section>\n")
            }
            Alert::Shared => {
                let (name, at) = alert::rest_of_line(self.input.text, &marker);
                self.card(name, at.shifted(offset), level);
                (String::new(), "")
            }
            Alert::Quiz => {
                marker_end = self.start_question(at, range);
                ("<div class=\"quiz\">".to_owned(), "</div>\n")
            }
        };
        if alert == Alert::Shared {
            // The card says everything: what else stands here goes nowhere.
            self.outputs.push(Vec::new());
        } else {
            self.open(&open, range);
        }
        self.alerts.push(Some(OpenAlert { alert, marker_end: Some(marker_end), element, level }));
    }

    /// A card that stands in a file of its own.
    fn card(&mut self, name: &str, at: TextRange, level: u8) {
        if self.input.origin == Origin::Body && !name.is_empty() {
            self.findings.cards.push((name.to_owned(), at));
            self.push(Segment::Card { name: name.to_owned(), level });
            return;
        }
        let diagnostic = self.diagnostic(Code::UnknownCareCard, at, "this names no care card");
        self.report(diagnostic.help("write the name of a file in `content/safety/`, without `.md`: `> [!CARE] name`"));
    }

    fn open_quote(&mut self, range: TextRange) {
        self.open("<blockquote>", range);
        self.html("\n");
    }

    /// Whether a line break here ends the title of an alert.
    pub(super) fn title_ends(&self) -> bool {
        let in_title =
            self.alerts.last().is_some_and(|open| open.as_ref().is_some_and(|open| open.marker_end.is_some()));
        in_title && !self.prose.as_ref().is_some_and(ProseBuilder::is_open)
    }

    /// Writes the heading of an alert: what follows its marker, or the theme's word.
    pub(super) fn end_alert_title(&mut self) {
        let Some(Some(open)) = self.alerts.last() else { return };
        let (alert, level) = (open.alert, open.level);
        let has_title = self.prose.as_ref().is_some_and(|prose| !prose.is_empty());
        match alert {
            Alert::Shared => self.prose = None,
            Alert::Remark(_, word) | Alert::Dont(_, word) => {
                self.html("<p class=\"alert-title\">");
                self.title_or(has_title, word);
                self.html("</p>\n");
            }
            Alert::Care(_, word) => {
                self.html(&format!("<h{level} class=\"care-title\">"));
                if has_title {
                    self.html("<span class=\"visually-hidden\">");
                    self.push(Segment::Word(word));
                    self.html(": </span>");
                }
                self.title_or(has_title, word);
                self.html(&format!("</h{level}>\n"));
            }
            Alert::Quiz => {
                self.html("<p class=\"quiz-title\">");
                self.title_or(has_title, Word::QuizTitle);
                self.html("</p>\n");
            }
        }
        if let Some(Some(open)) = self.alerts.last_mut() {
            open.marker_end = None;
        }
    }

    pub(super) fn title_or(&mut self, has_title: bool, word: Word) {
        if has_title {
            self.flush();
        } else {
            self.prose = None;
            self.push(Segment::Word(word));
        }
    }

    pub(super) fn end_quote(&mut self, range: TextRange) {
        match self.alerts.pop().flatten() {
            Some(OpenAlert { alert: Alert::Shared, .. }) => {
                let more = self.outputs.pop().unwrap_or_default();
                if !more.is_empty() {
                    let message = "a care card that is shown by its name can hold nothing more";
                    let diagnostic = self.diagnostic(Code::InvalidValue, range, message);
                    self.report(diagnostic.help("write it into the card's own file, or below under a heading"));
                }
            }
            Some(open) => {
                if open.alert == Alert::Quiz {
                    self.end_question();
                }
                self.html(open.element);
                match open.alert {
                    Alert::Care(..) => self.push(Segment::CareEnd),
                    Alert::Quiz => self.push(Segment::QuestionEnd),
                    Alert::Remark(..) | Alert::Dont(..) | Alert::Shared => {}
                }
            }
            None if self.end_answer() => {}
            None => self.html("</blockquote>\n"),
        }
    }
}
