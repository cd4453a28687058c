//! As whom pages are visited: what a browser tells of itself.

use fuwake_core::evidence::visit::Profile;
use serde_json::{Value, json};

use crate::browser::agent::{ACCEPTED, major, user_agent};
use crate::browser::devtools::{DevtoolsFault, Session};

/// What is asked for first, as Chrome in Japan sends it.
const LANGUAGES: &str = "ja,en-US;q=0.9,en;q=0.8";

/// A screen, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Screen {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Device pixels to each of them.
    pub(super) density: u32,
}

/// The screen that a profile's pictures show.
pub(super) const fn screen(profile: Profile) -> Screen {
    match profile {
        Profile::JapaneseMobile => Screen { width: 412, height: 915, density: 2 },
        Profile::JapaneseDesktop => Screen { width: 1366, height: 768, density: 1 },
    }
}

/// The headers of a request without a browser.
pub(super) fn languages() -> &'static str {
    LANGUAGES
}

/// Makes a page be visited as somebody.
pub(super) async fn wear(session: &Session, profile: Profile, product: &str) -> Result<(), DevtoolsFault> {
    let Screen { width, height, density } = screen(profile);
    let mobile = profile == Profile::JapaneseMobile;
    let metrics = json!({
        "width": width, "height": height, "deviceScaleFactor": density, "mobile": mobile,
        "screenWidth": width, "screenHeight": height,
    });
    let touch = json!({ "enabled": mobile, "maxTouchPoints": if mobile { 5 } else { 1 } });
    tokio::try_join!(
        session.tell("Emulation.setUserAgentOverride", agent(profile, product)),
        session.tell("Emulation.setDeviceMetricsOverride", metrics),
        session.tell("Emulation.setTouchEmulationEnabled", touch),
        session.tell("Emulation.setTimezoneOverride", json!({ "timezoneId": "Asia/Tokyo" })),
        session.tell("Emulation.setLocaleOverride", json!({ "locale": "ja-JP" })),
    )?;
    Ok(())
}

/// The user agent and its client hints (UA Client Hints, section 3).
fn agent(profile: Profile, product: &str) -> Value {
    let major = major(product);
    let full = product.split_once('/').map_or("", |(_, version)| version);
    let brands = |version: &str| {
        json!([
            { "brand": "Not_A Brand", "version": if version == major { "99" } else { "99.0.0.0" } },
            { "brand": "Chromium", "version": version },
            { "brand": "Google Chrome", "version": version },
        ])
    };
    let (navigator, platform, version, model, architecture) = match profile {
        Profile::JapaneseMobile => ("Linux armv81", "Android", "15.0.0", "Pixel 8", ""),
        Profile::JapaneseDesktop => ("Win32", "Windows", "19.0.0", "", "x86"),
    };
    json!({
        "userAgent": user_agent(profile, major),
        "acceptLanguage": ACCEPTED,
        "platform": navigator,
        "userAgentMetadata": {
            "brands": brands(major), "fullVersionList": brands(full),
            "platform": platform, "platformVersion": version, "architecture": architecture, "model": model,
            "mobile": profile == Profile::JapaneseMobile,
            "bitness": if architecture.is_empty() { "" } else { "64" }, "wow64": false,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_tells_of_a_browser_without_a_head() {
        for profile in [Profile::JapaneseMobile, Profile::JapaneseDesktop] {
            let agent = agent(profile, "HeadlessChrome/156.0.8078.79").to_string();
            assert!(!agent.contains("Headless") && agent.contains("156.0.8078.79"), "{agent}");
        }
        assert_eq!(major("Chrome/156.0.8078.79"), "156");
    }
}
