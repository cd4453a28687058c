//! A site's genuine password or sign-up notice (WordPress) whose user name, which anybody may type, is an advertisement: it holds a domain or is a
//! sentence. Seen in the link to `wp-login.php`, which repeats the name.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let link = scene.web_links().filter(|link| link.url.contains("wp-login.php?")).find(|link| {
        let (_, query) = link.url.split_once('?').unwrap_or_default();
        let name = query.split('&').find_map(|pair| pair.strip_prefix("login="));
        name.is_some_and(is_advertisement)
    })?;
    Some(Sign::at(link.because.clone()))
}

/// Longer than names are, with a dot between letters and no `@` (addresses are usual user names), or with three blanks.
fn is_advertisement(name: &str) -> bool {
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy().replace('+', " ");
    let dotted = name.split('.').collect::<Vec<_>>().windows(2).any(|pair| {
        pair[0].ends_with(|c: char| c.is_ascii_alphanumeric())
            && pair[1].len() > 1
            && pair[1].starts_with(|c: char| c.is_ascii_alphabetic())
    });
    name.len() > 24 && !name.contains('@') && (dotted || name.matches(' ').count() > 2)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(name: &str) -> bool {
        fires(
            "wordpress-user-name-abused",
            &format!(
                "From: a@example.com\n\nTo set your password: https://shop.example.com/wp-login.php?login={name}&key=1\n"
            ),
            "",
        )
    }

    #[test]
    fn an_advertisement_for_a_name() {
        assert!(is_found("www.example.blogspot.jp%20-%201.355%20BTC"));
        assert!(!is_found("hana.rei"));
        assert!(!is_found("hana.rei.long.address%40mail.example.jp"));
    }
}
