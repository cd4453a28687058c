//! Japanese text labelled with a Chinese charset: written on a machine set up for Chinese. Silent where the mail names no
//! Japanese company, for people write Japanese on such machines too.

use super::{Scene, Sign};

const CHINESE: [&str; 5] = ["gb2312", "gbk", "gb18030", "big5", "hz-gb-2312"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (claim, brand) = scene.claimed()?;
    if scene.mail.languages.first() != Some(&"ja") || brand.country != "JP" || !claim.is_clear() {
        return None;
    }
    let labelled = |field: &&crate::mail::Field<'_>| {
        let value = String::from_utf8_lossy(field.value).to_ascii_lowercase();
        CHINESE.iter().any(|charset| {
            value.contains(&format!("charset={charset}"))
                || value.contains(&format!("charset=\"{charset}"))
                || value.contains(&format!("=?{charset}?"))
        })
    };
    let fields = scene.mail.fields.iter();
    let shown = ["subject", "from", "content-type"];
    let field = fields.filter(|field| shown.iter().any(|name| field.is(name))).find(labelled)?;
    Some(Sign::at(field).with("field", field.name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_japanese_companys_chinese_label() {
        let id = "japanese-in-a-chinese-charset";
        let mail = "From: 三井住友カード <a@example.com>\nSubject: ご確認のお願い\nContent-Type: text/plain; charset=gb18030\n\nPlease look.\n";
        let text = "お客様のご契約内容について、ご確認をお願いいたします。";
        let mail = mail.replace("Please look.", text);
        assert!(!fires(id, &mail.replace("gb18030", "utf-8"), ""));
        assert!(fires(id, &mail, ""));
    }
}
