//! Decoders on files that the tests make: what they must find, and what must not hold them up.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use fuwake_core::evidence::{ActKind, Contents, Data, FileKind, Lead, Member};
use fuwake_probes::decoders::{read, work};
use fuwake_probes::worker::Task;
use lopdf::{Dictionary, Document, Object, SaveOptions, Stream, StringFormat, dictionary};
use zip::write::SimpleFileOptions;
use zip::{AesMode, ZipWriter};

fn urls(contents: &Contents, by: Lead) -> Vec<&str> {
    contents.links.iter().filter(|link| link.by == by).map(|link| link.url.as_str()).collect()
}

fn text(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

/// A document of one page with an annotation that does `action`.
fn pdf(action: Dictionary, content: &str, modern: bool) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font =
        document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" });
    let content = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
    let annotation =
        document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link", "A" => action });
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Annots" => vec![annotation.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    if modern {
        let options = SaveOptions::builder()
            .use_object_streams(true)
            .use_xref_streams(true)
            .compression_level(6)
            .build();
        document.save_with_options(&mut bytes, options).unwrap();
    } else {
        document.save_to(&mut bytes).unwrap();
    }
    bytes
}

fn uri(target: &str) -> Dictionary {
    dictionary! { "S" => "URI", "URI" => text(target) }
}

#[test]
fn links_in_plain_and_in_compressed_objects() {
    for modern in [false, true] {
        let bytes = pdf(uri("https://files.example.net/a"), "BT /F1 12 Tf (Open document) Tj ET", modern);
        assert_eq!(memchr::memmem::find(&bytes, b"files.example.net").is_none(), modern, "it is hidden");
        let contents = read(FileKind::Pdf, &bytes).unwrap();
        assert_eq!(urls(&contents, Lead::Link), ["https://files.example.net/a"]);
        assert_eq!((contents.pages, contents.text.as_str()), (Some(1), "Open document"));
    }
}

#[test]
fn actions_of_a_pdf() {
    let launch = dictionary! { "S" => "Launch", "F" => text("cmd.exe") };
    let contents = read(FileKind::Pdf, &pdf(launch, "", false)).unwrap();
    assert_eq!(contents.does(ActKind::Launch).unwrap().detail, "cmd.exe");
    let submit = dictionary! { "S" => "SubmitForm", "F" => dictionary! { "FS" => "URL", "F" => text("https://a.example.net/") } };
    assert_eq!(
        urls(&read(FileKind::Pdf, &pdf(submit, "", false)).unwrap(), Lead::Form),
        ["https://a.example.net/"]
    );
    let dial = read(FileKind::Pdf, &pdf(uri("tel:+15550100"), "", false)).unwrap();
    assert_eq!(urls(&dial, Lead::Link), ["tel:+15550100"]);
}

#[test]
fn cycles_and_depth_do_not_hold() {
    let mut nested = Object::Null;
    for _ in 0..2_000 {
        nested = Object::Array(vec![nested]);
    }
    let mut action = uri("https://files.example.net/a");
    action.set("Next", Object::Reference((1, 0)));
    action.set("Deep", nested);
    // Whether a reader gives such a file up or reads on is its own affair; that it comes to an end is what counts.
    let contents = read(FileKind::Pdf, &pdf(action, "", false)).unwrap_or_default();
    assert!(contents.links.len() <= 1);
}

#[test]
fn a_bomb_is_cut() {
    let mut document = Document::with_version("1.5");
    let mut stream = Stream::new(Dictionary::new(), vec![b' '; 64 << 20]);
    stream.compress().unwrap();
    assert!(stream.content.len() < 1 << 20);
    let content = document.add_object(stream);
    let pages = document.new_object_id();
    let page =
        document.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert!(read(FileKind::Pdf, &bytes).unwrap().truncated);
}

fn package(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_office_packages_load_run_and_say() {
    let relations = br#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://files.example.net/t.dotm" TargetMode="External"/><Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://www.example.com/?a=1&amp;b=2" TargetMode="External"/><Relationship Id="c" Type="x/styles" Target="styles.xml"/></Relationships>"#;
    let document = "<w:document><w:p><w:r><w:t>請求書 &amp; 明細</w:t></w:r></w:p><w:p><w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe</w:instrText></w:p></w:document>";
    let bytes = package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/_rels/settings.xml.rels", relations),
        ("word/document.xml", document.as_bytes()),
        ("word/vbaProject.bin", b"...Attribut\0e VB_Name AutoOpen..."),
    ]);
    let contents = read(FileKind::OfficeXml, &bytes).unwrap();
    assert_eq!(urls(&contents, Lead::Loaded), ["https://files.example.net/t.dotm"]);
    assert_eq!(urls(&contents, Lead::Link), ["https://www.example.com/?a=1&b=2"]);
    assert_eq!(contents.does(ActKind::AutoMacro).unwrap().detail, "AutoOpen");
    assert!(contents.does(ActKind::Launch).is_some());
    assert_eq!(contents.text, "請求書 & 明細");
}

fn archive(entries: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn members(bytes: &[u8], passwords: &[&str]) -> Result<(Option<String>, Vec<Member>, bool), String> {
    let passwords = passwords.iter().map(ToString::to_string).collect();
    match work(&Task::Archive { passwords }, bytes)? {
        Data::ArchiveContents { password, members, truncated } => Ok((password, members, truncated)),
        other => Err(format!("{other:?}")),
    }
}

const URL_FILE: &[u8] = b"[InternetShortcut]\r\nURL=https://files.example.net/\r\n";

#[test]
fn archives_open_with_the_right_password() {
    use zip::unstable::write::FileOptionsExt;
    let inner = archive(&[("b.url", URL_FILE), ("run.exe", b"MZ")], SimpleFileOptions::default());
    let plain = SimpleFileOptions::default();
    for options in [
        plain.with_aes_encryption(AesMode::Aes256, "7788"),
        plain.with_deprecated_encryption(b"7788").unwrap(),
    ] {
        let bytes = archive(&[("a.url", URL_FILE), ("inner.zip", &inner)], options);
        let (password, members_read, truncated) = members(&bytes, &["wrong", "7788"]).unwrap();
        let names: Vec<&str> = members_read.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["a.url", "inner.zip/b.url", "inner.zip/run.exe", "inner.zip"]);
        assert_eq!(urls(&members_read[0].contents, Lead::Link), ["https://files.example.net/"]);
        assert_eq!((password.as_deref(), truncated), (Some("7788"), false));
        assert!(members(&bytes, &["wrong"]).is_err() && members(&bytes, &[]).is_err());
    }
}

#[test]
fn a_locked_file_hides_nothing_beside_it() {
    let plain = SimpleFileOptions::default();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("note.txt", plain.with_aes_encryption(AesMode::Aes256, "unknown")).unwrap();
    writer.write_all(b"x").unwrap();
    writer.start_file("a.url", plain).unwrap();
    writer.write_all(URL_FILE).unwrap();
    let (password, read, truncated) = members(&writer.finish().unwrap().into_inner(), &["7788"]).unwrap();
    assert_eq!((password, truncated, read.len()), (None, true, 2));
    assert!(read[0].unread.is_some() && read[0].contents.links.is_empty());
    assert_eq!(urls(&read[1].contents, Lead::Link), ["https://files.example.net/"]);
}

#[test]
fn a_page_in_an_archive_that_only_links_is_read() {
    let page = br#"<html><body>Statement <a href="https://files.example.net/view">open</a></body></html>"#;
    let bytes = archive(&[("statement.html", page)], SimpleFileOptions::default());
    let (_, read, _) = members(&bytes, &[]).unwrap();
    assert_eq!(urls(&read[0].contents, Lead::Link), ["https://files.example.net/view"]);
}

#[test]
fn the_words_of_a_page_in_an_archive_are_read() {
    let words = |page: &[u8]| {
        let (_, mut read, truncated) =
            members(&archive(&[("a.html", page)], SimpleFileOptions::default()), &[]).unwrap();
        (read.remove(0).contents.text, truncated)
    };
    let page = "<html><style>p{}</style><script>var x</script><p>口座を&nbsp;凍結</p><p hidden>x</p>しました";
    assert_eq!(words(page.as_bytes()), ("口座を\u{A0}凍結\nしました".to_owned(), false));
    let (shift_jis, ..) = encoding_rs::SHIFT_JIS.encode(page);
    assert!(words(&shift_jis).0.contains("しました"));
}

#[test]
fn hostile_pages_in_an_archive_take_no_long_time() {
    for piece in ["<script", "<style></", "<!--", "<", "&lt;", "<p a=", "<table><a>", "<b><font><p>", "あ"] {
        let page = format!("<html>{}", piece.repeat((1 << 20) / piece.len()));
        let bytes = archive(&[("a.html", page.as_bytes())], SimpleFileOptions::default());
        let begin = std::time::Instant::now();
        let (_, read, truncated) = members(&bytes, &[]).unwrap();
        assert!(truncated && read.len() == 1, "{piece}");
        assert!(begin.elapsed().as_secs() < 10, "{piece}: {:?}", begin.elapsed());
    }
}

#[test]
fn only_a_page_that_carries_a_file_saves_one() {
    let saves = |data: &str| {
        let page = format!(
            "<script>{data};a.href=URL.createObjectURL(new Blob([d]));a.download='list.csv'</script>"
        );
        read(FileKind::Page, page.as_bytes()).unwrap().does(ActKind::SavesFile).is_some()
    };
    assert!(saves("var d=atob('aGFybWxlc3Mgd29yZHM=')"));
    assert!(saves(&format!("var p='{}';var d=bytes(p)", "QUJD".repeat(200))));
    assert!(!saves("var d=rows.map(r => r.join(',')).join('\\n')"));
}

#[test]
fn archives_are_read_within_bounds() {
    let plain = SimpleFileOptions::default();
    let (password, read, _) = members(&archive(&[("a.txt", b"x"), ("a.url", URL_FILE)], plain), &[]).unwrap();
    assert_eq!((password, read.len(), read[0].kind), (None, 1, Some(FileKind::UrlFile)));
    let bomb = archive(&[("a.pdf", &vec![b' '; 60 << 20]), ("b.url", URL_FILE)], plain);
    assert!(bomb.len() < 1 << 20);
    let (_, read, truncated) = members(&bomb, &[]).unwrap();
    assert!(truncated && read.len() == 1, "what is too large hides nothing beside it");
    let names: Vec<String> = (0..200).map(|number| format!("{number}.url")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), URL_FILE)).collect();
    let (_, read, truncated) = members(&archive(&entries, plain), &[]).unwrap();
    assert!(truncated && read.len() == 60);
    assert!(members(b"PK\x03\x04 and no more", &[]).is_err());
    let names: Vec<String> = (0..200).map(|number| format!("{number}.txt")).collect();
    let notes = names.iter().map(|name| (name.as_str(), &b"x"[..]));
    let entries: Vec<(&str, &[u8])> = notes.chain([("a.url", URL_FILE)]).collect();
    let (_, read, truncated) = members(&archive(&entries, plain), &[]).unwrap();
    assert!(!truncated && read.len() == 1, "what no decoder reads costs nothing");
    let behind = [b"just some words".to_vec(), archive(&[("a.url", URL_FILE)], plain)].concat();
    let (_, read, _) = members(&archive(&[("b.zip", &behind)], plain), &[]).unwrap();
    assert_eq!(read[0].name, "b.zip/a.url");
}

#[test]
fn a_package_that_unpacks_too_far_is_cut() {
    let bytes = package(&[("word/document.xml", &vec![b' '; 20 << 20])]);
    assert!(bytes.len() < 1 << 20);
    assert!(read(FileKind::OfficeXml, &bytes).unwrap().truncated);
}

#[test]
fn rich_text() {
    let contents = read(
        FileKind::RichText,
        br#"{\rtf1 Hello{\field{\*\fldinst HYPERLINK "https://files.example.net/x"}}{\object\objupdate{\*\objdata 0105}}{\*\template http://files.example.net/t}}"#,
    )
    .unwrap();
    assert_eq!(urls(&contents, Lead::Link), ["https://files.example.net/x"]);
    assert_eq!(urls(&contents, Lead::Loaded), ["http://files.example.net/t"]);
    assert_eq!(contents.does(ActKind::EmbeddedObject).unwrap().detail, "objupdate");
}

#[test]
fn pages_with_layers_of_disguise() {
    let hidden =
        |script: &str| read(FileKind::Page, format!("<html><script>{script}</script>").as_bytes()).unwrap();
    let target = "https://login.example.net/x";
    let found = |contents: &Contents| contents.links.iter().any(|link| link.url == target);
    let base64 = data_encoding::BASE64.encode(format!("location.href='{target}'").as_bytes());
    let percent: String = target.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let codes: Vec<String> = target.bytes().map(|byte| byte.to_string()).collect();
    let twice = data_encoding::BASE64.encode(format!("eval(atob('{base64}'))").as_bytes());
    for script in [
        format!("eval(atob('{base64}'))"),
        format!("eval(atob('{twice}'))"),
        format!("document.write(unescape('{percent}'))"),
        format!("location=String.fromCharCode({})", codes.join(",")),
        "location = 'htt' + 'ps://lo' + 'gin.exam' + 'ple.net/x'".to_owned(),
        format!("window.location.replace(\"{target}\")"),
    ] {
        assert!(found(&hidden(&script)), "{script}");
    }
    let clear = hidden("var a = 1;");
    assert!(clear.links.is_empty() && clear.does(ActKind::HiddenMarkup).is_none());
}

#[test]
fn a_page_with_much_behind_is_searched_in_front() {
    let script = "<html><script>location.href='https://login.example.net/x'</script>";
    let contents = read(FileKind::Page, (script.to_owned() + &"あ".repeat(3 << 20)).as_bytes()).unwrap();
    assert_eq!(urls(&contents, Lead::Redirect), ["https://login.example.net/x"]);
    assert!(contents.truncated);
}

#[test]
fn pages_with_forms_and_refresh() {
    let page = br#"<html><meta http-equiv="Refresh" content="0; url=https://a.example.net/"><form action="https://b.example.net/p"><input type="password"></form>"#;
    let contents = read(FileKind::Page, page).unwrap();
    assert_eq!(urls(&contents, Lead::Redirect), ["https://a.example.net/"]);
    assert_eq!(urls(&contents, Lead::Form), ["https://b.example.net/p"]);
    assert!(contents.does(ActKind::PasswordField).is_some());
}

#[test]
fn shortcuts_urls_profiles() {
    let mut shortcut = vec![0; 76];
    shortcut[..4].copy_from_slice(b"L\0\0\0");
    shortcut[20] = 0b1010_1000; // relative path, arguments, Unicode
    for string in ["..\\cmd.exe", "/c start https://files.example.net/"] {
        shortcut.extend(u16::try_from(string.len()).unwrap().to_le_bytes());
        shortcut.extend(string.encode_utf16().flat_map(u16::to_le_bytes));
    }
    let contents = read(FileKind::Shortcut, &shortcut).unwrap();
    assert_eq!(
        contents.does(ActKind::Launch).unwrap().detail,
        "..\\cmd.exe /c start https://files.example.net/"
    );
    assert!(read(FileKind::Shortcut, &shortcut[..80]).is_err());
    let url = read(FileKind::UrlFile, b"[InternetShortcut]\r\nURL=https://files.example.net/\r\n").unwrap();
    assert_eq!(urls(&url, Lead::Link), ["https://files.example.net/"]);
    let profile = "\u{1}junk<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>PayloadDisplayName</key><string>Wi-Fi</string><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.webClip.managed</string><key>URL</key><string>https://files.example.net/</string></dict></array></dict></plist>junk";
    let contents = read(FileKind::Profile, profile.as_bytes()).unwrap();
    assert_eq!(contents.does(ActKind::Installs).unwrap().detail, "com.apple.webClip.managed");
    assert_eq!(urls(&contents, Lead::Link), ["https://files.example.net/"]);
}

#[test]
fn a_picture_without_a_code_says_nothing() {
    let grey = image::GrayImage::from_pixel(64, 64, image::Luma([200]));
    let mut png = Vec::new();
    grey.write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    assert!(read(FileKind::Picture, &png).unwrap().links.is_empty());
    assert!(read(FileKind::Picture, &png[..20]).is_err());
}

/// A QR code as it is printed: each module `scale` pixels wide, within the quiet zone of four (ISO/IEC 18004 section 6.3.8).
fn qr_code(content: &str, scale: u32, dark: image::LumaA<u8>, light: image::LumaA<u8>) -> Vec<u8> {
    let code = qrcode::QrCode::new(content).unwrap();
    let side = u32::try_from(code.width()).unwrap();
    let modules = code.to_colors();
    let picture = image::GrayAlphaImage::from_fn((side + 8) * scale, (side + 8) * scale, |x, y| {
        let (x, y) = ((x / scale).wrapping_sub(4), (y / scale).wrapping_sub(4));
        let is_dark = x < side && y < side && modules[(y * side + x) as usize] == qrcode::Color::Dark;
        if is_dark { dark } else { light }
    });
    let mut png = Vec::new();
    picture.write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    png
}

#[test]
fn qr_codes_are_read() {
    let target = "https://files.example.net/q?id=0123456789";
    let (black, white, clear) = (image::LumaA([0, 255]), image::LumaA([255, 255]), image::LumaA([0, 0]));
    // Of ordinary size, small, larger than what is scaled down, and dark on a transparent ground.
    for (scale, ground) in [(6, white), (3, white), (60, white), (6, clear)] {
        let contents = read(FileKind::Picture, &qr_code(target, scale, black, ground)).unwrap();
        assert_eq!(urls(&contents, Lead::QrCode), [target], "{scale}");
        assert_eq!(contents.pictures, 1);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// Our own readers take any bytes.
    #[test]
    fn any_bytes_are_an_answer(bytes: Vec<u8>, kind in 3_usize..9) {
        let _ = read(FileKind::ALL[kind], &bytes);
    }

    #[test]
    fn any_text_is_an_answer(text in "(\\PC|[%\\\\x&#;'\"+ =<>0-9a-fu]){0,300}", kind in 3_usize..9) {
        let _ = read(FileKind::ALL[kind], text.as_bytes());
    }

    #[test]
    fn damaged_documents_are_an_answer(at in 0..1_500_usize, byte: u8, cut in 0..1_500_usize) {
        let mut bytes = pdf(uri("https://files.example.net/a"), "BT (x) Tj ET", true);
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        bytes.truncate(bytes.len().saturating_sub(cut));
        let _ = read(FileKind::Pdf, &bytes);
    }
}
