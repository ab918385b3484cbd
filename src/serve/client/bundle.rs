//! The client as one script: its parts share a scope that nothing else sees.

/// `client.js`
pub(super) const SCRIPT: &str = concat!(
    "(() => {\n'use strict';\n",
    include_str!("morph.js"),
    include_str!("view.js"),
    include_str!("events.js"),
    include_str!("follow.js"),
    include_str!("panel.js"),
    include_str!("source.js"),
    include_str!("lens.js"),
    include_str!("toolbar.js"),
    include_str!("main.js"),
    "})();\n",
);

/// `client.css`
pub(super) const STYLE: &str = include_str!("client.css");
