//! `url(...)` in CSS (CSS Values section 4.5).

/// The targets of all `url(...)` in a style text, without `data:` ones.
pub(super) fn targets(css: &str) -> impl Iterator<Item = &str> {
    css.split("url(").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let target = match quote {
            Some(quote) => rest.strip_prefix(quote)?.split(quote).next()?,
            None => rest.split(')').next()?.trim(),
        };
        (!target.is_empty() && !target.starts_with("data:")).then_some(target)
    })
}
