//! The fields of an entry → one reference, in the order and punctuation of medical journals (Vancouver, ICMJE).

use super::identifier;
use super::names::People;
use super::read::{Field, RawEntry};
use crate::text::{escape_into, escaped};

/// Where an article may be said to have appeared.
pub const PUBLISHED_IN: [&str; 9] =
    ["journal", "journaltitle", "booktitle", "eprint", "publisher", "institution", "howpublished", "url", "doi"];

/// Who may be said to answer for a work.
pub const RESPONSIBLE: [&str; 11] = [
    "author",
    "editor",
    "organization",
    "institution",
    "publisher",
    "school",
    "journal",
    "journaltitle",
    "howpublished",
    "url",
    "doi",
];

const JOURNAL: [&str; 2] = ["journal", "journaltitle"];

/// What kinds of work a reference tells apart.
#[derive(Clone, Copy, PartialEq)]
enum Work {
    Article,
    Part,
    Report,
    Thesis,
    Online,
    Book,
}

fn work(entry: &RawEntry) -> Work {
    match &*entry.kind {
        "article" | "periodical" | "suppperiodical" if entry.first(&JOURNAL).is_some() => Work::Article,
        "incollection" | "inproceedings" | "conference" | "inbook" | "inreference" | "suppbook" | "bookinbook"
            if entry.field("booktitle").is_some() =>
        {
            Work::Part
        }
        "techreport" | "report" => Work::Report,
        "phdthesis" | "mastersthesis" | "thesis" => Work::Thesis,
        "online" | "electronic" | "www" | "webpage" => Work::Online,
        "book" | "mvbook" | "collection" | "proceedings" | "reference" | "manual" | "booklet" | "inbook" => Work::Book,
        _ if entry.first(&JOURNAL).is_some() => Work::Article,
        _ if entry.field("booktitle").is_some() => Work::Part,
        _ if entry.first(&["publisher", "institution", "school"]).is_none() && is_online(entry) => Work::Online,
        _ => Work::Book,
    }
}

fn is_online(entry: &RawEntry) -> bool {
    identifier::web_address(entry).is_some()
}

/// Web pages and unpublished things often bear no date.
pub fn may_lack_year(entry: &RawEntry) -> bool {
    work(entry) == Work::Online
        || matches!(&*entry.kind, "misc" | "unpublished" | "booklet" | "manual" | "software" | "dataset")
}

/// The reference as HTML.
pub fn reference(entry: &RawEntry) -> String {
    let mut out = Sentences(String::new());
    let work = work(entry);
    out.text(&responsible(entry).unwrap_or_default());
    out.html(&title(entry, work));
    match work {
        Work::Article => article(&mut out, entry),
        Work::Part => part(&mut out, entry),
        Work::Report => report(&mut out, entry),
        Work::Book | Work::Thesis | Work::Online => book(&mut out, entry),
    }
    preprint(&mut out, entry);
    if work == Work::Online {
        online(&mut out, entry);
    }
    out.0
}

/// Who and when, as plain text: `Kawchuk et al. 2015`.
pub fn short(entry: &RawEntry) -> String {
    let people = ["author", "editor"].iter().find_map(|name| entry.field(name).and_then(People::of));
    let who = people.map(|people| people.short()).or_else(|| corporate(entry).map(Field::text));
    let who = who.unwrap_or_else(|| match entry.field("title") {
        Some(title) => first_words(&title.text()),
        None => entry.key.clone(),
    });
    match year(entry) {
        Some(year) => format!("{who} {year}"),
        None => format!("{who} n.d."),
    }
}

/// At most four words, for works without an author.
fn first_words(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    match words.get(..4) {
        Some(first) if words.len() > 4 => format!("{}…", first.join(" ").trim_end_matches([',', ':', ';', '.'])),
        _ => words.join(" "),
    }
}

fn corporate(entry: &RawEntry) -> Option<&Field> {
    match &*entry.kind {
        "article" => None,
        _ => entry.first(&["organization", "institution"]),
    }
}

/// Authors, or else editors, or else the organisation, as plain text.
fn responsible(entry: &RawEntry) -> Option<String> {
    if let Some(authors) = entry.field("author").and_then(People::of) {
        return Some(authors.list());
    }
    match entry.field("editor").and_then(People::of) {
        Some(editors) if entry.field("booktitle").is_none() => Some(edited_by(&editors)),
        _ => corporate(entry).map(Field::text),
    }
}

fn edited_by(editors: &People) -> String {
    let role = if editors.is_one() { "editor" } else { "editors" };
    format!("{}, {role}", editors.list())
}

/// The title as HTML, with what medical journals put into square brackets after it.
fn title(entry: &RawEntry, work: Work) -> String {
    let mut title = entry.field("title").map(Field::html).unwrap_or_default();
    if let Some(subtitle) = entry.field("subtitle") {
        title.push_str(if ends_sentence(&title) { " " } else { ": " });
        title.push_str(&subtitle.html());
    }
    let medium = match work {
        Work::Online => "Internet".to_owned(),
        Work::Thesis => thesis(entry),
        Work::Article | Work::Part | Work::Report | Work::Book => return title,
    };
    title.push_str(" [");
    title.push_str(&medium);
    title.push(']');
    title
}

fn thesis(entry: &RawEntry) -> String {
    match entry.field("type").map(Field::html).as_deref() {
        Some("mathesis") => "master's thesis".to_owned(),
        Some("phdthesis") => "dissertation".to_owned(),
        Some(kind) => kind.to_owned(),
        None if entry.kind == "mastersthesis" => "master's thesis".to_owned(),
        None => "dissertation".to_owned(),
    }
}

/// `<cite>Journal</cite>. 2015;10(4):e0119470.`
fn article(out: &mut Sentences, entry: &RawEntry) {
    if let Some(journal) = entry.first(&JOURNAL) {
        out.html(&format!("<cite>{}</cite>", journal.html()));
    }
    let mut place = year(entry).map(|year| escaped(&year)).unwrap_or_default();
    let volume = entry.field("volume").map(Field::html);
    let number = entry.first(&["number", "issue"]).map(Field::html);
    if volume.is_some() || number.is_some() {
        place.push(';');
    }
    place.push_str(&volume.unwrap_or_default());
    if let Some(number) = number {
        place.push_str(&format!("({number})"));
    }
    if let Some(pages) = entry.first(&["pages", "eid"]) {
        place.push(':');
        place.push_str(&page_range(&pages.html()));
    }
    out.html(&place);
}

/// `In: Mayer RE, editor. <cite>Book</cite>. 2nd ed. Cambridge: Publisher; 2014. p. 10–20.`
fn part(out: &mut Sentences, entry: &RawEntry) {
    let book = entry.field("booktitle").map(|title| format!("<cite>{}</cite>", title.html())).unwrap_or_default();
    match entry.field("editor").and_then(People::of) {
        Some(editors) => {
            out.html(&format!("In: {}", escaped(&edited_by(&editors))));
            out.html(&book);
        }
        None => out.html(&format!("In: {book}")),
    }
    imprint(out, entry);
}

/// A book, and whatever else is published like one.
fn book(out: &mut Sentences, entry: &RawEntry) {
    if entry.field("author").and_then(People::of).is_some()
        && let Some(editors) = entry.field("editor").and_then(People::of)
    {
        out.text(&edited_by(&editors));
    }
    imprint(out, entry);
}

fn report(out: &mut Sentences, entry: &RawEntry) {
    published(out, entry);
    if let Some(number) = entry.field("number").map(Field::html) {
        let is_named = number.to_lowercase().contains("report");
        out.html(&if is_named { number } else { format!("Report No.: {number}") });
    }
    pages(out, entry);
}

/// Edition, volume, place, publisher, year, series, chapter and pages.
fn imprint(out: &mut Sentences, entry: &RawEntry) {
    if let Some(edition) = entry.field("edition") {
        out.html(&ordinal_edition(&edition.html()));
    }
    let series = entry.field("series").map(Field::html);
    if let Some(volume) = entry.field("volume").filter(|_| series.is_none()) {
        out.html(&format!("Vol. {}", volume.html()));
    }
    published(out, entry);
    if let Some(series) = series {
        let volume = entry.first(&["volume", "number"]).map(|volume| format!("; vol. {}", volume.html()));
        out.html(&format!("({series}{})", volume.unwrap_or_default()));
    }
    if let Some(chapter) = entry.field("chapter") {
        out.html(&format!("Chapter {}", chapter.html()));
    }
    pages(out, entry);
}

/// `Geneva: World Health Organization; 2023`
fn published(out: &mut Sentences, entry: &RawEntry) {
    let place = entry.first(&["address", "location"]).map(Field::html);
    let publisher = entry.first(&["publisher", "institution", "school", "organization"]).map(Field::html);
    let unlinked = entry.field("howpublished").filter(|_| !is_online(entry)).map(Field::html);
    let published = match (place, publisher.or(unlinked)) {
        (Some(place), Some(publisher)) => format!("{place}: {publisher}"),
        (place, publisher) => place.or(publisher).unwrap_or_default(),
    };
    match (published.is_empty(), year(entry)) {
        (true, None) => {}
        (true, Some(year)) => out.text(&year),
        (false, None) => out.html(&published),
        (false, Some(year)) => out.html(&format!("{published}; {}", escaped(&year))),
    }
}

fn pages(out: &mut Sentences, entry: &RawEntry) {
    if let Some(pages) = entry.field("pages") {
        out.html(&format!("p. {}", page_range(&pages.html())));
    }
}

/// `arXiv:1501.00001`
fn preprint(out: &mut Sentences, entry: &RawEntry) {
    let Some(eprint) = entry.field("eprint") else {
        return;
    };
    match entry.first(&["eprinttype", "archiveprefix"]) {
        Some(archive) if archive.text().eq_ignore_ascii_case("arxiv") => {
            out.html(&format!("arXiv:{}", escaped(&eprint.address())));
        }
        Some(archive) => out.html(&format!("{}: {}", archive.html(), escaped(&eprint.address()))),
        None => {}
    }
}

/// The address as text, because the reference is read on paper too, and the day on which it was looked at.
fn online(out: &mut Sentences, entry: &RawEntry) {
    let Some(url) = identifier::web_address(entry) else {
        return;
    };
    let mut text = format!("Available from: {url}");
    if let Some(date) = entry.field("urldate") {
        text.push_str(&format!(" [accessed {}]", day(&date.text())));
    }
    // No full stop: readers would take it for part of the address.
    out.space();
    escape_into(&mut out.0, &text);
}

/// `2024-01-05` → `5 January 2024`; anything else as it is written.
fn day(text: &str) -> String {
    match text.parse::<jiff::civil::Date>() {
        Ok(date) => date.strftime("%-d %B %Y").to_string(),
        Err(_) => text.to_owned(),
    }
}

/// The year as written, or that of the `date`: `2015-04/2015-05` → `2015`.
fn year(entry: &RawEntry) -> Option<String> {
    if let Some(year) = entry.field("year") {
        return Some(year.text());
    }
    let date = entry.field("date")?.text();
    let digits = date.bytes().take_while(u8::is_ascii_digit).count();
    Some(if digits == 4 { date[..4].to_owned() } else { date })
}

/// `2` → `2nd ed.`, `Second` → `Second ed.`, `2nd ed` → `2nd ed.`
fn ordinal_edition(edition: &str) -> String {
    if edition.contains("ed.") || edition.ends_with("ed") || edition.to_lowercase().contains("edition") {
        return edition.to_owned();
    }
    let Ok(number) = edition.parse::<u32>() else {
        return format!("{edition} ed");
    };
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending} ed")
}

/// A hyphen between page numbers is an en dash, however it was typed.
fn page_range(pages: &str) -> String {
    let pages = pages.replace(" – ", "–").replace(" - ", "–");
    match pages.split_once('-') {
        Some((first, last)) if !first.is_empty() && !last.contains('-') && !last.is_empty() => {
            format!("{first}–{last}")
        }
        _ => pages,
    }
}

/// Sentences with one full stop each.
struct Sentences(String);

impl Sentences {
    /// Adds a sentence of plain text; nothing if it is empty.
    fn text(&mut self, text: &str) {
        self.html(&escaped(text));
    }

    /// Adds a sentence of HTML; nothing if it is empty.
    fn html(&mut self, html: &str) {
        if html.is_empty() {
            return;
        }
        self.space();
        self.0.push_str(html);
        if !ends_sentence(html) {
            self.0.push('.');
        }
    }

    fn space(&mut self) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
    }
}

/// Whether `html` ends with a full stop, question mark or the like, perhaps before a quotation mark or a closing tag.
fn ends_sentence(html: &str) -> bool {
    let mut html = html.trim_end_matches(['”', '’']);
    for closing in ["</cite>", "</i>", "</b>", "&quot;"] {
        html = html.strip_suffix(closing).unwrap_or(html);
    }
    html.trim_end_matches(['”', '’']).ends_with(['.', '?', '!', '…'])
}
