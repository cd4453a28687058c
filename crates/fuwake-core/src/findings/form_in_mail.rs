//! An HTML part has a form with a field to write into (not only a button or a search box of one).

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mut forms = scene.pages().flat_map(|(body, html)| html.forms.iter().map(move |form| (body, form)));
    let (body, form) = forms.find(|(_, form)| {
        !form.password
            && form
                .inputs
                .iter()
                .any(|input| ["text", "email", "tel", "number"].iter().any(|kind| input.starts_with(kind)))
    })?;
    Some(Sign::at(scene.whole_part(body)).with("target", form.action.clone()))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "form-in-mail";

    #[test]
    fn fields_to_write_into() {
        let mail = |input| {
            format!(
                "From: a@example.com\nContent-Type: text/html\n\n<p>hello</p><form action=\"https://www.example.net/\"><input type={input} name=a></form>\n"
            )
        };
        assert!(fires(ID, &mail("text"), ""));
        assert!(!fires(ID, &mail("submit"), ""));
    }
}
