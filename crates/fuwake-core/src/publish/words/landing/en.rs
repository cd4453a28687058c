//! The English words.

use super::{Kind, Landing};
use crate::case::LandingKind;
use crate::evidence::visit::{Profile, StepKind, VisitEnd};

pub(super) static EN: Landing = Landing {
    kinds: kind_en,
    asks: "It asks for {asks}.",
    asks_and_sends: "It asks for {asks} and sends what is entered to {target}.",
    sends: "What is entered is sent to {target}.",
    and: " and ",
    asked: &[
        ("password", "a password"),
        ("card", "a card number"),
        ("security-code", "the card's security code"),
        ("code", "a one-time code"),
        ("seed-phrase", "the recovery phrase of a crypto wallet"),
        ("bank-pin", "the PIN of a card or bank account"),
        ("id-number", "an identity number"),
        ("address", "a postal address"),
        ("telephone", "a telephone number"),
    ],
    gone: "That is how it is now. It says nothing about what stood there when the mail arrived: scam pages are often up for a short time only.",
    lost: "With made-up marks in its address the page is not there. It may well stand where the link of the mail leads.",
    harmless: "Nothing dangerous was seen on this page. Whether the sender of the mail is genuine is another question.",
    cloaked: "Different visitors are shown different pages, most likely to hide from those who investigate (cloaking).",
    cloaked_again: "Different visitors are shown different pages, and were again when the link was opened once more: it hides from those who investigate (cloaking).",
    differs: "What was shown differed between the visitors. Another layout or a passing failure can be the reason.",
    led_away: "Another site sent the visitor on to the genuine one. Scams send those who investigate there, so others may end elsewhere.",
    known_login: "It was compared with the log-in address known for the brand, {url}: it is the same.",
    outside: "Controls outside of forms",
    decoyed: "Where the link held details of the recipient, made-up values of the same shape (decoys) took their place before it was opened. The server was not told who received the mail.",
    exact: "As ordered, the link was opened exactly as it stands in the mail. The server now knows who received it.",
    without_browser: "It was opened without a browser, so nothing that scripts show was seen.",
    frames: [
        "Fake – do not enter anything",
        "Do not enter anything, do not open any file",
        "A page of the genuine site",
        "The linked page – nobody vouches for it",
    ],
    stamp: "FAKE",
    alt: "What was shown to: {visitor}. {summary}",
    alt_title: " Its title is “{title}”.",
    alt_text: " The text begins: {text}",
    instead: "A picture of the page was kept (WebP, {bytes} bytes, SHA-256 {sha256}).",
    no_picture: "There is no picture of the page.",
    withheld: "The picture of the page is left out, because it may show who received the mail.",
    link: "Link opened",
    way: "From the link to the page",
    details: "Each step in full",
    roles: ["The mail's link", "On the way", "Where it ends", "The mail's link, without a redirect"],
    crossing: "another domain from here on",
    no_answer: "no answer",
    status: "Status",
    url: "URL",
    worn: "Bears a brand's name",
    certificate: "Certificate",
    certificate_short: "Certificate: {issuer}",
    age: "{days} days old",
    age_now: "issued the same day",
    age_one: "1 day old",
    not_trusted: "not a valid certificate",
    unencrypted: "not encrypted (http)",
    at: "Time",
    fault: "Reason",
    visits: "How it was opened",
    not_visited: "could not be opened",
    page: "What the page holds",
    title: "Title",
    text: "Text shown (beginning)",
    resources: "Pictures and scripts come from",
    saved_from: "Copied from (as noted in the page)",
    dead_controls: "Controls that do nothing",
    form: "The form",
    fields: "Fields",
    required_nothing: "The page has no form.",
    filled: "already filled in",
    target: "Sent to",
    by_script: "taken by a script",
    elsewhere: "another domain than the page's",
    probed: "Where made-up values would have gone (the request was stopped)",
    typed: "Typed in",
    untouched: "Nothing was typed into the form.",
    quiet: "Also noticed",
    contacts: "Requests to other hosts",
    windows: "Windows it wanted to open",
    downloads: "Files it wanted to hand over",
    dialogs: "Boxes it wanted to show",
    refused: "Connections stopped",
    cookies: "Names of cookies",
    icon: "Icon of the site (MurmurHash3)",
    traffic: "Traffic",
    traffic_values: "requests: {requests}, bytes: {bytes}",
    bounds: "Limits met",
    names: &[
        ("email", "mail address"),
        ("tel", "digits"),
        ("select", "choice"),
        ("select-one", "choice"),
        ("select-multiple", "choice"),
        ("checkbox", "tick box"),
        ("radio", "choice"),
        ("textarea", "long text"),
        ("inner-address", "an inner address"),
        ("own-address", "an address of the investigator"),
        ("port", "a port that is none of the web's"),
        ("scheme", "a scheme that is none of the web's"),
        ("acts", "not opened: opening it might already carry something out"),
        ("genuine-site", "not opened: the brand's own site"),
        ("steps", "number of steps"),
        ("requests", "number of requests"),
        ("bytes", "amount of data"),
        ("events", "number of events"),
        ("held-back", "a frame that was not opened"),
        ("nodes", "size of the page"),
        ("frames", "number of frames"),
        ("net::ERR_NAME_NOT_RESOLVED", "the name does not exist"),
        ("net::ERR_CONNECTION_REFUSED", "the connection was refused"),
        ("net::ERR_CONNECTION_FAILED", "no connection"),
        ("net::ERR_CONNECTION_RESET", "the connection was cut"),
        ("net::ERR_CONNECTION_TIMED_OUT", "no answer in time"),
        ("net::ERR_TIMED_OUT", "no answer in time"),
        ("net::ERR_EMPTY_RESPONSE", "an empty answer"),
        ("net::ERR_CERT_AUTHORITY_INVALID", "the certificate's issuer is not trusted"),
        ("net::ERR_CERT_COMMON_NAME_INVALID", "the certificate is for another name"),
        ("net::ERR_CERT_DATE_INVALID", "the certificate has expired"),
        ("net::ERR_TOO_MANY_REDIRECTS", "redirects without end"),
    ],
    steps: step_en,
    ends: end_en,
    profiles: |profile| match profile {
        Profile::JapaneseMobile => "Phone in Japan",
        Profile::JapaneseDesktop => "Computer in Japan",
    },
};

const fn kind_en(kind: LandingKind) -> Kind {
    let (title, sentence, worn) = match kind {
        LandingKind::FakeLogin => (
            "Fake log-in page",
            "A fake log-in page stands there.",
            "A fake log-in page of {brand} stands there.",
        ),
        LandingKind::CredentialForm => (
            "Page that asks for credentials",
            "A page stands there that asks for credentials.",
            "A page stands there that asks for credentials in the name of {brand}.",
        ),
        LandingKind::PaymentForm => (
            "Page that asks for payment details",
            "A page stands there that asks for card or other payment details.",
            "A page stands there that asks for card or other payment details in the name of {brand}.",
        ),
        LandingKind::MalwareDownload => (
            "Download of a harmful program",
            "A file is handed out that is most likely a harmful program.",
            "In the name of {brand}, a file is handed out that is most likely a harmful program.",
        ),
        LandingKind::Download => (
            "File download",
            "A file is handed out. It was not taken, and nothing is known of its content.",
            "A file is handed out in the name of {brand}. It was not taken, and nothing is known of its content.",
        ),
        LandingKind::Parked => (
            "Unused domain",
            "The domain is not in use: only advertisements or an offer to sell it are shown.",
            "The domain is not in use: only advertisements or an offer to sell it are shown.",
        ),
        LandingKind::Suspended => (
            "Suspended",
            "Only a notice is shown that the site or its domain was suspended.",
            "Only a notice is shown that the site or its domain was suspended.",
        ),
        LandingKind::Dead => (
            "The page is gone",
            "There is no page at this address now.",
            "There is no page at this address now.",
        ),
        LandingKind::Blocked => (
            "Access blocked",
            "Access is blocked, and the page itself was not seen.",
            "Access is blocked, and the page itself was not seen.",
        ),
        LandingKind::CaptchaWall => (
            "Check for humans",
            "The way ends at a check for humans (CAPTCHA); what lies behind it was not seen.",
            "The way ends at a check for humans (CAPTCHA); what lies behind it was not seen.",
        ),
        LandingKind::GenuineSite => {
            ("Genuine site", "It is a genuine site.", "It is the genuine site of {brand}.")
        }
        LandingKind::GenuineErrorPage => (
            "Error page of the genuine site",
            "It is an error page of a genuine site.",
            "It is an error page of the genuine site of {brand}.",
        ),
        LandingKind::Page => (
            "A page",
            "A page is shown that has no marks of a fake log-in or the like.",
            "A page is shown that names {brand}.",
        ),
        LandingKind::NotReached => {
            ("Not reached", "The page could not be reached.", "The page could not be reached.")
        }
    };
    Kind { title, sentence, worn }
}

const fn step_en(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Link => "the mail's link",
        StepKind::Redirect => "HTTP redirect",
        StepKind::RefreshHeader => "Refresh header",
        StepKind::MetaRefresh => "automatic redirect in the page (meta refresh)",
        StepKind::Script => "script",
        StepKind::Form => "form that sends itself",
        StepKind::Frame => "frame that fills the page",
    }
}

const fn end_en(end: VisitEnd) -> &'static str {
    match end {
        VisitEnd::Shown => "",
        VisitEnd::Download => "a file was offered",
        VisitEnd::NoSuchName => "the host name does not exist",
        VisitEnd::Unreachable => "the server did not answer",
        VisitEnd::Refused => "not connected to, for safety",
        VisitEnd::Hung => "the page did not come to rest and was given up",
        VisitEnd::HeldBack => "the next step was deliberately not taken",
    }
}
