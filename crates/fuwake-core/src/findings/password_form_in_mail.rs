//! An HTML part has a form with a password field.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mut forms = scene.mail.bodies.iter().flat_map(|body| {
        body.html.iter().flat_map(move |html| html.forms.iter().map(move |form| (body, form)))
    });
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
    }
}
