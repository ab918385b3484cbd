//! Automatic term links: one automaton over all forms of all terms, one pass over the text.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use unicode_normalization::char::is_combining_mark;

use super::claims::{Claim, claims_of, duplicates, exercise_names};
use super::forms::{Folded, folded, folded_with_case};
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::parse::body::{Body, Item, Prose, Segment};
use crate::parse::document::{Document, Link};
use crate::parse::field::{Field, Role};
use crate::parse::front_matter::Meta;
use crate::text::{Fingerprint, VPath};

/// With up to so many forms the automaton is a table, which is fastest; beyond, a table would cost too much memory.
const TABLE_AT_MOST: usize = 2_000;

/// All terms of a site, ready to be found.
#[derive(Debug)]
pub struct Glossary {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
    by_id: HashMap<String, u32>,
    by_path: HashMap<VPath, u32>,
    /// Of everything that decides which links are found.
    pub fingerprint: Fingerprint,
}

/// What a form of the automaton means.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Pattern {
    /// The term; nothing for another name of an exercise, which only keeps terms inside it from being linked.
    term: Option<u32>,
    /// The form, if it only matches as written.
    exact: Option<String>,
}

/// A link found in a [`Prose`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TermLink {
    /// First byte in [`Prose::text`].
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What to do there.
    pub action: Action,
}

/// What a [`TermLink`] does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// Links to the term with this index among the site's terms, in the order of their files.
    Link(u32),
    /// Takes out the backslash before it.
    Unescape,
}

/// Links by segment, ascending.
type BySegment = Vec<(u32, Vec<TermLink>)>;

/// The term links of a document.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct TermLinks {
    /// In the body, by segment, ascending.
    pub body: BySegment,
    /// In fields.
    pub fields: BTreeMap<(Field, usize), BySegment>,
}

impl TermLinks {
    /// The links in a segment of the body or of a field.
    pub fn of(&self, field: Option<(Field, usize)>, segment: u32) -> &[TermLink] {
        let list = match field {
            None => Some(&self.body),
            Some(key) => self.fields.get(&key),
        };
        let found = list.and_then(|list| {
            let index = list.binary_search_by_key(&segment, |(segment, _)| *segment).ok()?;
            Some(list[index].1.as_slice())
        });
        found.unwrap_or_default()
    }
}

impl Glossary {
    /// Collects the forms of every term among `documents`. A form that two terms claim is a problem.
    pub fn new(documents: &[&Document]) -> (Self, Vec<Diagnostic>) {
        let mut claims: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
        let mut ids = Vec::new();
        let mut owners: Vec<&Document> = Vec::new();
        for document in documents {
            if let Meta::Term(term) = &document.meta {
                let index = u32::try_from(ids.len()).unwrap_or(u32::MAX);
                ids.push(document.id.clone());
                owners.push(document);
                for claim in claims_of(term, index) {
                    claims.entry(folded(&claim.form)).or_default().push(claim);
                }
            }
        }
        claims.remove("");
        let problems = duplicates(&claims, &owners);
        let shields: HashSet<String> = documents
            .iter()
            .filter_map(|document| match &document.meta {
                Meta::Exercise(exercise) => Some(exercise),
                Meta::Article(_)
                | Meta::Term(_)
                | Meta::Page(_)
                | Meta::Section(_)
                | Meta::Sequence(_)
                | Meta::Care(_) => None,
            })
            .flat_map(exercise_names)
            .filter(|name| !claims.contains_key(name) && name.contains(' '))
            .collect();
        let mut forms: Vec<(String, Pattern)> = claims
            .into_iter()
            .map(|(form, claims)| {
                let claim = &claims[0];
                let exact = claims.iter().all(|claim| claim.exact).then(|| folded_with_case(&claim.form));
                (form, Pattern { term: Some(claim.term), exact })
            })
            .collect();
        forms.extend(shields.into_iter().map(|form| (form, Pattern { term: None, exact: None })));
        forms.sort_by(|(a, _), (b, _)| a.cmp(b));
        let paths = owners.iter().map(|owner| owner.path().clone()).collect();
        (Self::build(ids, paths, forms), problems)
    }

    fn build(ids: Vec<String>, paths: Vec<VPath>, forms: Vec<(String, Pattern)>) -> Self {
        let fingerprint = Fingerprint::of(&(&ids, &paths, &forms));
        let kind = (forms.len() <= TABLE_AT_MOST).then_some(AhoCorasickKind::DFA);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(kind)
            .build(forms.iter().map(|(form, _)| form))
            .expect("the forms of a glossary are far below the automaton's limit of 2^31 states");
        let by_id = ids.into_iter().zip(0..).collect();
        let by_path = paths.into_iter().zip(0..).collect();
        let patterns = forms.into_iter().map(|(_, pattern)| pattern).collect();
        Self { automaton, patterns, by_id, by_path, fingerprint }
    }

    /// The first use of each term in each h2 section of `document`, in time linear in its text.
    pub fn link(&self, document: &Document) -> TermLinks {
        if self.patterns.is_empty() {
            return TermLinks::default();
        }
        let common = document.meta.common();
        let own = (document.kind() == Kind::Term).then_some(&document.id);
        let silent: HashSet<u32> =
            common.unlinked.iter().chain(own).filter_map(|id| self.by_id.get(id).copied()).collect();
        let mut scan = Scan { glossary: self, document, silent, seen: HashSet::new(), folded: Folded::default() };
        let mut links = TermLinks::default();
        // What stands above the body shares its first section; what stands below begins a new one.
        for (key, body) in document.fields.iter().filter(|(key, _)| key.0 <= Field::Objective) {
            scan.body_into(body, |found| {
                links.fields.insert(*key, found);
            });
        }
        scan.body_into(&document.body, |found| links.body = found);
        scan.seen.clear();
        for (key, body) in document.fields.iter().filter(|(key, _)| key.0 > Field::Objective) {
            scan.body_into(body, |found| {
                links.fields.insert(*key, found);
            });
        }
        links
    }
}

/// A walk over one document.
struct Scan<'a> {
    glossary: &'a Glossary,
    document: &'a Document,
    silent: HashSet<u32>,
    /// Terms linked in the current section.
    seen: HashSet<u32>,
    folded: Folded,
}

/// A match that passed the tests.
struct Candidate {
    start: usize,
    end: usize,
    term: Option<u32>,
}

impl Scan<'_> {
    fn body_into(&mut self, body: &Body, store: impl FnOnce(BySegment)) {
        let mut found = Vec::new();
        for (segment, number) in body.segments.iter().zip(0_u32..) {
            match segment {
                Segment::Heading(index) if self.document.headings[*index as usize].level <= 2 => self.seen.clear(),
                Segment::Prose(prose) => {
                    let links = self.prose(prose);
                    if !links.is_empty() {
                        found.push((number, links));
                    }
                }
                Segment::Heading(_)
                | Segment::Html(_)
                | Segment::Word(_)
                | Segment::CareStart(_)
                | Segment::CareEnd
                | Segment::Card { .. }
                | Segment::QuestionStart(_)
                | Segment::Answer(_)
                | Segment::QuestionEnd
                | Segment::Figure { .. } => {}
            }
        }
        if !found.is_empty() {
            store(found);
        }
    }

    /// Terms that the author linked, with where: they need no second link after that in the section.
    fn linked_by_author(&self, prose: &Prose) -> Vec<(usize, u32)> {
        let linked = prose.marks.iter().filter_map(|mark| {
            let Item::OpenReference(reference, _) = &mark.item else { return None };
            let reference = self.document.references.get(reference.0 as usize)?;
            let term = match &reference.link {
                Link::Id(None | Some(Kind::Term), id, _) => self.glossary.by_id.get(id),
                Link::File(path, _) => self.glossary.by_path.get(path),
                Link::Id(..) | Link::Facet(..) | Link::Anchor(_) | Link::Image(_) | Link::Outside => None,
            };
            Some((mark.at as usize, *term?))
        });
        linked.collect()
    }

    fn prose(&mut self, prose: &Prose) -> Vec<TermLink> {
        let mut by_author = self.linked_by_author(prose).into_iter().peekable();
        let mut links = Vec::new();
        if prose.role == Role::Running {
            let mut folded = std::mem::take(&mut self.folded);
            folded.fold(&prose.text);
            let mut candidates = self.candidates(prose, &folded);
            self.folded = folded;
            candidates.sort_by_key(|candidate| (candidate.start, Reverse(candidate.end), candidate.term.is_none()));
            let mut blocked = linked_ranges(prose).into_iter().peekable();
            let mut last_end = 0;
            for Candidate { start, end, term } in candidates {
                while let Some((_, term)) = by_author.next_if(|(at, _)| *at < start) {
                    self.seen.insert(term);
                }
                while blocked.next_if(|(_, to)| *to <= start).is_some() {}
                if start < last_end || blocked.peek().is_some_and(|(from, _)| *from < end) {
                    continue;
                }
                last_end = end;
                if let Some(action) = term.and_then(|term| self.action(prose, start, term)) {
                    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
                    links.push(TermLink { start: at(start), end: at(end), action });
                }
            }
        }
        self.seen.extend(by_author.map(|(_, term)| term));
        links
    }

    /// What to do where `term` stands at `start`.
    fn action(&mut self, prose: &Prose, start: usize, term: u32) -> Option<Action> {
        if prose.text[..start].ends_with('\\') {
            return Some(Action::Unescape);
        }
        (!self.silent.contains(&term) && self.seen.insert(term)).then_some(Action::Link(term))
    }

    /// Every match that stands as words of its own.
    fn candidates(&self, prose: &Prose, folded: &Folded) -> Vec<Candidate> {
        let text = &prose.text;
        let mut candidates = Vec::new();
        for found in self.glossary.automaton.find_overlapping_iter(&folded.text) {
            // A quick look at the neighbours in the folded text saves most of the work.
            let bytes = folded.text.as_bytes();
            let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
            let before = found.start().checked_sub(1).and_then(|at| bytes.get(at));
            if is_letter(before) || is_letter(bytes.get(found.end())) {
                continue;
            }
            let (start, end) = (folded.start(found.start()), folded.end(found.end(), text));
            let Some(matched) = text.get(start..end) else { continue };
            let pattern = &self.glossary.patterns[found.pattern().as_usize()];
            let is_exact = pattern.exact.as_ref().is_none_or(|form| folded_with_case(matched) == *form);
            if is_exact && starts_word(text, start) && ends_word(text, end) {
                candidates.push(Candidate { start, end, term: pattern.term });
            }
        }
        candidates
    }
}

/// Whether a word may begin at `at`: not within a word, nor after the hyphen of a compound.
fn starts_word(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        None => true,
        Some(character) if is_hyphen(character) => !before.next().is_some_and(is_word),
        Some(character) => !is_word(character),
    }
}

/// Whether a word may end at `at`: not within a word, nor before the hyphen of a compound.
fn ends_word(text: &str, at: usize) -> bool {
    let mut after = text[at..].chars().skip_while(|character| matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}'));
    match after.next() {
        None => true,
        Some(character) if is_hyphen(character) => !after.next().is_some_and(is_word),
        Some(character) => !is_word(character),
    }
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || is_combining_mark(character)
}

/// What lies inside links already.
fn linked_ranges(prose: &Prose) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut open = None;
    for mark in &prose.marks {
        match mark.item {
            Item::OpenReference(..) | Item::OpenUrl(_) => open = Some(mark.at as usize),
            Item::CloseLink => ranges.extend(open.take().map(|start| (start, mark.at as usize))),
            _ => {}
        }
    }
    ranges
}
