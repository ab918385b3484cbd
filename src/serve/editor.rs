//! Opening a source file in the author's own editor, at a line.

use std::process::{Command, Stdio};
use std::thread;

use camino::Utf8Path;

/// How the author's editor is reached.
#[derive(Clone, Debug, Default)]
pub struct Editor {
    /// Commands, the one to prefer first: what the environment says.
    pub commands: Vec<String>,
    /// A template of addresses that open it, in place of the site's.
    pub template: Option<String>,
}

/// What became of it.
#[derive(Debug)]
pub(super) enum Opened {
    /// The browser should follow this address.
    Url(String),
    /// The editor was started.
    Started,
}

/// A place in a file. Line and column count from 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    pub(super) path: &'a Utf8Path,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// How an editor is told of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// `-g file:line:column`
    Goto,
    /// `file:line:column`
    Colons,
    /// `--line line --column column file`
    Options,
    /// `-l line -c column file`
    Letters,
    /// `+line:column file`
    Plus,
    /// `+line file`
    PlusLine,
    /// Only the file.
    File,
    /// It needs a terminal, which a server has not.
    Terminal,
}

const EDITORS: &[(Kind, &[&str])] = &[
    (Kind::Goto, &["code", "code-insiders", "code-oss", "codium", "vscodium", "cursor", "windsurf", "positron"]),
    (Kind::Colons, &["subl", "sublime_text", "zed", "zeditor", "lapce"]),
    (
        Kind::Options,
        &[
            "idea",
            "idea64",
            "webstorm",
            "pycharm",
            "rustrover",
            "clion",
            "goland",
            "phpstorm",
            "rubymine",
            "rider",
            "studio",
        ],
    ),
    (Kind::Letters, &["kate", "kwrite"]),
    (Kind::Plus, &["emacs", "emacsclient", "gedit", "gnome-text-editor", "xed"]),
    (Kind::PlusLine, &["gvim", "mvim", "bbedit", "pluma", "geany", "mousepad"]),
    (
        Kind::Terminal,
        &[
            "vi",
            "vim",
            "nvim",
            "view",
            "nano",
            "pico",
            "hx",
            "helix",
            "kak",
            "micro",
            "joe",
            "jed",
            "mg",
            "ne",
            "ed",
            "ex",
            "mcedit",
            "vis",
            "amp",
            "less",
            "emacs-nox",
        ],
    ),
];

/// Opens `spot`: by `template` if there is one, else with the first command that can be run from here.
///
/// Fails with a sentence that says what to do.
pub(super) fn open(commands: &[String], template: &str, spot: Spot<'_>) -> Result<Opened, String> {
    if !template.is_empty() {
        return Ok(Opened::Url(filled(template, spot)));
    }
    let known: Vec<(Vec<String>, Kind)> =
        commands.iter().map(|command| words(command)).filter_map(recognised).collect();
    let what_to_do = "start the preview with HORNBOOK_EDITOR set to an editor with a window, such as `code`, or with `--editor \
                      'vscode://file/{path}:{line}:{column}'`";
    match known.iter().find(|(_, kind)| *kind != Kind::Terminal) {
        Some((command, kind)) => start(command, *kind, spot).map(|()| Opened::Started),
        None => match known.first() {
            Some((command, _)) => {
                Err(format!("`{}` runs in a terminal, which the preview has not: {what_to_do}", command[0]))
            }
            None => Err(format!("no editor is known: {what_to_do}")),
        },
    }
}

/// The program and kind of a command; nothing if it is empty.
fn recognised(command: Vec<String>) -> Option<(Vec<String>, Kind)> {
    let program = Utf8Path::new(command.first()?).file_stem()?.to_ascii_lowercase();
    let kind =
        EDITORS.iter().find(|(_, names)| names.contains(&program.as_str())).map_or(Kind::File, |(kind, _)| *kind);
    let in_terminal = ["-nw", "-t", "-tty", "--tty", "--no-window-system"];
    let is_emacs = program.starts_with("emacs") && command.iter().any(|word| in_terminal.contains(&word.as_str()));
    Some((command, if is_emacs { Kind::Terminal } else { kind }))
}

/// A command as its words; a part in quotation marks is one.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in command.chars() {
        match (character, quote) {
            (_, Some(open)) if character == open => quote = None,
            (_, Some(_)) => word.get_or_insert_default().push(character),
            ('"' | '\'', None) => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (_, None) if character.is_whitespace() => words.extend(word.take()),
            (_, None) => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

/// What is added to the command.
fn arguments(kind: Kind, Spot { path, line, column }: Spot<'_>) -> Vec<String> {
    let file = path.to_string();
    match kind {
        Kind::Goto => vec!["-g".to_owned(), format!("{file}:{line}:{column}")],
        Kind::Colons => vec![format!("{file}:{line}:{column}")],
        Kind::Options => vec!["--line".into(), line.to_string(), "--column".into(), column.to_string(), file],
        Kind::Letters => vec!["-l".into(), line.to_string(), "-c".into(), column.to_string(), file],
        Kind::Plus => vec![format!("+{line}:{column}"), file],
        Kind::PlusLine => vec![format!("+{line}"), file],
        Kind::File | Kind::Terminal => vec![file],
    }
}

fn start(command: &[String], kind: Kind, spot: Spot<'_>) -> Result<(), String> {
    let [program, given @ ..] = command else { return Err("the editor's command is empty".to_owned()) };
    let child = Command::new(program)
        .args(given)
        .args(arguments(kind, spot))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.map_err(|error| format!("cannot start `{program}`: {error}"))?;
    // Whoever starts a program must also see it end, or it stays in the list of processes.
    thread::spawn(move || child.wait().ok());
    Ok(())
}

/// The address that `template` makes of `spot`.
fn filled(template: &str, Spot { path, line, column }: Spot<'_>) -> String {
    let mut encoded = String::new();
    for byte in path.as_str().bytes() {
        match byte {
            b'\\' => encoded.push('/'),
            b'/' | b':' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    template
        .replace("/{path}", &format!("/{}", encoded.trim_start_matches('/')))
        .replace("{path}", &encoded)
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Kind, Opened, Spot, arguments, filled, open, recognised, words};
    use camino::Utf8Path;

    fn spot() -> Spot<'static> {
        Spot { path: Utf8Path::new("/a b/c.md"), line: 3, column: 5 }
    }

    #[test]
    fn editors_are_told_of_the_line() {
        let cases = [
            ("code --wait", "-g|/a b/c.md:3:5"),
            ("/usr/bin/subl", "/a b/c.md:3:5"),
            ("idea", "--line|3|--column|5|/a b/c.md"),
            ("kate", "-l|3|-c|5|/a b/c.md"),
            ("emacsclient -n", "+3:5|/a b/c.md"),
            ("gvim", "+3|/a b/c.md"),
            ("my-editor", "/a b/c.md"),
        ];
        for (command, expected) in cases {
            let (_, kind) = recognised(words(command)).expect("it is a command");
            assert_eq!(arguments(kind, spot()).join("|"), expected, "{command}");
        }
        for command in ["vim", "/usr/bin/nvim -p", "emacs -nw", "nano"] {
            assert_eq!(recognised(words(command)).expect("it is a command").1, Kind::Terminal, "{command}");
        }
    }

    #[test]
    fn words_are_split() {
        assert_eq!(words(" 'C:\\My Editor\\code.exe' -a \"b c\"d "), ["C:\\My Editor\\code.exe", "-a", "b cd"]);
        assert!(words("  ").is_empty());
    }

    #[test]
    fn addresses_are_filled() {
        assert_eq!(filled("vscode://file/{path}:{line}:{column}", spot()), "vscode://file/a%20b/c.md:3:5");
        assert_eq!(filled("idea://open?file={path}&line={line}", spot()), "idea://open?file=/a%20b/c.md&line=3");
    }

    #[test]
    fn an_editor_without_a_window_is_refused() {
        let message = open(&["vim".to_owned()], "", spot()).expect_err("there is no terminal");
        assert!(message.contains("`vim` runs in a terminal") && message.contains("HORNBOOK_EDITOR"), "{message}");
        assert!(open(&[], "", spot()).expect_err("there is none").contains("no editor is known"));
        assert!(matches!(open(&[], "x://{path}", spot()), Ok(Opened::Url(url)) if url == "x://a%20b/c.md"));
    }
}
