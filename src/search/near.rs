//! Whether two words are one typo apart.

/// Whether `a` becomes `b` by one letter more, one less, another, or two neighbours in each other's place. Equal words are not near.
pub fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<u16>, Vec<u16>) = (a.encode_utf16().collect(), b.encode_utf16().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    match (a, b) {
        ([], []) => false,
        ([], _) | (_, []) => true,
        ([first, rest_a @ ..], [second, rest_b @ ..]) => {
            let is_swapped = matches!((rest_a, rest_b), ([x, tail_a @ ..], [y, tail_b @ ..]) if x == second && y == first && tail_a == tail_b);
            rest_a == rest_b || rest_a == b || a == rest_b || is_swapped
        }
    }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn one_typo_and_no_more() {
        for typo in ["discc", "dis", "disk", "dsic", "idsc", "isc", "xdisc", "disx"] {
            assert!(near("disc", typo) && near(typo, "disc"), "{typo}");
        }
        for other in ["disc", "dixx", "csid", "dicsx", "di", "disccc", ""] {
            assert!(!near("disc", other) && !near(other, "disc"), "{other}");
        }
        assert!(near("a", "") && near("πόνο", "πόνος"));
    }
}
