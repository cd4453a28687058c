//! A remote picture of one pixel. Information only: genuine newsletters have it too.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (body, image) = scene.mail.bodies.iter().find_map(|body| {
        let image = body.html.as_ref()?.images.iter().find(|image| image.tracking && image.remote)?;
        Some((body, image))
    })?;
    let host =
        image.source.split_once("//").and_then(|(_, rest)| rest.split(['/', '?']).next()).unwrap_or_default();
    Some(Sign::at(scene.whole_part(body)).with("host", host))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "tracking-pixel";

    #[test]
    fn one_pixel_from_the_network() {
        let mail = |size| {
            format!(
                "From: a@example.com\nContent-Type: text/html\n\n<p>hello</p><img src=\"https://www.example.net/o\" width={size} height={size}>\n"
            )
        };
        assert!(fires(ID, &mail("1"), ""));
        assert!(!fires(ID, &mail("80"), ""));
    }
}
