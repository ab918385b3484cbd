//! Files that pages show or link to → where they are published.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::site::{PublishedAsset, Target};
use super::url::UrlPath;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::svg::{self, Drawing};
use crate::source::{Asset, Sources};
use crate::text::{Fingerprint, VPath, asset_digest, slugify};

/// Drawings by the fingerprint of their file.
pub type Drawings = HashMap<Fingerprint, Arc<Drawing>>;

/// Every asset that `targets` lead to. An SVG that cannot be shown in a page is a problem; drawings of `before` are not read again.
pub(super) fn publish<'t>(
    targets: impl Iterator<Item = &'t Target>,
    sources: &Sources,
    before: &Drawings,
) -> (BTreeMap<VPath, PublishedAsset>, Vec<Diagnostic>) {
    let used: BTreeSet<&VPath> = targets
        .filter_map(|target| match target {
            Target::Asset(path) => Some(path),
            Target::Page(..) | Target::Facet(_) | Target::Here(_) | Target::Broken => None,
        })
        .collect();
    let mut problems = Vec::new();
    let mut published = BTreeMap::new();
    for path in used {
        let Some(asset) = bytes_of(path, sources) else { continue };
        let drawing = if path.extension().eq_ignore_ascii_case("svg") {
            drawing(path, &asset, before, &mut problems)
        } else {
            None
        };
        let size = imagesize::blob_size(&asset.bytes).ok().map(|size| (size.width, size.height));
        let url = UrlPath::new(&asset_url(path.file_name(), &asset.bytes));
        published.insert(path.clone(), PublishedAsset { url, fingerprint: asset.fingerprint, size, drawing });
    }
    (published, problems)
}

/// The bytes of an asset; a text file that is linked to is one too.
pub fn bytes_of(path: &VPath, sources: &Sources) -> Option<Asset> {
    sources.assets.get(path).cloned().or_else(|| sources.text(path).map(|text| Asset::new(text.as_bytes())))
}

/// Where a file is published: under `assets/`, with the hash of its bytes in its name.
pub fn asset_url(file_name: &str, bytes: &[u8]) -> String {
    let (stem, extension) = match file_name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, extension.to_lowercase()),
        Some(_) | None => (file_name, String::new()),
    };
    let stem = match slugify(stem) {
        slug if slug.is_empty() => "file".to_owned(),
        slug => slug,
    };
    let dot = if extension.is_empty() { "" } else { "." };
    format!("assets/{stem}.{}{dot}{extension}", asset_digest(bytes))
}

/// The drawing in an SVG file, or what keeps it from being shown.
pub(super) fn drawing(
    path: &VPath,
    asset: &Asset,
    before: &Drawings,
    problems: &mut Vec<Diagnostic>,
) -> Option<Arc<Drawing>> {
    if let Some(drawing) = before.get(&asset.fingerprint) {
        return Some(Arc::clone(drawing));
    }
    match svg::parse(&asset.bytes) {
        Ok(drawing) => Some(Arc::new(drawing)),
        Err(faults) => {
            problems.extend(faults.into_iter().map(|fault| {
                let problem = Diagnostic::new(Code::UnsafeSvg, path, fault.range, fault.message);
                problem.help(fault.help.unwrap_or("save it as a plain SVG, without scripts and styles"))
            }));
            None
        }
    }
}
