//! A page as readers without script see it.

use super::client::get;
use super::site::serve;

#[test]
fn the_sites_scripts_are_taken_out() {
    let served = serve();
    let plain = get(served.address, "/part/one/").text();
    assert!(plain.matches("<script").count() > 1, "the theme has scripts");
    for target in ["/part/one/?-hornbook=no-script", "/part/one/?a=b&-hornbook=no-script"] {
        let text = get(served.address, target).text();
        assert_eq!(text.matches("<script").count(), 1, "{text}");
        assert!(text.contains("src=\"/-hornbook/client.js\"") && text.contains("The first page."), "{text}");
    }
    let redirect = get(served.address, "/part/one?-hornbook=no-script");
    assert_eq!(redirect.field("location"), Some("/part/one/?-hornbook=no-script"));
}
