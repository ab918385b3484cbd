//! The same site for Hugo: the same Markdown, and plain templates.

use anyhow::Result;
use camino::Utf8Path;

const FILES: &[(&str, &str)] = &[
    (
        "hugo.toml",
        "baseURL = \"https://measure.example/\"\nlanguageCode = \"en\"\ntitle = \"A site to measure\"\n[markup.goldmark.renderer]\nunsafe = true\n",
    ),
    (
        "layouts/baseof.html",
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{{ .Title }}</title>\n\
         <meta name=\"description\" content=\"{{ .Params.summary }}\">\n<link rel=\"canonical\" href=\"{{ .Permalink }}\">\n\
         <link rel=\"stylesheet\" href=\"/site.css\">\n</head>\n<body>\n<header><nav><ul>\n\
         {{ range .Site.Sections }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>\n{{ end }}</ul></nav></header>\n\
         <nav>{{ range .Ancestors.Reverse }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a> / {{ end }}</nav>\n\
         <main>{{ block \"main\" . }}{{ end }}</main>\n</body>\n</html>\n",
    ),
    (
        "layouts/single.html",
        "{{ define \"main\" }}\n<p class=\"edited\"></p>\n<article>\n<h1>{{ .Title }}</h1>\n<p>{{ .Params.summary }}{{ .Params.definition }}</p>\n\
         <aside>{{ .TableOfContents }}</aside>\n<p>{{ .ReadingTime }} minutes</p>\n{{ .Content }}\n\
         <nav>{{ with .PrevInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}\n\
         {{ with .NextInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}</nav>\n</article>\n{{ end }}\n",
    ),
    (
        "layouts/list.html",
        "{{ define \"main\" }}\n<h1>{{ .Title }}</h1>\n{{ .Content }}\n<ul>\n{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}{{ .Params.name }}</a>: \
         {{ .Params.summary }}{{ .Params.definition }}</li>\n{{ end }}</ul>\n{{ end }}\n",
    ),
    ("static/site.css", ".edited::after { content: \"\"; }\nbody { max-width: 40rem; margin: auto }\n"),
];

/// Puts in what Hugo needs.
pub fn prepare(folder: &Utf8Path) -> Result<()> {
    FILES.iter().try_for_each(|(path, text)| super::super::write(&folder.join(path), text))
}
