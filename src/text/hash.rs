//! Content hashes: what decides whether anything is done again.

use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::Xxh3;

/// A 128-bit hash of a value's content (XXH3). Equal content has equal fingerprints on every machine and run; unequal content
/// has unequal ones for all practical purposes. Never used where an attacker's collision would matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// As 32 hexadecimal digits.
    pub fn digits(self) -> String {
        format!("{:032x}", self.0)
    }

    /// The fingerprint of anything `Hash`.
    pub fn of<T: Hash + ?Sized>(value: &T) -> Self {
        let mut hasher = Xxh3::new();
        value.hash(&mut Adapter(&mut hasher));
        Self(hasher.digest128())
    }
}

/// `std::hash` writes integers in the machine's byte order and sizes; this fixes both, so that fingerprints are portable.
struct Adapter<'a>(&'a mut Xxh3);

impl Hasher for Adapter<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    fn write_u32(&mut self, number: u32) {
        self.0.update(&number.to_le_bytes());
    }
    fn write_u64(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }
    fn write_u128(&mut self, number: u128) {
        self.0.update(&number.to_le_bytes());
    }
    fn write_usize(&mut self, number: usize) {
        self.0.update(&(number as u64).to_le_bytes());
    }
    fn finish(&self) -> u64 {
        self.0.digest()
    }
}

/// The ten hexadecimal digits (SHA-256) that name a published asset after its bytes.
pub fn asset_digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, asset_digest};

    #[test]
    fn content_decides() {
        assert_eq!(Fingerprint::of("pop"), Fingerprint::of(&String::from("pop")[..]));
        assert_ne!(Fingerprint::of(&("a", "bc")), Fingerprint::of(&("ab", "c")));
        assert_eq!(asset_digest(b""), "e3b0c44298");
    }
}
