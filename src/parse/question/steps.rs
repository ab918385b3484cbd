//! Steps to put in order: shown in another order, each with a field for its number.

use super::{ListItem, html, plain, shuffled};
use crate::parse::body::Segment;
use crate::text::VPath;

/// Steps as they are shown, and in their order.
pub(in crate::parse) fn write(items: Vec<ListItem>, page: &VPath) -> (Vec<Segment>, Vec<Segment>) {
    let texts: Vec<String> = items.iter().map(|item| plain(&item.segments)).collect();
    let order = shuffled(page, texts.iter().map(String::as_str));
    let numbers: String = (1..=items.len()).map(|number| format!("<option>{number}")).collect();
    let mut shown = vec![html("<ul class=\"quiz-fields\">\n")];
    for number in order {
        let item = &items[number];
        let place = number + 1;
        let source = &item.source;
        shown.push(html(format!(
            "<li{source}><label><select autocomplete=\"off\" data-answer=\"{place}\"><option value=\"\">–{numbers}</select> <span>"
        )));
        shown.extend(inline(&item.segments));
        shown.push(html("</span></label></li>\n"));
    }
    shown.push(html("</ul>\n"));
    let mut answer = vec![html("<ol>\n")];
    for item in items {
        answer.push(html("<li>"));
        answer.extend(item.segments);
        answer.push(html("</li>\n"));
    }
    answer.push(html("</ol>\n"));
    (shown, answer)
}

/// What an item says first, which can stand in a label.
fn inline(segments: &[Segment]) -> impl Iterator<Item = Segment> {
    segments.iter().find(|segment| matches!(segment, Segment::Prose(_))).cloned().into_iter()
}
