//! The mail itself has a form with a password field; of attached pages [`super::html_file_posts_elsewhere`] tells.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mut forms = scene.pages().flat_map(|(body, html)| html.forms.iter().map(move |form| (body, form)));
    let (body, form) = forms.find(|(_, form)| form.password)?;
    Some(Sign::at(scene.whole_part(body)).with("target", form.action.clone()))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "password-form-in-mail";

    #[test]
    fn a_password_field() {
        let mail = |input| {
            format!(
                "From: a@example.com\nContent-Type: text/html\n\n<p>hello</p><form action=\"https://www.example.net/\"><input type={input} name=a></form>\n"
            )
        };
        assert!(fires(ID, &mail("password"), ""));
        assert!(!fires(ID, &mail("text"), ""));
        let page = "<form action=\"https://www.example.net/\"><input type=password name=a></form>";
        assert!(!fires(ID, &with_attachment("a.html", "text/html", page), ""), "an attached page");
    }
}
