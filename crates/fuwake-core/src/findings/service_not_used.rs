//! The reader told which services he uses, and the brand that the mail presents itself as is not one of them. Silent for the brand's own
//! authenticated mail: it may advertise.

use super::{Alignment, Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let services = &scene.reader.services;
    let (claim, brand) = scene.presented().next()?;
    let genuine = scene.alignment == Alignment::Aligned
        && scene.from_domain().is_some_and(|domain| scene.is_of(domain, brand));
    let unused = !services.is_empty() && !services.contains(&brand.id) && !genuine;
    unused.then(|| Sign::at_all(claim.because.iter().cloned()).with("brand", &brand.name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    use crate::evidence::Ledger;
    use crate::findings::Reader;

    #[test]
    fn only_where_the_reader_told() {
        let mail = "From: Amazon <a@example.com>\n\nx";
        let reader = |services: &[&str]| Reader {
            services: services.iter().map(ToString::to_string).collect(),
            ..Reader::default()
        };
        let fires = |services: &[&str]| {
            found_for(mail, "", &reader(services), &Ledger::default())
                .contains(&"service-not-used".to_owned())
        };
        assert!(fires(&["netflix"]));
        assert!(!fires(&["amazon"]) && !fires(&[]));
    }
}
