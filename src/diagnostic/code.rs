//! Every problem that Hornbook can report. A code's doc comment is its manual page: `hornbook explain CODE` prints it.

#[macro_use]
mod claims;
#[macro_use]
mod outside;
#[macro_use]
mod questions;

use super::Level;

/// Whether a site may change a code's level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// The site cannot be built right while it stands: always an error.
    Fixed,
    /// An opinion: `checks:` in site.yaml sets its level.
    Check,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $level:ident $rule:ident,)+) => {
        /// The kind of a problem.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the manual.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name that messages, `explain` and site.yaml use.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The level where the site says nothing.
            pub fn default_level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)+ }
            }

            /// Whether the site may change the level.
            pub fn rule(self) -> Rule {
                match self { $(Self::$variant => Rule::$rule,)+ }
            }

            /// The manual page, a paragraph or more of Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n",)+),)+ }
            }
        }
    };
}

with_questions! {
    with_claims with_outside codes
    /// The front matter or site.yaml is not YAML: a bracket or quote is not closed, the indentation is off, or a value with a
    /// colon in it stands without quotes.
    ///
    /// Put text that holds `: `, or that begins with one of `[ { > | * & ! % @ #`, in quotes.
    InvalidYaml "invalid-yaml" Error Fixed,
    /// A front matter that begins with `---` has no second `---` to end it.
    UnclosedFrontMatter "unclosed-front-matter" Error Fixed,
    /// A key that does not exist here. Hornbook accepts no key that it does not know, because a mistyped key would be
    /// lost in silence. Keys of your own belong under `extra:`.
    UnknownKey "unknown-key" Error Fixed,
    /// The same key stands twice in one mapping.
    DuplicateKey "duplicate-key" Error Fixed,
    /// A value has the wrong type: a number where text is expected, text where a list is expected, and so on.
    ///
    /// YAML reads `null` and `~` as nothing: put such text in quotes.
    WrongType "wrong-type" Error Fixed,
    /// A value has the right type but is none of the values that are possible here.
    InvalidValue "invalid-value" Error Fixed,
    /// A date that does not exist, or that is not written as year-month-day: `2026-11-23`.
    InvalidDate "invalid-date" Error Fixed,
    /// A key that must be there is missing.
    MissingKey "missing-key" Error Fixed,
    /// A facet or a value of a facet that site.yaml does not declare under `exercises: {facets: …}`.
    UnknownFacet "unknown-facet" Error Fixed,
    /// An item of `avoid_if` names a reason to ask first that the site does not have. The reasons stand in site.yaml:
    ///
    /// ```yaml
    /// exercises:
    ///   cautions:
    ///     - {id: wrists, title: My wrists hurt}
    /// ```
    ///
    /// The index offers to leave out the exercises that name one.
    UnknownCaution "unknown-caution" Error Fixed,
    /// A part of a facet's `map:` has an `id` that names no value of the facet, so that nobody knows where it should lead. A part is
    /// meant for the value `hips` if its id is `hips` or `region-hips`.
    UnknownRegion "unknown-region" Error Fixed,
    /// A typed relation that site.yaml does not declare under `relations:`, or one between kinds of page that it is not
    /// declared for.
    UnknownRelation "unknown-relation" Error Fixed,
    /// A folder of content that is no section of site.yaml.
    UnknownSection "unknown-section" Error Fixed,
    /// An author that site.yaml does not declare under `authors:`.
    UnknownAuthor "unknown-author" Error Fixed,
    /// Two files of the same kind have the same id, or a list names one thing twice. An id is the file's name without `.md`.
    DuplicateId "duplicate-id" Error Fixed,
    /// Two pages, or a page and a file, would be published at the same address.
    DuplicateUrl "duplicate-url" Error Fixed,
    /// A file name or `slug` that cannot be part of an address.
    InvalidSlug "invalid-slug" Error Fixed,
    /// A file that is not UTF-8 text. Save it as UTF-8 in your editor.
    InvalidUtf8 "invalid-utf8" Error Fixed,
    /// A control character that no page can show, such as NUL.
    ControlCharacter "control-character" Error Fixed,
    /// A path that Hornbook does not read: a link out of the site, a device, a name that no host can serve.
    UnreadablePath "unreadable-path" Error Fixed,
    /// A link to a file or an id that does not exist. Links name files (`../risks/harm.md`) or ids (`[[harm]]`), with upper and
    /// lower case exactly as in the file's name, because published sites tell them apart.
    BrokenLink "broken-link" Error Fixed,
    /// A link to a heading that the page does not have. The anchor of a heading is its text in lower case with hyphens, or the
    /// `{#id}` after it.
    MissingAnchor "missing-anchor" Error Fixed,
    /// `[[id]]` names pages of two kinds. Say which: `[[term:id]]` or `[[exercise:id]]`.
    AmbiguousLink "ambiguous-link" Error Fixed,
    /// A link to a page that is not published: a draft, one whose `publish_on` is still to come, or one whose `expire_on` is past.
    UnpublishedLink "unpublished-link" Error Fixed,
    /// An address with a scheme that is not allowed in links. Allowed are `http`, `https`, `mailto` and `tel`.
    RefusedScheme "refused-scheme" Error Fixed,
    /// HTML in Markdown. It is refused so that a page cannot break the theme, the strict content policy or accessibility.
    ///
    /// A site that needs it sets `markdown: {raw_html: allow}` in site.yaml.
    RawHtml "raw-html" Error Fixed,
    /// An attribute that a heading cannot have, other than an id, a class and `teaches=`, or a question, other than `tests=` and `order=`.
    RefusedAttribute "refused-attribute" Error Fixed,
    /// A picture or other file that does not exist, or that lies outside `content/`.
    MissingAsset "missing-asset" Error Fixed,
    /// An SVG that cannot be shown in the page: it holds a script, an event handler, a style, a reference to another
    /// site, or is not well-formed.
    UnsafeSvg "unsafe-svg" Error Fixed,
    /// `> [!SOMETHING]` with a word that names no alert. There are NOTE, TIP, IMPORTANT, WARNING, CAUTION, DO, DONT, QUIZ, the care cards
    /// EMERGENCY, URGENT and ROUTINE, and CARE, which shows a card of `content/safety/`.
    UnknownAlert "unknown-alert" Error Fixed,
    /// `[^label]` without a note `[^label]: …`, or a note that nothing refers to.
    Footnote "footnote" Error Fixed,
    /// A citation `[@key]` whose key is not in `content/references.bib`.
    UnknownCitation "unknown-citation" Error Fixed,
    /// A citation ends in a word for how sure its claim is, as in `[@key; limited]`, and the site does not have that word. The words
    /// stand in site.yaml:
    ///
    /// ```yaml
    /// evidence:
    ///   - {id: limited, title: limited evidence, summary: Small or indirect studies.}
    /// ```
    ///
    /// Readers see the title behind the claim, and the summary where they press it. All claims are listed by strength at `/evidence/`.
    UnknownEvidence "unknown-evidence" Error Fixed,
    /// The bibliography is not BibTeX, or an entry in it lacks what a reference needs.
    InvalidBibliography "invalid-bibliography" Error Fixed,
    /// An id under `requires`, `exercises`, `see_also`, `easier`, `harder`, a relation or in site.yaml that no page has.
    UnknownId "unknown-id" Error Fixed,
    /// Pages require each other in a circle, so that nobody could read them in order. The shortest circle is shown.
    PrerequisiteCycle "prerequisite-cycle" Error Fixed,
    /// Two terms of the glossary claim the same name, alias or form, so that a use of it could mean either.
    DuplicateForm "duplicate-form" Error Fixed,
    /// A file nested too deep, or one larger than Hornbook reads (16 MiB of text).
    TooLarge "too-large" Error Fixed,
    /// A theme that does not exist, extends itself, or lacks a file that it must have.
    InvalidTheme "invalid-theme" Error Fixed,
    /// A template does not parse, or fails while a page is rendered.
    TemplateError "template-error" Error Fixed,
    /// A file of a theme or under `content/static/` that should not be published: an editor's backup, a hidden file, a secret.
    UnpublishableFile "unpublishable-file" Error Fixed,
    /// A page went wrong inside Hornbook. This is a bug in Hornbook: please report it with the file.
    InternalError "internal-error" Error Fixed,
    /// A picture without words for those who cannot see it. Write what it shows between the square brackets:
    /// `![The parts of a flower](flower.svg)`.
    MissingAlt "missing-alt" Warning Check,
    /// A page without a `summary`. Lists, search results and shared links show it.
    MissingSummary "missing-summary" Warning Check,
    /// An exercise without `stop_if`: its readers are told what to do, and not when to stop.
    ///
    /// Most people try an exercise alone. The signs to stop at stand in a box of their own on the page and on every sheet that is printed.
    /// Name two or three that one can notice without training:
    ///
    /// ```yaml
    /// stop_if:
    ///   - The pain gets worse while you move.
    ///   - You feel dizzy.
    /// ```
    ///
    /// A site whose exercises can hurt nobody, such as exercises in arithmetic, allows this in site.yaml: `checks: {missing-stop-if: allow}`.
    MissingStopIf "missing-stop-if" Warning Check,
    /// A page whose `review_by` date is past.
    OverdueReview "overdue-review" Warning Check,
    /// A file allows itself what is not in it (any more).
    ///
    /// `allow:` in a page's front matter takes a finding back, by its code, with the reason:
    ///
    /// ```yaml
    /// allow: {vague-link: The button on the form is called "here".}
    /// ```
    ///
    /// When the cause is gone, the permission should go too, or it will hide the next one.
    UnusedAllow "unused-allow" Note Check,
    /// A page that says something else than what was reviewed: its `seal` is no longer that of its text.
    ///
    /// `hornbook review sign` writes the seal when a page was reviewed. Layout, emphasis, dates, tags, and where links lead do not count;
    /// every word does. Have the page reviewed again, then sign it again; or take `reviewed`, `reviewed_by` and `seal` out, if they are no
    /// longer true. Readers are told on the page that it was changed since.
    EditedSinceReview "edited-since-review" Warning Check,
    /// A value of a facet that its `map:` has no part for. Those who use the map will not find it there.
    MissingRegion "missing-region" Warning Check,
    /// A heading that jumps a level, such as `####` under `##`. Screen readers navigate by levels.
    HeadingJump "heading-jump" Warning Check,
    /// A search of `content/search.yaml` that does not find first what it should.
    ///
    /// The file is a list of what readers type, each with what should come first: the id of a page, with its kind where two kinds share
    /// the id, or the care card of the help page.
    ///
    /// ```yaml
    /// - {query: sore knee, first: term:knee-pain}
    /// - {query: knee stretch, first: calf-stretch}
    /// - {query: cannot bend it, care: urgent}
    /// ```
    ///
    /// A page is found by its title, its other names, headings, summary and text, in this order of weight; by every name of a term that
    /// it uses; by beginnings of words, and with one typo. So if the wrong page comes first, look at what the right one is called: give a
    /// term an alias, an exercise an `also_called`, an article a plainer title. A care card comes first for words of its own that are not
    /// common on the site, and for those that site.yaml lists under `search: {emergency: […], urgent: […]}`.
    SearchExpectation "search-expectation" Warning Check,
    /// An article that says nowhere when to get help, in a section of site.yaml with `safety: required`.
    ///
    /// Readers come from a search and see one page. If that page tells them what to do with their body, their money or their tools, it has to say
    /// on the spot when that is not enough. One of two things will do: a care card in the article,
    ///
    /// ```markdown
    /// > [!URGENT] Call a doctor today if:
    /// >
    /// > - the pain wakes you at night
    /// ```
    ///
    /// or a link, somewhere in the text, to the page that `help:` in site.yaml names. The link in the header of every page does not count:
    /// readers pass over it. Where an article needs neither, it belongs in a section without `safety: required`. A site that only wants to hear of it
    /// sets `checks: {missing-care: warning}`.
    MissingCare "missing-care" Error Check,
    /// A care card with more than five signs.
    ///
    /// Whoever looks at a care card is worried, and has seconds. A list of five is read; of a list of nine the first few are, and the sign that
    /// matters may be the eighth. Keep the likeliest and the gravest, gravest first; join signs that call for the same step; explain the rest in text
    /// below, under a heading of its own.
    LongCareCard "long-care-card" Warning Check,
    /// A second care card of the same level on one page.
    ///
    /// Two emergency cards look like two kinds of emergency: readers who find themselves in neither list wonder whether the other one was meant for
    /// them, and many see only the first. Put all signs of a level into one card (not more than five), gravest level first. Where a page has to say
    /// the same again further down, link to the card.
    RepeatedCareCard "repeated-care-card" Warning Check,
    /// Text that follows a care card without a heading of its own.
    ///
    /// Readers see a coloured card as the end of something. They jump from card to card, and pass over a paragraph between them or below the last. Put
    /// a heading above the text (`## What you can do yourself`), or move it above the card. Another card, a remark, a question and a picture may follow
    /// a card: they are seen.
    TextAfterCareCard "text-after-care-card" Warning Check,
    /// A link whose words do not say where it leads: `here`, `read more`, a bare address, or none at all.
    ///
    /// Many readers skim from link to link; those who listen to a page can have all links read out as a list. "Here, here, read more" tells neither of them
    /// anything, and an address read aloud is worse. Link the words that name the thing: not "click `[here](harm.md)` to read about risks" but "read about
    /// `[the risks](harm.md)`". `[[harm]]` writes the title of the page by itself. An address for mail (`<me@example.org>`) may stand as it is.
    ///
    /// The words are known in English and German. To be told nothing: `checks: {vague-link: allow}` in site.yaml.
    VagueLink "vague-link" Warning Check,
    /// A heading with nothing under it, before the next heading of its level or the end of the page.
    ///
    /// Readers who jump to it from the contents, and those who listen to a page by its headings, arrive at nothing. Write what the heading promises, or
    /// take it out. Headings of a deeper level count as something.
    EmptySection "empty-section" Warning Check,
    /// Two headings of one level on one page have the same words.
    ///
    /// In the contents, and in the list of headings that screen readers offer, nobody can tell them apart. The second one's address also ends in `-1`, and
    /// leads elsewhere as soon as the first is renamed or moved. Say in each what it is about: "Side effects of the tablets", "Side effects of the cream". If
    /// both must stay as they are, give the second an address of its own: `## Side effects {#side-effects-cream}`; then nothing is reported.
    RepeatedHeading "repeated-heading" Warning Check,
    /// A page that no other page and no menu links to: nobody finds it but through a search.
    ///
    /// Articles, exercises, terms and sequences are listed by themselves; a page such as "About" is not. Link to it where a reader would look for it, or
    /// list its id under `navigation:` in site.yaml. The home page and the help page need no link. If a page is meant for those who were given its
    /// address, allow this for the site: `checks: {orphan-page: allow}`.
    OrphanPage "orphan-page" Warning Check,
    /// A file in `content/` that no page shows or links to. It is not published.
    ///
    /// Often a figure was replaced and the old one forgotten, or a link to it has a mistake that another file hides. Delete it, or show it. Files that are to be
    /// published as they are, such as a favicon, belong in `content/static/`. What a draft shows counts as used.
    UnusedAsset "unused-asset" Note Check,
    /// A value of a facet in site.yaml that no exercise has, not even a draft.
    ///
    /// Readers do not see it: the index offers only what there is. But either an exercise lacks a value that it should have, or the value is left over from
    /// one that is gone. Give it to an exercise, or take it out of site.yaml.
    UnusedFacetValue "unused-facet-value" Note Check,
    /// A source of the bibliography that no page cites, not even a draft. The page of sources does not list it.
    ///
    /// Whoever exports a whole library from Zotero has hundreds of them, and nothing is wrong with that: this is silent until a site asks for it with
    /// `checks: {unused-source: note}`. It is useful where the file was made for this site alone: a source without a citation is then a claim that lost its
    /// proof, or reading that can go.
    UnusedSource "unused-source" Allow Check,
    /// Two terms of the glossary are explained by each other: the first sentence of one definition uses the other term, and the other way round.
    ///
    /// A reader who knows neither goes round in a circle: "A module is a part of a system", "A system is made of modules". Say one of them in plain words that
    /// need no entry of their own; the other may then use it. Only first sentences count: the others of a definition may well say what a term has to do with its
    /// neighbours. A term that has a page of its own, with text under its front matter, is explained there.
    CircularDefinition "circular-definition" Warning Check,
    /// A table without a head, or with a column that has no name.
    ///
    /// Those who see a table guess what a column means from what stands in it. Those who listen to it hear the name of the column before each cell, or
    /// nothing. So every column, the first one too, has a word or two above it:
    ///
    /// ```markdown
    /// | Exercise | How often   |
    /// |----------|-------------|
    /// | Knee roll | twice a day |
    /// ```
    ///
    /// Cells below may be empty.
    TableHead "table-head" Warning Check,
    /// A list with more items on one level than `limits: {list_items: …}` in site.yaml allows; 12 where it says nothing.
    ///
    /// Short lists are read, long ones are skimmed: the eye finds no hold in them. Group what belongs together under headings, or under items of a shorter list.
    /// Where a list is one to look things up in, and not to read, allow more: `limits: {list_items: 50}`.
    LongList "long-list" Note Check,
    /// More words without a heading than `limits: {section_words: …}` in site.yaml allows; 400 where it says nothing.
    ///
    /// Headings are where readers enter a page: they look for the one that asks their question. A long stretch hides what is in it, and is tiring on a phone. Part
    /// it with headings that say what follows, best as questions. Teaching texts do well with 150 words under a heading; a site that wants to be held to that
    /// writes `limits: {section_words: 150}`.
    LongSection "long-section" Note Check,
    /// An acronym that its page does not explain, and that is no term of the glossary.
    ///
    /// Those who know "NSAID" do not need the page; those who need it stop at the word. Write the full name where it comes first, with the acronym in brackets:
    /// `anti-inflammatory painkillers (NSAIDs)`; or the other way round. Or make it a term: then its definition is one press away on every page. Words that
    /// everybody knows (TV, EU, DNA), numbers like IV, and several words in capitals and names (`ABC News`) are passed over. Only the first use on a page is reported.
    UnexplainedAcronym "unexplained-acronym" Note Check,
    /// Two colours that stand on each other are too much alike, in light or in dark colours: the words in one are hard to read on the other.
    ///
    /// A pale accent looks fine on a good screen indoors. On a phone in the sun, and for the one reader in ten who sees less well, links
    /// and buttons fade away. WCAG 2, the standard that accessible sites are held to, asks for a ratio of 4.5 between text and its ground, and of 3 for the
    /// edges of fields and buttons. The theme lists under `contrast:` in its theme.yaml what stands on what.
    ///
    /// Make the colour darker where its ground is light, and lighter where it is dark; a token has one of each:
    ///
    /// ```yaml
    /// tokens:
    ///   accent: {light: "#7a2e0e", dark: "#f0b090"}
    /// ```
    ///
    /// Colours written as `#rrggbb`, `#rgb` or `rgb(…)` are judged, others are not.
    LowContrast "low-contrast" Warning Check,
    /// A page loads a file from another site: a font, a script, a stylesheet, a picture, a frame. `hornbook build` reports it at the theme's template or
    /// stylesheet that says so, with the number of pages.
    ///
    /// Whoever reads the page then tells that other site so: their address, the page, the time, on every visit, unasked. On a page about health
    /// that is nobody's business. The page also waits for the other site, and looks broken where it is down, blocked or gone. A host with a strict
    /// content security policy refuses such files altogether.
    ///
    /// Put the file into `static/` of the theme, if its licence allows that, and name it as the others: `{{ root }}{{ site.assets["font.woff2"] }}`. A link that
    /// readers press may lead wherever it likes.
    ///
    /// Addresses that a template puts together, such as `src="{{ page.extra.video }}"`, are not seen. A site that answers for it sets
    /// `checks: {external-resource: warning}`.
    ExternalResource "external-resource" Error Check,
    /// A theme writes style or script into pages themselves: a `style` attribute, a `<style>`, an `onclick`, a `<script>` without a file. `hornbook build`
    /// reports it at the template, with the number of pages.
    ///
    /// A strict content security policy lets pages use files of the site only, so that nothing that slips into a page can run there. It refuses style and
    /// script within pages like those of an intruder: the page then looks or works other than the template says. Give the element a class
    /// and write the rule into a stylesheet in `static/`; write scripts into a file there. Data for a script may stand in the page, as
    /// `<script type="application/json">`.
    InlineCode "inline-code" Warning Check,
    /// A term of the glossary that no page uses.
    UnusedTerm "unused-term" Note Check,
}

impl Code {
    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn names_are_unique_and_explained() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(*code));
            assert!(code.explanation().trim_end().ends_with('.'), "{} ends without a full stop", code.name());
        }
    }
}
