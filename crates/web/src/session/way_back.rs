//! Where somebody who has signed in is sent: to a page of ours, and to no other site.

/// The longest address to come back to, in bytes.
const LONGEST_ADDRESS: usize = 500;

/// Whether an address is a path of ours: a browser takes `//` and `/\` for another host.
pub(crate) fn is_ours(address: &str) -> bool {
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let local = address.starts_with('/') && !address.starts_with("//");
    plain && local && address.len() <= LONGEST_ADDRESS
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn who_signed_in_is_sent_to_no_other_site() {
        for ours in ["/", "/requests?status=closed"] {
            assert!(is_ours(ours), "{ours}");
        }
        for others in ["//evil.example", "/\\evil.example", "https://evil.example", "", "a", "/\n"]
        {
            assert!(!is_ours(others), "{others}");
        }
    }
}
