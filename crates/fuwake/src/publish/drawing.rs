//! What is drawn by the browser: the report as a PDF, the mail as a picture, the card.

use std::path::Path;

use anyhow::Context;
use fuwake_core::publish::{card, mail_picture, publish};
use fuwake_probes::browser::{PictureFormat, Printer, Sheet};
use fuwake_report::pictures::{CARD, MAIL_WIDTH, card_page, mail_page};
use fuwake_report::{Format, Layout, render};
use tokio::runtime::Runtime;

use super::{Publication, Work};

/// Pixels to a CSS pixel in the picture of a mail: sharp where it is shown half as large.
const DENSITY: f64 = 1.5;

/// A browser that draws, once it is needed.
pub(crate) struct Drawing {
    printer: Printer,
    runtime: Runtime,
}

impl Drawing {
    /// Starts the browser.
    pub(crate) fn start(browser: Option<&Path>) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let printer = runtime.block_on(Printer::start(browser))?;
        Ok(Self { printer, runtime })
    }

    /// The report as a PDF, one a language.
    pub(super) fn reports(&self, work: &Work<'_>) -> anyhow::Result<Vec<Publication>> {
        let html = Format::named("html").context("there is no HTML report")?;
        let drawn = work.each(|language, case| {
            let page = render(&publish(case, work.release, language), html, Layout::default());
            let bytes = self.runtime.block_on(self.printer.pdf(&page))?;
            Ok(Publication { name: format!("report.{}.pdf", language.tag()), bytes })
        });
        drawn.into_iter().collect()
    }

    /// The mail and the card as pictures, one a language.
    pub(super) fn pictures(&self, work: &Work<'_>) -> anyhow::Result<Vec<Publication>> {
        let drawn = work.each(|language, case| {
            let sheet = Sheet { width: MAIL_WIDTH, height: None, density: DENSITY };
            let page = mail_page(&mail_picture(case, work.release, language));
            let mail = self.runtime.block_on(self.printer.picture(&page, sheet, PictureFormat::Webp))?;
            let [width, height] = CARD;
            let sheet = Sheet { width, height: Some(height), density: 1.0 };
            let page = card_page(&card(case, work.release, language));
            let card = self.runtime.block_on(self.printer.picture(&page, sheet, PictureFormat::Png))?;
            let tag = language.tag();
            Ok([
                Publication { name: format!("mail.{tag}.webp"), bytes: mail },
                Publication { name: format!("card.{tag}.png"), bytes: card },
            ])
        });
        let pairs: anyhow::Result<Vec<[Publication; 2]>> = drawn.into_iter().collect();
        Ok(pairs?.into_iter().flatten().collect())
    }
}
