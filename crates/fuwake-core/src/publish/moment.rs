//! When a mail came, and how moments are written.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::case::{Dissection, Language};
use crate::mail::received::Trust;

/// When the recipient's server took the mail, by that server's clock and in its time zone; else when the mail says that it was written.
pub(super) fn arrived(mail: &Dissection) -> Option<&str> {
    observed(mail).or(mail.mail.date.as_deref())
}

/// When the recipient's server took the mail, where it says so.
pub(super) fn observed(mail: &Dissection) -> Option<&str> {
    let hops = mail.mail.hops.iter().rev().filter(|hop| hop.trust == Trust::Observed);
    hops.filter_map(|hop| hop.at.as_deref()).next()
}

/// The mail's date as its reader's mail program shows it: in the time zone of the server that took it.
pub(super) fn shown_date(mail: &Dissection) -> Option<String> {
    let date = mail.mail.date.as_deref()?;
    let parsed = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let local = || {
        let here = parsed(arrived(mail)?)?.offset();
        parsed(date)?.checked_to_offset(here)?.format(&Rfc3339).ok()
    };
    Some(moment(&local().unwrap_or_else(|| date.to_owned())))
}

/// RFC 3339 as people read it: `2022-03-17 21:50:40 +08:00`.
pub(super) fn moment(rfc3339: &str) -> String {
    let (day, time) = rfc3339.split_once('T').unwrap_or((rfc3339, ""));
    let zone = time.find(['+', '-', 'Z']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    format!("{day} {time} {zone}").trim_end().to_owned()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as people write it: 2025年1月15日, 15 January 2025.
pub(super) fn day(language: Language, rfc3339: &str) -> String {
    let date = rfc3339.get(..10).unwrap_or(rfc3339);
    let mut numbers = date.split('-').map(str::parse::<usize>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) = (numbers.next(), numbers.next(), numbers.next())
    else {
        return rfc3339.to_owned();
    };
    match language {
        Language::Ja => format!("{year}年{month}月{day}日"),
        Language::En => {
            let name = MONTHS.get(month.wrapping_sub(1)).copied().unwrap_or_default();
            format!("{day} {name} {year}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_readable() {
        assert_eq!(moment("2022-03-17T21:50:40+08:00"), "2022-03-17 21:50:40 +08:00");
        assert_eq!(moment("2022-03-17T21:50:40Z"), "2022-03-17 21:50:40 Z");
        assert_eq!(moment(""), "");
    }

    #[test]
    fn days_are_readable() {
        assert_eq!(day(Language::Ja, "2025-01-15T06:12:44+09:00"), "2025年1月15日");
        assert_eq!(day(Language::En, "2025-01-05"), "5 January 2025");
        assert_eq!(day(Language::En, "soon"), "soon");
    }
}
