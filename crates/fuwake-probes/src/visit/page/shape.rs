//! How a page is built: a locality-sensitive hash over the order of its elements.

use sha2::{Digest, Sha256};

/// Simhash (Charikar 2002) over runs of three tag names: pages built alike differ in few bits. None for a page of next to nothing.
pub(super) fn shape<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<&str> = names.collect();
    if names.len() < 8 {
        return None;
    }
    let mut weights = [0_i32; 64];
    for run in names.windows(3) {
        let digest = Sha256::digest(run.join(" "));
        let bits = digest.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for (place, weight) in weights.iter_mut().enumerate() {
            *weight += if bits >> place & 1 == 1 { 1 } else { -1 };
        }
    }
    let bits = weights.iter().enumerate().filter(|(_, weight)| **weight > 0);
    Some(format!("{:016x}", bits.fold(0_u64, |bits, (place, _)| bits | 1 << place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_built_alike_are_near() {
        let page = |more: &'static str| {
            let names = "html head title body div form input input button div p a p a ul li li li";
            let all = names.split(' ').chain(more.split(' ')).collect::<Vec<_>>();
            u64::from_str_radix(&shape(all.into_iter()).expect("a shape"), 16).expect("hexadecimal")
        };
        let other: Vec<&str> =
            "html body table tr td img td font tr td font a img center hr".split(' ').collect();
        let other =
            u64::from_str_radix(&shape(other.into_iter()).expect("a shape"), 16).expect("hexadecimal");
        assert!((page("p a") ^ page("p p")).count_ones() < 16);
        assert!((page("p a") ^ other).count_ones() > 16);
        assert_eq!(shape(["html", "body"].into_iter()), None);
    }
}
