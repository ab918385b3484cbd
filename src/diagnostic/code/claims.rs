//! The codes about claims, and about what keeps readers safe.

macro_rules! with_claims {
    ($next:ident $($before:tt)*) => {
        $next! {
            $($before)*
            /// A word for how sure a claim is, without a source: `[limited]`, `[@; limited]`.
            ///
            /// "Limited evidence" means that there is some. Name it: `[@smith2001; limited]`, with the key of an entry in `content/references.bib`. If there is
            /// no study at all, say so in words; that is worth more to readers than a label.
            ///
            /// Only the words that site.yaml has under `evidence:` are meant. To show one in square brackets, write a backslash before it: `\[limited]`.
            StrengthWithoutSource "strength-without-source" Warning Check,
            /// A strong word, such as "causes", "fixes" or "proves", in a claim whose evidence is weak or contested.
            ///
            /// Readers remember the verb and not the label behind it. Where `evidence:` in site.yaml says `weak: true` or `contested: true`, say what was seen and
            /// no more: "may", "goes with", "in one study". Or look for better evidence, and give the claim another word.
            ///
            /// A strong word is passed over where a word near it, in the same part of the sentence, takes it back ("does not cause", "nobody has proved",
            /// "may always"), and where it is a noun ("the causes"). In a sentence with two graded claims, each is judged by what stands before its citation.
            /// The words are known in English and German; a site adds its own with `wording: {strong: [works wonders]}`.
            StrongWording "strong-wording" Warning Check,
            /// A contested claim whose sources all stand on one side.
            ///
            /// "Contested" tells readers that findings disagree, so they must be able to look at both. Mark what speaks against the claim:
            ///
            /// ```markdown
            /// Short breaks may help learners to remember [@smith2001; against @jones2002; contested].
            /// ```
            ///
            /// What is not marked speaks for it. All sources of the sentence count, so that each can stand behind its own part of it. Contested is what
            /// `evidence:` in site.yaml marks with `contested: true`.
            OneSidedClaim "one-sided-claim" Warning Check,
            /// A number, or a word that names a cause, without a source, in an article of a section with `claims: cited` in site.yaml.
            ///
            /// Numbers and causes are what readers repeat, and what is most often wrong. Cite where each comes from, in the same sentence or in the one before or
            /// after it, in the same paragraph; or say it without. A footnote counts as a source.
            ///
            /// Years, "step 3" and the like, questions, tables, headings, cards and boxes with questions are passed over, and causes that are denied ("does
            /// not lead to"). The words are known in English and German; a site adds its own with `wording: {causal: [brings about]}`.
            UncitedClaim "uncited-claim" Warning Check,
            /// `> [!CARE] name` names a care card that `content/safety/` does not have, or none at all.
            ///
            /// Advice that several pages give stands once, in a file of its own, `content/safety/back-pain.md`:
            ///
            /// ```markdown
            /// ---
            /// level: urgent
            /// title: "Call a doctor today if:"
            /// ---
            /// - the pain wakes you at night
            /// - you have a fever
            /// ```
            ///
            /// `level` is `emergency`, `urgent` or `routine`. A page shows it with `> [!CARE] back-pain`, and so do handouts and searches where the help page does.
            /// Links in it lead where they should from every page; citations in it are not shown.
            UnknownCareCard "unknown-care-card" Error Fixed,
            /// A care card in `content/safety/` that no page shows.
            ///
            /// Either the page that needs it lost it, which is worse than it looks, or the card is left over. Show it with `> [!CARE] name`, or delete the file.
            UnusedCareCard "unused-care-card" Warning Check,
            /// An item of a `> [!DONT]` box that does not begin with words such as "do not".
            ///
            /// Readers skim lists, and remember "crack your neck" from a list of what not to do. So the "do not" stands in each item and not only above them:
            ///
            /// ```markdown
            /// > [!DONT]
            /// >
            /// > - do not twist your neck
            /// > - never pull on it
            /// ```
            ///
            /// What to do instead goes into a box of its own, `> [!DO]`. The words are known in English and German; a site adds its own with
            /// `wording: {dont: [stay off]}`.
            DontItem "dont-item" Warning Check,
        }
    };
}
