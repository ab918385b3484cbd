//! Questions: what stands in a `> [!QUIZ]` is told apart, and written so that it can be answered.

use super::Writer;
use super::alerts::OpenAlert;
use crate::config::QuizOrder;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::alert::Alert;
use crate::parse::attributes::attributes;
use crate::parse::body::{Body, Segment, Word};
use crate::parse::question::{self, ListItem, OpenTable, PAIRS_AT_MOST, Question, QuestionKind};
use crate::text::{TextRange, nearest};

/// A list in a question: its items so far, and the one that is open.
#[derive(Default)]
pub(super) struct OpenQuizList {
    pub(super) items: Vec<ListItem>,
    pub(super) is_right: Option<bool>,
    /// The number that it begins with.
    pub(super) first: Option<u64>,
    pub(super) range: TextRange,
    /// Where the open item stands.
    pub(super) item: TextRange,
}

/// A question whose end has not come yet.
#[derive(Default)]
pub(super) struct OpenQuestion {
    /// Its place in the questions that were found.
    pub(super) number: u32,
    /// Alerts that are open, with this one.
    pub(super) depth: usize,
    pub(super) order: QuizOrder,
    /// Whether it has options to tick.
    pub(super) has_boxes: bool,
    pub(super) kind: Option<QuestionKind>,
    pub(super) is_answered: bool,
    pub(super) gaps: usize,
    pub(super) answer: Vec<Segment>,
    /// What stands in quotations in it.
    pub(super) explanation: Vec<Segment>,
    /// Where options stand that have no feedback.
    pub(super) silent: Vec<TextRange>,
}

impl Writer<'_, '_> {
    /// Begins a question whose marker stands at `marker`; hands back where its attributes end.
    pub(super) fn start_question(&mut self, marker: TextRange, range: TextRange) -> u32 {
        let offset = self.input.offset;
        let text = self.input.text;
        let mut open = OpenQuestion {
            number: u32::try_from(self.findings.questions.len()).unwrap_or(u32::MAX),
            depth: self.alerts.len() + 1,
            order: self.input.quiz_order,
            // Questions may stand in each other by the thousand: only the outermost is looked through.
            has_boxes: self.questions.is_empty()
                && text.get(range.start as usize - offset..range.end as usize - offset).is_some_and(has_boxes),
            ..OpenQuestion::default()
        };
        let mut tests = Vec::new();
        let mut end = marker.end;
        if let Some((found, after)) = attributes(text, marker.end as usize - offset) {
            end = u32::try_from(after + offset).unwrap_or(u32::MAX);
            for attribute in found {
                let at = attribute.range.shifted(offset);
                match (attribute.name, attribute.value) {
                    ("tests", _) => {
                        tests.extend(attribute.ids().into_iter().map(|(id, range)| (id, range.shifted(offset))));
                    }
                    ("order", "fixed") => open.order = QuizOrder::Fixed,
                    ("order", "seeded") => open.order = QuizOrder::Seeded,
                    ("order", other) => {
                        let message = format!("`{other}` is no order of options");
                        let problem = self.diagnostic(Code::RefusedAttribute, at, message);
                        self.report(problem.help("write `order=fixed` or `order=seeded`"));
                    }
                    (other, _) => {
                        let message = format!("a question cannot have the attribute `{other}`");
                        let problem = self.diagnostic(Code::RefusedAttribute, at, message);
                        let near = nearest(other, ["tests", "order"]);
                        self.report(match near.is_empty() {
                            true => problem.help("only `tests=…` and `order=…` are allowed"),
                            false => problem.suggest(&near),
                        });
                    }
                }
            }
        }
        self.push(Segment::QuestionStart(open.number));
        self.findings.questions.push(Question { kind: None, range: marker, tests, answer: Body::default() });
        self.questions.push(open);
        end
    }

    /// Whether what begins stands in a question itself, and not in a list or a quotation within it.
    pub(super) fn in_question(&self) -> bool {
        self.quiz_lists.is_empty() && matches!(self.alerts.last(), Some(Some(OpenAlert { alert: Alert::Quiz, .. })))
    }

    /// Whether the quotation that begins is the answer of a question.
    pub(super) fn start_answer(&mut self) -> bool {
        let is_answer = self.in_question();
        if is_answer {
            self.outputs.push(Vec::new());
        }
        is_answer
    }

    /// Ends a quotation without a marker; says whether it was an answer.
    pub(super) fn end_answer(&mut self) -> bool {
        let depth = self.alerts.len();
        let in_question = self.in_question();
        let Some(question) = self.questions.last_mut().filter(|question| in_question && question.depth == depth) else {
            return false;
        };
        question.explanation.extend(self.outputs.pop().expect("the answer's start pushed it"));
        true
    }

    /// Takes a kind for the question that is open; a second one is a problem.
    fn claim(&mut self, kind: QuestionKind, range: TextRange) -> bool {
        let Some(question) = self.questions.last_mut() else { return false };
        match question.kind {
            None => {
                question.kind = Some(kind);
                true
            }
            Some(QuestionKind::Cloze) if kind == QuestionKind::Cloze => true,
            Some(first) => {
                let message = match first.noun() == kind.noun() {
                    true => format!("this question has {} twice", kind.noun()),
                    false => format!("this question has {} and {}", first.noun(), kind.noun()),
                };
                let problem = self.malformed(range, message);
                self.report(problem.help("make two questions of it, each with its own `> [!QUIZ]`"));
                false
            }
        }
    }

    /// The problem of a question that does not hang together, at the first line of `range`.
    fn malformed(&self, range: TextRange, message: String) -> Diagnostic {
        let line = self.source()[range.bytes()].lines().next().unwrap_or_default().trim_end().len();
        let start = range.start as usize;
        self.diagnostic(Code::MalformedQuestion, TextRange::new(start, start + line), message)
    }

    /// Writes a list that stands in a question.
    pub(super) fn end_question_list(&mut self, list: OpenQuizList) {
        let OpenQuizList { items, first, range, .. } = list;
        let with_box = items.iter().filter(|item| item.is_right.is_some()).count();
        let has_boxes = self.questions.last().is_some_and(|question| question.has_boxes);
        let kind = match (with_box, first) {
            (0, Some(_)) if !has_boxes => QuestionKind::Order,
            (0, _) => return self.plain_list(items, first),
            _ => QuestionKind::Single,
        };
        if !self.claim(kind, range) {
            return self.plain_list(items, first);
        }
        if items.len() < 2 {
            let problem = self.malformed(range, "this question leaves no choice".to_owned());
            self.report(problem.help("add another item to its list"));
        }
        if kind == QuestionKind::Order {
            let (shown, answer) = question::write_steps(items, &self.input.file.path);
            self.answerable(QuestionKind::Order, shown, answer);
            return;
        }
        if let Some(item) = items.iter().find(|item| item.is_right.is_none()) {
            let problem = self.malformed(item.range, "this option has no box".to_owned());
            self.report(problem.help("write `- [ ]` before it, or `- [x]` if it is right"));
        }
        let says_nothing = |item: &&ListItem| {
            let mut proses = item.segments.iter().filter(|segment| matches!(segment, Segment::Prose(_)));
            proses.nth(1).is_none()
        };
        let silent = items.iter().filter(says_nothing).map(|item| item.range).collect();
        let is_answered = items.iter().any(|item| item.is_right == Some(true));
        let order = self.questions.last().map_or(QuizOrder::Fixed, |question| question.order);
        let choices = question::write_choices(items, &self.input.file.path, order);
        self.answerable(choices.kind, choices.shown, choices.answer);
        if let Some(question) = self.questions.last_mut() {
            question.silent = silent;
            question.is_answered = is_answered;
        }
    }

    /// Writes what can be answered, and keeps the answer.
    fn answerable(&mut self, kind: QuestionKind, shown: Vec<Segment>, answer: Vec<Segment>) {
        if let Some(question) = self.questions.last_mut() {
            question.kind = Some(kind);
            question.is_answered = true;
            question.answer.extend(answer);
        }
        if let Some(hint) = kind.hint() {
            self.html("<p class=\"quiz-hint\">");
            self.push(Segment::Word(hint));
            self.html("</p>\n");
        }
        self.append(shown);
    }

    fn append(&mut self, segments: Vec<Segment>) {
        for segment in segments {
            match segment {
                Segment::Html(html) => self.html(&html),
                other => self.push(other),
            }
        }
    }

    fn plain_list(&mut self, items: Vec<ListItem>, first: Option<u64>) {
        match first {
            None => self.html("<ul>\n"),
            Some(1) => self.html("<ol>\n"),
            Some(start) => self.html(&format!("<ol start=\"{start}\">\n")),
        }
        for item in items {
            self.html(&format!("<li{}>", item.source));
            self.append(item.segments);
            self.html("</li>\n");
        }
        self.html(if first.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    /// Whether the table that begins holds pairs to find: it has two columns, and stands in a question without options.
    pub(super) fn start_pairs(&mut self, range: TextRange) -> bool {
        let has_options = self.questions.last().is_none_or(|question| question.has_boxes);
        let are_pairs = self.in_question() && !has_options && self.alignments.len() == 2;
        if are_pairs {
            self.pairs = Some(OpenTable { range, rows: Vec::new() });
        }
        are_pairs
    }

    pub(super) fn start_pairs_row(&mut self) {
        self.pairs.as_mut().expect("a row lies in a table").rows.push(Vec::new());
    }

    pub(super) fn end_pairs_cell(&mut self) {
        let cell = self.outputs.pop().expect("the cell's start pushed it");
        let rows = self.pairs.as_mut().map(|table| &mut table.rows);
        rows.and_then(|rows| rows.last_mut()).expect("a cell lies in a row").push(cell);
    }

    /// Writes a table of pairs.
    pub(super) fn end_pairs(&mut self) {
        let Some(table) = self.pairs.take() else { return };
        let range = table.range;
        let count = table.rows.len().saturating_sub(1);
        if !(2..=PAIRS_AT_MOST).contains(&count) {
            let what = if count < 2 { "leaves no choice" } else { "has too many pairs" };
            let problem = self.malformed(range, format!("this question {what}"));
            self.report(problem.help(format!("give its table 2 to {PAIRS_AT_MOST} rows under the head")));
        }
        let is_new = self.claim(QuestionKind::Match, range);
        let (shown, answer) = question::write_pairs(table, &self.input.file.path);
        match is_new {
            true => self.answerable(QuestionKind::Match, shown, answer),
            false => self.append(answer),
        }
    }

    /// Puts fields in place of the gaps of the paragraph that was just written.
    pub(super) fn fill_gaps(&mut self, range: TextRange) {
        let Some(question) = self.questions.last() else { return };
        if question.has_boxes || !self.in_question() {
            return;
        }
        let first = question.gaps + 1;
        let output = self.outputs.last().expect("the first output is never taken");
        let Some(Segment::Prose(prose)) = output.last() else { return };
        let Some((shown, count)) = question::gaps(prose, first) else { return };
        if !self.claim(QuestionKind::Cloze, range) {
            return;
        }
        let prose = self.outputs.last_mut().and_then(Vec::pop).expect("its last segment is the prose");
        self.append(shown);
        if let Some(question) = self.questions.last_mut() {
            question.gaps += count;
            question.is_answered = true;
            question.answer.extend([Segment::Html("<p>".to_owned()), prose, Segment::Html("</p>\n".to_owned())]);
        }
    }

    /// Ends a question: its answer, for those who want to open it, and what is wrong with it.
    pub(super) fn end_question(&mut self) {
        let Some(mut open) = self.questions.pop() else { return };
        let has_explanation = !open.explanation.is_empty();
        let kind = open.kind.or(has_explanation.then_some(QuestionKind::Open));
        let is_answered = open.is_answered || (open.kind.is_none() && has_explanation);
        open.answer.append(&mut open.explanation);
        let range = self.findings.questions[open.number as usize].range;
        if !is_answered {
            let (message, help) = match kind {
                Some(_) => ("no option of this question is right", "tick it: `- [x]`"),
                None => (
                    "this question has no answer",
                    "tick the right option of a list, or write the answer as a quotation within: `> > It is …`",
                ),
            };
            let problem = self.diagnostic(Code::UnansweredQuestion, range, message);
            self.report(problem.help(help));
        }
        if !has_explanation {
            for silent in &open.silent {
                let mut problem = self.malformed(*silent, "this option says nothing to those who choose it".to_owned());
                problem.code = Code::MissingFeedback;
                problem.level = Code::MissingFeedback.default_level();
                self.report(problem.help("say below it, indented as far as its words, why it is right or wrong"));
            }
        }
        let word = match kind {
            Some(QuestionKind::Open) => Some(Word::QuizThink),
            Some(QuestionKind::Order | QuestionKind::Match | QuestionKind::Cloze) => Some(Word::QuizShowAnswer),
            Some(QuestionKind::Single | QuestionKind::TrueFalse | QuestionKind::Multiple) => {
                has_explanation.then_some(Word::QuizShowAnswer)
            }
            None => None,
        };
        if let Some(word) = word {
            self.html("<details class=\"quiz-answer\"><summary>");
            self.push(Segment::Word(word));
            self.html("</summary>\n");
            self.push(Segment::Answer(open.number));
            self.html("</details>\n");
        }
        let question = &mut self.findings.questions[open.number as usize];
        question.kind = kind.filter(|_| is_answered);
        question.answer = Body { segments: open.answer };
    }
}

/// Whether some line of a question is an option: an item of a list with a box.
fn has_boxes(text: &str) -> bool {
    text.lines().any(|line| {
        let item = line.trim_start_matches(['>', ' ', '\t']);
        let item = item.trim_start_matches(|character: char| character.is_ascii_digit());
        let boxed = item.strip_prefix(['-', '*', '+', '.', ')']).map(str::trim_start);
        boxed.is_some_and(|boxed| ["[ ]", "[x]", "[X]"].iter().any(|one| boxed.starts_with(one)))
    })
}
