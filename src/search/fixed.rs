//! Arithmetic that is the same everywhere: whole numbers, so that a build and a reader's script rank alike to the last bit.

/// Fractions are counted in sixteenths.
const UNIT: u32 = 16;

/// About sixteen times the logarithm of `number`, which is at least 1, to the base of 2: exact at powers of 2, straight between them.
fn logarithm(number: u32) -> u32 {
    let whole = number.ilog2();
    let fraction = (u64::from(number) * u64::from(UNIT)) >> whole;
    whole * UNIT + u32::try_from(fraction).unwrap_or(UNIT) - UNIT
}

/// How much it says of a document that it is one of the `found` among `all`, in sixteenths of a bit; at least 1.
pub fn rarity(found: usize, all: usize) -> u32 {
    let [found, all] = [found, all].map(|count| u32::try_from(count).unwrap_or(u32::MAX).min(1 << 22));
    logarithm((2 * UNIT * (all + 1) / (2 * found + 1)).max(1)).saturating_sub(logarithm(UNIT)).max(1)
}

#[cfg(test)]
mod tests {
    use super::{logarithm, rarity};

    #[test]
    fn logarithms_rise() {
        assert_eq!([1, 2, 4, 1024].map(logarithm), [0, 16, 32, 160]);
        assert_eq!([3, 5, 6, 7].map(logarithm), [24, 36, 40, 44]);
        assert!((1..5_000).all(|number| logarithm(number) <= logarithm(number + 1)));
    }

    #[test]
    fn what_everything_has_says_nothing() {
        assert_eq!(rarity(100, 100), 1);
        assert!(rarity(1, 100) > rarity(2, 100) && rarity(2, 100) > rarity(50, 100));
        assert_eq!(rarity(0, 0), 16);
        assert_eq!(rarity(usize::MAX, usize::MAX), 1);
    }
}
