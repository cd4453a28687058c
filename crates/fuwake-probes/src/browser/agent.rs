//! What a browser calls itself.

use fuwake_core::evidence::visit::Profile;

/// The languages of a browser in Japan, as it is told them.
pub(crate) const ACCEPTED: &str = "ja,en-US,en";

/// The user agent, reduced as Chrome's is since its version 110.
pub(crate) fn user_agent(profile: Profile, major: &str) -> String {
    let (system, mobile) = match profile {
        Profile::JapaneseMobile => ("Linux; Android 10; K", " Mobile"),
        Profile::JapaneseDesktop => ("Windows NT 10.0; Win64; x64", ""),
    };
    format!(
        "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0{mobile} Safari/537.36"
    )
}

/// The version's first number, of `Chrome/156.0.8078.79`.
pub(crate) fn major(product: &str) -> &str {
    let version = product.split_once('/').map_or("", |(_, version)| version);
    version.split('.').next().filter(|major| !major.is_empty()).unwrap_or("156")
}
