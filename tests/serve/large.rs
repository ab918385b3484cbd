//! Sites with more pages than are made before they are served: the others are made when they are asked for, or while nothing happens.

use std::fs;
use std::path::Path;

use hornbook::diagnostic::Code;

use super::client::get;
use super::events::Events;
use super::requests::assert_published;
use super::site::{Served, Start, files, page};

/// Far more pages than are made at first.
const PAGES: usize = 300;

const TEMPLATE: &str = "themes/default/templates/article.html";

fn serve() -> Served {
    let mut all = files();
    for number in 0..PAGES {
        // A name for each, which lives as long as the test.
        let path: &'static str = format!("content/part/page-{number}.md").leak();
        all.push((path, page(&format!("Page {number}"), &format!("What stands on page {number}."))));
    }
    Start { files: all, ..Start::default() }.serve()
}

/// The template of articles, with a fault that only the page with this title has.
fn faulty(title: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TEMPLATE);
    let start = "{% block main -%}";
    let fault = format!("{start}{{% if page.title == \"{title}\" %}}{{{{ nothing.at.all }}}}{{% endif %}}");
    fs::read_to_string(path).unwrap().replacen(start, &fault, 1)
}

#[test]
fn every_page_is_served_as_it_is_published() {
    let mut served = serve();
    assert_published(&served);
    // One edit after the other: what was not made between two of them is made after the last.
    for (path, title) in [
        ("content/part/page-7.md", "New name"),
        ("content/part/page-299.md", "Newer name"),
        ("content/index.md", "Welcome"),
    ] {
        served.write(path, &page(title, "Other words."));
        assert!(served.rebuilt().is_good);
    }
    assert!(get(served.address, "/part/page-299/").text().contains("Newer name"));
    assert_published(&served);
}

#[test]
fn a_page_that_cannot_be_made_is_shown_as_it_was() {
    let mut served = serve();
    assert!(get(served.address, "/part/page-298/").text().contains("What stands on page 298."));
    assert!(get(served.address, "/part/page-299/").text().contains("What stands on page 299."));
    // The page is not among those that are made first any more.
    for number in 100..110 {
        get(served.address, &format!("/part/page-{number}/"));
    }
    let mut events = Events::of(&served);
    events.next();
    served.write(TEMPLATE, &faulty("Page 299"));
    let rebuilt = served.rebuilt();
    assert!(rebuilt.is_good, "{:?}", rebuilt.diagnostics);
    assert_eq!(events.next()["ok"], true);
    let found = served.found();
    assert!(found.len() == 1 && found[0].code == Code::TemplateError, "{found:?}");
    let told = events.next();
    assert!(told["ok"] == false && told["problems"].as_array().unwrap().len() == 1, "{told}");
    let answer = get(served.address, "/part/page-299/");
    assert!(answer.status == 200 && answer.text().contains("What stands on page 299."), "{}", answer.text());
    // Whatever is saved next, it is known at once that there is such a page.
    served.write("content/part/page-1.md", &page("Other", "Other words."));
    assert!(!served.rebuilt().is_good);
    served.write(TEMPLATE, &faulty("No such page"));
    assert!(served.rebuilt().is_good);
    assert!(get(served.address, "/part/page-1/").text().contains("Other words."));
    assert_published(&served);
}
