//! Draws pages of our own by the same browser: as a picture or as a PDF. It has no network: nothing that a page names is fetched, and no
//! script runs.

use std::path::Path;
use std::time::Duration;

use data_encoding::BASE64;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thiserror::Error;

use super::chromium::{self, Chromium};
use super::devtools::{DevtoolsFault, PATIENCE, Session};

/// How long a page may take to be drawn.
const DRAWING: Duration = Duration::from_secs(30);
/// How tall a picture may be, in CSS pixels; what stands below is cut off.
const TALLEST: f64 = 8_000.0;

/// How tall the window is that a page stands in of which all is drawn: a page is at least as tall as its window.
const LOWEST: u32 = 16;

/// Why a page was not drawn.
#[derive(Debug, Error)]
pub enum PrintFault {
    /// There is no browser.
    #[error(
        "Chromium is needed to draw pages, and there is none: install it, or name it under [visit] browser"
    )]
    Missing,
    /// It does not start.
    #[error("Chromium does not start: {0}")]
    Broken(std::io::Error),
    /// It did not draw the page.
    #[error("Chromium did not draw the page: {0}")]
    Failed(String),
}

impl From<DevtoolsFault> for PrintFault {
    fn from(fault: DevtoolsFault) -> Self {
        Self::Failed(fault.to_string())
    }
}

/// The form of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Without loss.
    Png,
    /// Small.
    Webp,
}

/// The sheet that a picture is drawn on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels; none for as tall as the page is.
    pub height: Option<u32>,
    /// Pixels to a CSS pixel.
    pub density: f64,
}

/// A browser that draws.
#[derive(Debug)]
pub struct Printer {
    chromium: Chromium,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    target_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attached {
    session_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tree {
    frame_tree: Root,
}

#[derive(Deserialize)]
struct Root {
    frame: Frame,
}

#[derive(Deserialize)]
struct Frame {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Layout {
    css_content_size: Size,
}

#[derive(Deserialize)]
struct Size {
    height: f64,
}

#[derive(Deserialize)]
struct Drawn {
    data: String,
}

impl Printer {
    /// Starts the browser that is named, or the usual one. Must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// Where there is none, or it does not start.
    pub async fn start(named: Option<&Path>) -> Result<Self, PrintFault> {
        let program = chromium::find(named).ok_or(PrintFault::Missing)?;
        Ok(Self { chromium: Chromium::start(&program).await.map_err(PrintFault::Broken)? })
    }

    /// A picture of a page.
    ///
    /// # Errors
    /// Where the browser does not draw it.
    pub async fn picture(
        &self,
        html: &str,
        sheet: Sheet,
        format: PictureFormat,
    ) -> Result<Vec<u8>, PrintFault> {
        let page = self.open(html, Some(sheet)).await?;
        let layout: Layout = page.call("Page.getLayoutMetrics", json!({})).await?;
        let height = sheet.height.map_or(layout.css_content_size.height.clamp(1.0, TALLEST), f64::from);
        let clip = json!({ "x": 0, "y": 0, "width": sheet.width, "height": height, "scale": 1 });
        let mut how = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        if format == PictureFormat::Webp {
            how["format"] = json!("webp");
            how["quality"] = json!(85);
        }
        let drawn = page.call::<Drawn>("Page.captureScreenshot", how).await;
        page.close().await?;
        decoded(&drawn?)
    }

    /// A page as a PDF, on the paper that its style names (A4 where it names none), with the fonts that it needs.
    ///
    /// # Errors
    /// Where the browser does not draw it.
    pub async fn pdf(&self, html: &str) -> Result<Vec<u8>, PrintFault> {
        let page = self.open(html, None).await?;
        let how = json!({
            "printBackground": true, "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69,
            "generateTaggedPDF": true, "generateDocumentOutline": true,
        });
        let drawn = page.call::<Drawn>("Page.printToPDF", how).await;
        page.close().await?;
        decoded(&drawn?)
    }

    async fn open(&self, html: &str, sheet: Option<Sheet>) -> Result<Page, PrintFault> {
        let devtools = self.chromium.devtools.clone();
        let blank = json!({ "url": "about:blank" });
        let Opened { target_id: target } = devtools.call("Target.createTarget", blank, PATIENCE).await?;
        let attach = json!({ "targetId": target, "flatten": true });
        let Attached { session_id: id } = devtools.call("Target.attachToTarget", attach, PATIENCE).await?;
        let page = Page { session: Session { devtools, id }, target };
        page.session.tell("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
        if let Some(Sheet { width, height, density }) = sheet {
            let screen = json!({ "width": width, "height": height.unwrap_or(LOWEST), "deviceScaleFactor": density, "mobile": false });
            page.session.tell("Emulation.setDeviceMetricsOverride", screen).await?;
        }
        let tree: Tree = page.call("Page.getFrameTree", json!({})).await?;
        let document = json!({ "frameId": tree.frame_tree.frame.id, "html": html });
        page.call::<Value>("Page.setDocumentContent", document).await?;
        Ok(page)
    }
}

/// A page that is drawn.
struct Page {
    session: Session,
    target: String,
}

impl Page {
    async fn call<T: DeserializeOwned>(&self, method: &'static str, how: Value) -> Result<T, DevtoolsFault> {
        self.session.call(method, how, DRAWING).await
    }

    async fn close(self) -> Result<(), DevtoolsFault> {
        let close = json!({ "targetId": self.target });
        self.session.devtools.call::<Value>("Target.closeTarget", close, PATIENCE).await.map(|_| ())
    }
}

fn decoded(drawn: &Drawn) -> Result<Vec<u8>, PrintFault> {
    BASE64.decode(drawn.data.as_bytes()).map_err(|why| PrintFault::Failed(why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!DOCTYPE html><html lang='ja'><style>body{margin:0;background:#0a0}</style>\
        <body onload=\"document.body.style.background='#a00'\"><h1 style='height:900px'>腑分け</h1>\
        <img src='http://192.0.2.1/a.png'><script>document.body.style.background='#a00'</script></body></html>";

    #[tokio::test(flavor = "multi_thread")]
    async fn pages_become_pictures_and_documents_without_scripts() {
        let printer = Printer::start(None).await.expect("Chromium is there");
        let sheet = Sheet { width: 400, height: None, density: 2.0 };
        let png = printer.picture(PAGE, sheet, PictureFormat::Png).await.expect("a picture");
        let picture = image::load_from_memory(&png).expect("a PNG").to_rgb8();
        assert_eq!(picture.width(), 800);
        assert!(picture.height() >= 1_800, "{}", picture.height());
        assert_eq!(picture.get_pixel(790, 1_700).0, [0, 0xaa, 0]);
        let small = Sheet { width: 200, height: Some(100), density: 1.0 };
        let low = Sheet { width: 400, height: None, density: 1.0 };
        let png = printer.picture("<p>a", low, PictureFormat::Png).await.expect("a picture");
        assert!(image::load_from_memory(&png).expect("a PNG").height() < 100);
        let webp = printer.picture(PAGE, small, PictureFormat::Webp).await.expect("a picture");
        assert!(webp.starts_with(b"RIFF"));
        let pdf = printer.pdf(PAGE).await.expect("a document");
        assert!(pdf.starts_with(b"%PDF-"));
    }
}
