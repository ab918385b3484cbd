//! What site.yaml says of the preview.

use serde::Deserialize;

/// How `hornbook serve` shows the site.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preview {
    /// An address that opens a source file in an editor, with `{path}`, `{line}` and `{column}`: `vscode://file/{path}:{line}:{column}`.
    pub editor: Option<String>,
}

/// Whether `template` can be the address that opens an editor: one of an editor's own scheme, which no browser follows itself, with `{path}`.
pub fn is_editor_template(template: &str) -> bool {
    const FOLLOWED: &[&str] =
        &["http", "https", "file", "ftp", "ws", "wss", "data", "blob", "javascript", "about", "chrome", "filesystem"];
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            && !FOLLOWED.contains(&scheme.to_ascii_lowercase().as_str())
    };
    template.split_once("://").is_some_and(|(scheme, rest)| is_scheme(scheme) && rest.contains("{path}"))
        && !template.contains(|character: char| character.is_whitespace() || character.is_control())
}

#[cfg(test)]
mod tests {
    use super::is_editor_template;

    #[test]
    fn only_editors_are_opened() {
        for template in
            ["vscode://file/{path}:{line}:{column}", "idea://open?file={path}&line={line}", "x-my.editor+1://{path}"]
        {
            assert!(is_editor_template(template), "{template}");
        }
        for template in [
            "",
            "{path}",
            "vscode://file",
            "javascript:alert('{path}')",
            "javascript://%0aalert('{path}')",
            "JavaScript://{path}",
            "https://evil.example/{path}",
            "data://text/html,{path}",
            "file://{path}",
            "//{path}",
            "a b://{path}",
            "x://{path}\n",
            "1x://{path}",
        ] {
            assert!(!is_editor_template(template), "{template}");
        }
    }
}
