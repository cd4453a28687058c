use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::evidence::Ledger;
use crate::findings::Reader;
use crate::knowledge::Knowledge;
use crate::mail::{RawMail, Trusted, dissect};

fn knowledge() -> Knowledge {
    Knowledge::embedded().expect("built in")
}

fn fingerprint(mail: &[u8], knowledge: &Knowledge) -> Fingerprint {
    let raw = RawMail { bytes: mail, size: mail.len() as u64, sha256: Sha256::digest(mail).into() };
    let mail = dissect(raw, &Trusted::default());
    Fingerprint::of(&Scene::new(&mail, &Ledger::default(), knowledge, &Reader::default()))
}

/// The numbers of the groups of some mails.
fn grouped(mails: &[String]) -> Vec<usize> {
    let knowledge = knowledge();
    let prints: Vec<Fingerprint> =
        mails.iter().map(|mail| fingerprint(mail.as_bytes(), &knowledge)).collect();
    groups(&prints.iter().collect::<Vec<_>>())
}

fn mail(from: &str, subject: &str, content_type: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: Hanako <hanako@example.jp>\nSubject: {subject}\nMIME-Version: 1.0\n\
         Content-Type: {content_type}; charset=utf-8\n\n{text}\n"
    )
}

fn plain_text(from: &str, subject: &str, text: &str) -> String {
    mail(from, subject, "text/plain", text)
}

/// A notice of our own wording in the name of `brand`, to `name`, over `amount`.
fn notice(brand: &str, name: &str, amount: &str, link: &str) -> String {
    let text = format!(
        "{name}様\n\n{brand}からのお知らせです。{amount}円のご利用について、ご本人によるものか確かめることができませんでした。\n\
         お手数ですが、下のページで内容をお確かめのうえ、お手続きをお願いします。\n\n{link}\n\n\
         お手続きのない場合は、カードのご利用をお控えいただくことがあります。"
    );
    plain_text(
        &format!("{brand} <info@mail.example>"),
        &format!("【{brand}】ご利用確認のお願い {amount}"),
        &text,
    )
}

#[test]
fn another_brand_name_and_amount_is_the_same_campaign() {
    let mails = [
        notice("三井住友カード", "山田太郎", "12,300", "https://a1.example/login/x8f3a2"),
        notice("American Express", "佐藤", "980", "https://b2.example/login/99c0de"),
        notice("楽天カード", "Hanako", "1,004,200", "https://c3.example/login/77aa10"),
    ];
    assert_eq!(grouped(&mails), [0, 0, 0]);
}

#[test]
fn other_mail_of_the_same_brand_is_another_campaign() {
    let other = plain_text(
        "三井住友カード <info@mail.example>",
        "【三井住友カード】ポイント交換のご案内",
        "山田様\n\nいつも三井住友カードをご利用いただきありがとうございます。貯まったポイントは月末で失効します。景品と交換なさる方は、\
         一覧から品物をお選びください。\n\nhttps://a1.example/login/x8f3a2\n",
    );
    assert_eq!(
        grouped(&[notice("三井住友カード", "山田", "500", "https://a1.example/login/x8f3a2"), other]),
        [0, 1]
    );
}

/// A newsletter of our own wording that nobody asked for.
const FILLER: &str = "<p>Our garden club met on Saturday to plant the hedges along the river. Forty members came with spades and \
    gloves, the bakery sent bread, and by noon three hundred young trees stood in two straight rows. The next meeting is about \
    compost; bring a bucket, a friend and some patience, because the speaker likes long stories about worms and leaves.</p>";

fn over_filler(subject: &str, lure: &str, link: &str) -> String {
    let text = format!("<p>{lure} <a href=\"{link}\">Continue here</a></p>{}", FILLER.repeat(4));
    mail("News <news@mail.example>", subject, "text/html", &text)
}

#[test]
fn a_stolen_newsletter_ties_no_different_lures() {
    let mails = [
        over_filler(
            "Your television is reserved",
            "You were chosen among all visitors of the shop to take home a television. Confirm where we should bring it today.",
            "https://a1.example/r/8812",
        ),
        over_filler(
            "Warranty about to end",
            "The cover of your car ends tonight and every repair will be yours to pay unless the plan is renewed right now.",
            "https://b2.example/r/7716",
        ),
        over_filler(
            "Dentists are furious",
            "One small pill before bed and the pain in your teeth is gone by morning, say thousands of happy readers.",
            "https://c3.example/r/9100",
        ),
    ];
    assert_eq!(grouped(&mails), [0, 1, 2]);
}

#[test]
fn pictures_over_a_stolen_thread_are_told_apart_by_their_subjects() {
    let picture = |subject: &str, path: &str| {
        let text = format!(
            "<a href=\"https://a1.example/{path}\"><img src=\"https://i.example/{path}.jpg\"></a>{FILLER}"
        );
        mail("News <news@mail.example>", subject, "text/html", &text)
    };
    let mails = [
        picture("A television for you, please confirm", "r/1"),
        picture("Stop tooth pain within one minute", "r/2"),
    ];
    assert_eq!(grouped(&mails), [0, 1]);
}

#[test]
fn a_quoted_thread_ties_nothing() {
    let thread =
        "> Our garden club met on Saturday to plant the hedges along the river, and forty members came.\n"
            .repeat(8);
    let answer =
        |subject: &str, text: &str| plain_text("<a@mail.example>", subject, &format!("{text}\n\n{thread}"));
    let mails = [
        answer(
            "Re: garden",
            "Please pay the invoice that I attach before noon, our bank has changed and the old account is closed.",
        ),
        answer(
            "Re: garden",
            "I found an album of you from that evening and cannot stop laughing, look at it before others do.",
        ),
    ];
    assert_eq!(grouped(&mails), [0, 1]);
}

#[test]
fn small_print_ties_nothing() {
    let print = "<p>If you no longer wish to receive these messages, you may unsubscribe by clicking here or by writing to the \
        office at 12 Example Street, Sampletown, where all requests are read within ten working days of their arrival.</p>";
    let offer = |subject: &str, lure: &str| {
        let text = format!("<p>{lure} <a href=\"https://a1.example/r/1\">Take it now</a></p>{print}");
        mail("Offers <o@mail.example>", subject, "text/html", &text)
    };
    let mails = [
        offer(
            "A drill",
            "Our survey has picked you for the big tool box with forty drills, hammers, screws and a lamp.",
        ),
        offer(
            "Scan needed",
            "A dangerous program hides on your telephone and reads every picture that you take at home.",
        ),
    ];
    assert_eq!(grouped(&mails), [0, 1]);
}

#[test]
fn links_and_header_bear_out_a_short_text() {
    let short = |subject: &str, link: &str| plain_text("<a@mail.example>", subject, link);
    let kit = [
        "https://a1.example/verify/session?id=991&token=ab12cd34",
        "https://b2.example/verify/session?id=17&token=ffee0011",
    ];
    let subject = "Your mailbox on the office server is almost full, clean it";
    let mails = [
        short(subject, kit[0]),
        short(&format!("{subject} today"), kit[1]),
        short("Minutes of the meeting", kit[0]),
    ];
    assert_eq!(grouped(&mails), [0, 0, 2]);
}

#[test]
fn the_shape_of_a_link_keeps_words_and_drops_codes() {
    let text = "https://login.a1.example/verify/8f3a2b9c/index.php?id=12&mail=a@b.example#top";
    let print = fingerprint(plain_text("<a@mail.example>", "x", text).as_bytes(), &knowledge());
    assert_eq!(
        print.links.into_iter().collect::<Vec<_>>(),
        ["login.*.example/verify/x8/index.php&id=d2&mail=@16#a4"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_have_a_fingerprint_and_the_same_have_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        thread_local!(static KNOWLEDGE: Knowledge = knowledge());
        let twice = KNOWLEDGE.with(|known| [fingerprint(&bytes, known), fingerprint(&bytes, known)]);
        prop_assert_eq!(&twice[0], &twice[1]);
        if twice[0].text.filled() > 0 {
            prop_assert_eq!(groups(&[&twice[0], &twice[1]]), [0, 0]);
        }
    }

    #[test]
    fn any_text_has_a_fingerprint(subject in ".{0,40}", text in ".{0,400}") {
        thread_local!(static KNOWLEDGE: Knowledge = knowledge());
        let mail = mail("様 <a@mail.example>", &subject.replace(['\r', '\n'], " "), "text/html", &text);
        KNOWLEDGE.with(|known| fingerprint(mail.as_bytes(), known));
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(order in Just((0..24_usize).collect::<Vec<_>>()).prop_shuffle()) {
        // Texts that share more or less with their neighbours, so that some are joined by a chain alone.
        let print = |number: usize| Fingerprint {
            text: Sketch::of([((number as u64 * 17)..(number as u64 * 17 + 40)).collect::<Vec<_>>().as_slice()]),
            ..Fingerprint::default()
        };
        let same = |order: &[usize]| {
            let prints: Vec<Fingerprint> = order.iter().map(|number| print(number / 2)).collect();
            let numbers = groups(&prints.iter().collect::<Vec<_>>());
            let mut pairs: Vec<(usize, usize)> = Vec::new();
            for one in 0..order.len() {
                for two in 0..order.len() {
                    if numbers[one] == numbers[two] {
                        pairs.push((order[one], order[two]));
                    }
                }
            }
            pairs.sort_unstable();
            pairs
        };
        prop_assert_eq!(same(&order), same(&(0..24).collect::<Vec<_>>()));
    }
}
