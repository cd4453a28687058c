//! An encrypted archive comes with its password: it opened the archive, or stands behind its name in the text.

use super::{Scene, Sign, listings};
use crate::inquiry::passwords;
use crate::span::Because;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let locked = listings::locked(scene)?;
    // What an operator's own password opened did not come with it.
    let comes_with_it = match locked.password {
        Some(password) => passwords::names(scene.mail, password),
        None => passwords::is_given(scene.mail),
    };
    let listing = Because::Evidence { evidence: locked.listing.id.clone() };
    comes_with_it.then(|| Sign::at(listing).and(locked.file.span))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn only_with_a_password_in_the_mail() {
        let fires =
            |text| fires_on_archive_in("encrypted-archive-with-its-password", text, "list.xlsx", true);
        assert!(fires("Zip password: 4471"));
        assert!(!fires("The zip password follows in another mail."));
    }
}
