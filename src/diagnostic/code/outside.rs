//! The codes about what lies outside of a site: other sites, the sources that it cites.

macro_rules! with_outside {
    ($codes:ident $($before:tt)*) => {
        $codes! {
            $($before)*
            /// A link to another site leads to nothing: the page is gone, or there is no such host. `hornbook check --external` asks.
            ///
            /// Most pages on the web are gone after some years; nobody tells those who link to them. Look for the new address on that site, or for a copy in an
            /// archive such as the Wayback Machine, or take the link out. If it is a DOI, compare it with the article: doi.org does not know this one.
            ///
            /// A site that answers people and not programs is asked no more with `external: {skip: ["https://example.org/**"]}` in site.yaml.
            DeadLink "dead-link" Error Check,
            /// A link to another site leads to an address that has moved for good (HTTP 301 or 308). `hornbook check --external` asks.
            ///
            /// Readers still arrive, by a detour that may end one day. Write the new address, if it says what the old one did: some sites lead whatever is gone to
            /// their home page.
            MovedLink "moved-link" Note Check,
            /// Whether a link to another site leads anywhere cannot be told: the other site has a fault, wants no programs, or does not answer in time.
            ///
            /// Nothing may be wrong: try `hornbook check --external` again another day, or look at the page in a browser. A site that never answers programs is asked
            /// no more with `external: {skip: ["https://example.org/**"]}` in site.yaml.
            UnansweredLink "unanswered-link" Warning Check,
            /// A source that was retracted: its authors or its journal take back what it says. `hornbook sources check --retractions FILE` compares the
            /// bibliography with a list of retractions.
            ///
            /// Whatever rests on it has lost its proof. Look at each place that cites it, which the report shows: take the claim back, or find another source for it. Where
            /// the text is about the retraction itself, say so with `checks: {retracted-source: note}` in site.yaml.
            RetractedSource "retracted-source" Error Check,
            /// A source about which its journal has published an expression of concern: something may be wrong with it.
            /// `hornbook sources check --retractions FILE` compares the bibliography with a list of such notices.
            ///
            /// Read the notice. Until it is settled, do not let a claim rest on this source alone.
            QuestionedSource "questioned-source" Warning Check,
            /// A source that was corrected after it was published, or was retracted and then reinstated. `hornbook sources check --retractions FILE` compares the
            /// bibliography with a list of such notices.
            ///
            /// Read the correction: most change nothing that matters here, some change a number that a page gives.
            CorrectedSource "corrected-source" Note Check,
            /// An entry of the bibliography is no study but the notice that takes one back: its DOI is that of the notice.
            /// `hornbook sources check --retractions FILE` compares the bibliography with a list of such notices.
            ///
            /// Search engines and reference managers often return the notice for the title of the study. The study itself was retracted, or its journal has concerns
            /// about it; a claim cannot rest on either.
            RetractionNotice "retraction-notice" Warning Check,
            /// A DOI that is not written plainly: as an address, with `doi:` before it or a full stop behind it, in the field for addresses; or, in a link, at an old
            /// address of the registry.
            ///
            /// In BibTeX write the bare DOI: `doi = {10.1371/journal.pone.0119470}`. Then programs that compare sources, such as `hornbook sources check`, find it, and
            /// the address of it is made from it. What stands behind it, such as a full stop from a copied sentence, makes it another DOI, which leads nowhere. In
            /// links write `https://doi.org/` before it. `hornbook check --fix` writes it so.
            DoiForm "doi-form" Warning Check,
        }
    };
}

use super::Code;

/// What only commands report that look at more than the site: the web, a list of retractions.
const ASKED_FOR: &[Code] = &[
    Code::DeadLink,
    Code::MovedLink,
    Code::UnansweredLink,
    Code::RetractedSource,
    Code::QuestionedSource,
    Code::CorrectedSource,
    Code::RetractionNotice,
];

impl Code {
    /// Whether only a command reports it that looks at more than the site, so that a check alone cannot tell whether it is there.
    pub fn is_asked_for(self) -> bool {
        ASKED_FOR.contains(&self)
    }
}
