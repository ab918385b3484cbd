//! The templates of pages, and the names that each sees at its top.

/// The names that every page template sees.
pub const EVERYWHERE: &[&str] = &["root", "words", "site", "page"];

/// The templates of pages, without which there is no theme: what each shows, and the names that it sees beside those that are everywhere.
pub const TEMPLATES: &[(&str, &str, &[&str])] = &[
    (
        "home.html",
        "The home page.",
        &["at_a_glance", "takeaways", "sections", "featured", "facets", "latest", "counts"],
    ),
    ("section.html", "A section, with its articles.", &["articles", "siblings", "previous", "next"]),
    (
        "article.html",
        "An article.",
        &[
            "at_a_glance",
            "objectives",
            "requires",
            "words_before",
            "takeaways",
            "exercises",
            "paths",
            "part",
            "siblings",
            "previous",
            "next",
        ],
    ),
    ("page.html", "A page that belongs to no section.", &["at_a_glance", "takeaways"]),
    ("exercise.html", "An exercise.", &["exercise", "previous", "next"]),
    (
        "exercises.html",
        "All exercises, and those with one value of a facet.",
        &["intro", "count", "current", "facets", "cautions", "groups", "sequences"],
    ),
    ("sequence.html", "A sequence of exercises.", &["sheet", "sequence", "previous", "next"]),
    ("handout.html", "Where readers put handouts together.", &["sheet", "sequences", "groups"]),
    ("glossary.html", "The glossary from A to Z.", &["intro", "letters", "alphabet"]),
    ("term.html", "A term that has a page of its own.", &["term"]),
    ("sources.html", "Every source that the site cites.", &["sources"]),
    ("evidence.html", "Every claim that says how sure it is.", &["levels"]),
    ("map.html", "The learning map: articles that build on each other.", &["drawings", "paths", "sections"]),
    ("path.html", "A learning path, with its articles in order.", &["articles", "minutes"]),
    ("quiz.html", "The questions of all pages, mixed.", &["questions"]),
    ("search.html", "The page to search on.", &["alphabet"]),
    ("404.html", "What a host shows where there is no page.", &["articles", "exercises"]),
];

/// Every name that some template sees at its top, with its manual.
pub const TOP_LEVEL: &[(&str, &str)] = &[
    ("root", "The way from the page to the root of the site, such as `../../`; it stands before every path."),
    ("words", "The theme's words in the site's language, by key."),
    ("site", "See `site` below."),
    ("page", "See `page` below."),
    (
        "sections",
        "`[{title, summary, path, minutes, count, cards}]`: the sections in order, each with cards of its first articles; on the map `[{title, summary, path, cards}]`, with cards of all.",
    ),
    ("featured", "Cards of the first exercises."),
    (
        "latest",
        "`[{card, what, date}]`: what was `reviewed`, `updated` or `published` last; `what` is one of these words.",
    ),
    ("drawings", "`[drawing]`: the map, wide and tall; none for a site of more than 80 articles. See `drawing` below."),
    ("counts", "`{articles, exercises, terms, sources}`: how many the site has."),
    (
        "articles",
        "Cards of the section's or the path's articles in reading order; of all articles where there is no page.",
    ),
    (
        "siblings",
        "`[{title, path, current}]`: all articles of the section (none where it is long, or has one); all sections, for a section.",
    ),
    ("questions", "`[{text, card}]`: questions as HTML, each with the card of its page; see `answers` of `page`."),
    ("at_a_glance", "`[HTML]`: what to know before reading."),
    ("objectives", "`[{id, text}]`: what the reader will learn; `text` is HTML."),
    ("takeaways", "`[HTML]`: what to keep in mind."),
    ("requires", "Cards of articles to read first."),
    (
        "words_before",
        "As `definitions` of `page`: the first terms that those articles have a relation to, and that this one uses.",
    ),
    ("exercises", "Cards of the exercises that the article recommends; of all exercises where there is no page."),
    (
        "paths",
        "`[{title, path, number, total, previous, next}]`: the learning paths that lead over the article, with the cards of its neighbours there; on the map `[{title, summary, path, minutes, count}]`, all of them.",
    ),
    ("minutes", "Minutes that the path takes, all articles together."),
    ("part", "`{number, total, section: {title, path}}`: the article's place in its section, which may be none."),
    ("previous", "The card of the page before, or none."),
    ("next", "The card of the page after, or none."),
    ("exercise", "See `exercise` below."),
    ("sheet", "See `sheet` below."),
    ("sequence", "See `sequence` below."),
    ("sequences", "Cards of the sequences."),
    ("intro", "HTML that an author wrote to introduce the list, or none."),
    ("count", "How many exercises are shown."),
    (
        "current",
        "`{facet: {id, title}, value: {id, title, summary}}` on the page of one value of a facet; none on the page of all.",
    ),
    (
        "facets",
        "`[{id, title, values: [{id, title, path, count, current}], map}]`: the facets, with the values that some exercise has; `map` is HTML, or none.",
    ),
    ("cautions", "`[{id, title, exercises}]`: the reasons to ask first that exercises name, with the cards of these."),
    ("groups", "`[{id, title, cards}]`: the exercises by their first facet; `title` may be none."),
    ("letters", "`[{letter, id, terms}]`: the letters that have terms; see `term` below."),
    ("alphabet", "`[{letter, id}]`: A to Z and what else is needed; `id` is none where a letter has no terms."),
    ("term", "See `term` below."),
    (
        "levels",
        "`[{id, title, summary, count, claims}]`: the words for how sure a claim is, surest first. `claims` is `[{text, card, heading, path, sources, against}]`: the sentence, HTML; the page that it stands on; the heading there, or none; the way to it; `[{name, path}]` of the sources that speak for it, and against it.",
    ),
    (
        "sources",
        "`[{id, key, text, url, cited_by, cited_by_more}]`: the sources; `text` is HTML, `cited_by` cards of the first pages that cite it, `cited_by_more` the number of further ones.",
    ),
];
