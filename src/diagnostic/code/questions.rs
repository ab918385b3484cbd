//! The codes of questions and of the objectives that they test.

/// Hands `$codes!` what it was given, and the codes of this file.
macro_rules! with_questions {
    ($codes:ident $($before:tt)*) => {
        $codes! {
            $($before)*
            /// A question that nothing answers: no option of its list is ticked, or it has neither a list nor an answer.
            ///
            /// ```markdown
            /// > [!QUIZ]
            /// > Why does a bubble need a wait before the next pop?
            /// >
            /// > > The gas has to go back into the fluid first.
            /// ```
            ///
            /// A task list holds options, of which one or several are ticked. A numbered list holds steps in their right order, a table of two columns pairs,
            /// a paragraph with `___words___` in three underscores gaps. A quotation within is what the answer says, and all that a question to think about
            /// needs. What has no answer is no question: write it as a paragraph.
            UnansweredQuestion "unanswered-question" Warning Check,
            /// A question that does not hang together: two kinds in one (steps and pairs, say), two lists of options, options of which some have no box, one
            /// option or step alone, a table with one pair.
            ///
            /// Readers would not know what to do, and what they do could not be judged. Ask one thing at a time: each question has its own `> [!QUIZ]`. Where
            /// a question has options to tick, numbered lists and tables in it are shown as they are.
            MalformedQuestion "malformed-question" Warning Check,
            /// An option of a question that says nothing to the reader who chooses it.
            ///
            /// Who chooses wrong learns from the reason, not from the verdict; who guessed right learns as much. Below each option, indented as far as
            /// its words, stands why it is right or wrong, best with a link to the section that says so:
            ///
            /// ```markdown
            /// > - [ ] Bone rubbing on bone
            /// >
            /// >   The surfaces part when it pops. [Follow the steps](#what-happens-inside-the-joint).
            /// ```
            ///
            /// A quotation within the question answers for all of its options.
            MissingFeedback "missing-feedback" Warning Check,
            /// A heading teaches, or a question tests, an objective that its page does not have.
            ///
            /// ```markdown
            /// objectives:
            ///   - {id: sound, text: Say what makes the sound}
            /// ---
            /// ## What makes the sound? {teaches=sound}
            ///
            /// > [!QUIZ] {tests=sound}
            /// ```
            ///
            /// Several ids are parted by commas, without spaces.
            UnknownObjective "unknown-objective" Error Fixed,
            /// An objective with an `id` that no heading of its page teaches.
            ///
            /// "You will learn" is a promise. Say at the heading where it is kept: `## What makes the sound? {teaches=sound}`; several headings may teach one
            /// objective, and one heading several. If no section does, write it, or take the objective out. Objectives without an `id` are not looked at.
            UntaughtObjective "untaught-objective" Warning Check,
            /// An objective with an `id` that no question of its page tests.
            ///
            /// Readers notice what they did not take in only when they are asked, and being asked is what makes it stay. Say which question does it:
            /// `> [!QUIZ] {tests=sound}`. A question to think about will do, with its answer in a quotation. Objectives without an `id` are not looked at.
            UntestedObjective "untested-objective" Warning Check,
            /// A question stands above the heading that teaches what it tests.
            ///
            /// Who has not read it yet can only guess. Move the question below that section. A question that is meant to make readers curious tests nothing yet:
            /// take its `tests=` out, and ask again at the end.
            TestedBeforeTaught "tested-before-taught" Warning Check,
            /// A learning path of site.yaml has an article before one that it requires: the two orders contradict each other, so that a reader would go round in
            /// a circle.
            ///
            /// Put the article that is to be read first before the other, also where only a third one, which is not in the path, stands between them. Or
            /// take it out of the other's `requires:`, if it can be read without.
            PathOrder "path-order" Error Fixed,
        }
    };
}
