//! Pairs to find: the left ones each with a field, the right ones under letters, in another order.

use super::{html, plain, shuffled};
use crate::parse::body::Segment;
use crate::text::{TextRange, VPath};

/// A table whose end has not come yet: its head and its rows, cell by cell.
#[derive(Debug)]
pub(in crate::parse) struct OpenTable {
    /// Where it stands.
    pub(in crate::parse) range: TextRange,
    /// What stands in its cells, row by row; the first row is the head.
    pub(in crate::parse) rows: Vec<Vec<Vec<Segment>>>,
}

/// Letters for so many.
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Pairs at most: each has a letter.
pub(in crate::parse) const PAIRS_AT_MOST: usize = LETTERS.len();

fn letter(number: usize) -> char {
    LETTERS.get(number).copied().map_or('?', char::from)
}

/// Pairs as they are shown, and as the author wrote them.
pub(in crate::parse) fn write(table: OpenTable, page: &VPath) -> (Vec<Segment>, Vec<Segment>) {
    let mut rows = table.rows.into_iter();
    let head = rows.next().unwrap_or_default();
    let rows: Vec<Vec<Vec<Segment>>> = rows.collect();
    let cell = |row: &[Vec<Segment>], column: usize| row.get(column).cloned().unwrap_or_default();
    let texts: Vec<String> = rows.iter().map(|row| plain(&cell(row, 1))).collect();
    let order = shuffled(page, texts.iter().map(String::as_str));
    let letters: String = (0..rows.len()).map(|number| format!("<option>{}", letter(number))).collect();
    let mut shown = vec![html("<ul class=\"quiz-fields\">\n")];
    for (number, row) in rows.iter().enumerate() {
        let answer = letter(order.iter().position(|one| *one == number).unwrap_or_default());
        shown.push(html(format!(
            "<li><label><select autocomplete=\"off\" data-answer=\"{answer}\"><option value=\"\">–{letters}</select> <span>"
        )));
        shown.extend(cell(row, 0));
        shown.push(html("</span></label></li>\n"));
    }
    shown.push(html("</ul>\n<ol class=\"quiz-letters\" type=\"A\">\n"));
    for number in &order {
        shown.push(html("<li>"));
        shown.extend(cell(&rows[*number], 1));
        shown.push(html("</li>\n"));
    }
    shown.push(html("</ol>\n"));
    let mut answer = vec![html("<div class=\"table-wrap\" tabindex=\"0\"><table>\n<thead><tr>")];
    for column in 0..2 {
        answer.push(html("<th scope=\"col\">"));
        answer.extend(cell(&head, column));
        answer.push(html("</th>"));
    }
    answer.push(html("</tr></thead><tbody>\n"));
    for row in &rows {
        answer.push(html("<tr><td>"));
        answer.extend(cell(row, 0));
        answer.push(html("</td><td>"));
        answer.extend(cell(row, 1));
        answer.push(html("</td></tr>\n"));
    }
    answer.push(html("</tbody></table></div>\n"));
    (shown, answer)
}
