//! The mail came through a mailing list: List-Id with List-Post, or Precedence: list (RFC 2369, RFC 2919). Silent where it speaks
//! in a known company's name, for the fields are easily written.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let id = scene.mail.list.id.as_ref().filter(|_| scene.is_list_mail())?;
    let claimed = scene.claims.iter().any(|claim| claim.stands_in(crate::impersonation::Place::DisplayName));
    (!claimed && !scene.lures()).then(|| Sign::at(id).with("list", id.text.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_list_and_no_company() {
        let mail = "From: a@example.com\nList-Id: Garden <garden.example.org>\nList-Post: <mailto:garden@example.org>\n\nHello\n";
        assert!(fires("list-mail", mail, ""));
        assert!(!fires(
            "list-mail",
            &mail.replace("From: a", "From: Amazon <a").replace("a@example.com", "a@example.com>"),
            ""
        ));
        assert!(!fires("list-mail", &mail.replace("List-Post", "X-Post"), ""));
    }
}
