//! Reading the cookies that a browser sends.

use axum::http::{HeaderMap, header};

/// The value of a cookie. Sent twice, by whatever trick, it is not to be trusted.
pub(super) fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter();
    let pairs = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    let named = |pair: &'a str| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    };
    let mut values = pairs.filter_map(named);
    let value = values.next();
    value.filter(|_| values.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (header::COOKIE, line.parse().unwrap())).collect()
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers = sent(&["a=1; frontdoor=two", "b=3"]);
        assert_eq!(value(&headers, "frontdoor"), Some("two"));
        assert_eq!(value(&headers, "door"), None);
    }

    #[test]
    fn a_cookie_that_is_sent_twice_is_none() {
        assert_eq!(value(&sent(&["frontdoor=1; frontdoor=2"]), "frontdoor"), None);
        assert_eq!(value(&sent(&["frontdoor=1", "frontdoor=1"]), "frontdoor"), None);
    }
}
