//! `external:` of site.yaml.

use serde::Deserialize;

/// How `hornbook check --external` asks for what the site links to elsewhere.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct External {
    /// Addresses that are not asked for: `https://example.org/**`. `*` stands for anything but a slash, `**` for slashes too.
    pub skip: Vec<String>,
    /// For so many days an address that was good is not asked for again; 30 where it is missing.
    pub days: u32,
}

impl Default for External {
    fn default() -> Self {
        Self { skip: Vec::new(), days: 30 }
    }
}
