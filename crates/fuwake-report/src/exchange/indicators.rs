//! The indicators as they are, in JSON.

use fuwake_core::indicators::Indicators;

pub(super) fn json(indicators: &Indicators) -> String {
    super::pretty(indicators)
}
