//! SPF, DKIM, DMARC and ARC case by case: each file holds a zone and what is expected of mails under it. The zone is served over DNS on
//! the loopback, and asked through the same `World` as in a run.

mod case;
mod server;
mod signing;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::stream::{self, StreamExt};
use fuwake_core::evidence::{Answer, Authenticity, Data, Question};
use fuwake_core::inquiry::Privacy;
use fuwake_probes::world::{Settings, World};

use case::{Case, File};
use server::Server;

/// Cases under way at the same time.
const AT_ONCE: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc_7208_by_our_own_cases() {
    run("spf", 59).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc_7208_by_the_published_suite() {
    run("openspf", 203).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc_6376_and_rfc_8463() {
    run("dkim", 87).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc_9989() {
    run("dmarc", 57).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc_8617() {
    run("arc", 20).await;
}

/// Runs every case of an area, at least so many.
async fn run(area: &str, least: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/authentication").join(area);
    let cases: Vec<Case> = files(&folder).iter().flat_map(|path| read(path)).collect();
    assert!(cases.len() >= least, "{area}: {} cases", cases.len());
    let mut failures: Vec<String> = stream::iter(&cases)
        .map(|case| async move {
            let (found, asked) = evaluate(case).await;
            case.differences(&found, &asked).map(|what| format!("{}: {what}", case.name))
        })
        .buffer_unordered(AT_ONCE)
        .filter_map(|failure| async { failure })
        .collect()
        .await;
    failures.sort();
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the area's folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).expect("a file of cases");
    let file: Result<File, _> = toml::from_str(&text);
    assert!(file.is_ok(), "{}: {:?}", path.display(), file.as_ref().err());
    file.expect("a file of cases").cases(path)
}

/// What a run finds for a case, and what it asked, with the case's zone behind the resolver.
async fn evaluate(case: &Case) -> (Authenticity, Vec<String>) {
    let server = Server::start(case.zone.clone()).await;
    let world = World::new(&Settings {
        resolvers: vec![server.address],
        patience: Duration::from_secs(60),
        ..Settings::default()
    });
    let message = case.signed_message();
    let evidence = world
        .expect("a world")
        .answer(&case.question(&message), Some(case.kept(&message)), &Privacy::default())
        .await;
    let asked: Vec<&str> = evidence.iter().skip(1).map(|evidence| evidence.id.as_str()).collect();
    let first = evidence.first().map(|evidence| &evidence.answer);
    let Some(Answer::Found { data: Data::Authenticity(found) }) = first else {
        unreachable!("{}: {first:?}", case.name)
    };
    assert_eq!(found.asked, asked, "{}: what it rests on comes with it", case.name);
    ((**found).clone(), evidence.iter().skip(1).filter_map(|evidence| name(&evidence.question)).collect())
}

fn name(question: &Question) -> Option<String> {
    match question {
        Question::Dns { name, record } => Some(format!("{name} {}", record.name())),
        _ => None,
    }
}

/// A resolver that never answers: everything that rests on it is unknown, in time, and nothing is called absent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resolver_that_is_silent_leaves_everything_open() {
    let silent = tokio::net::UdpSocket::bind("127.0.0.1:0").await.expect("a port");
    let settings =
        Settings { resolvers: vec![silent.local_addr().expect("an address")], ..Settings::default() };
    let world = World::new(&settings).expect("a world");
    let case = Case::signed_by_nobody_known();
    let message = case.signed_message();
    let start = std::time::Instant::now();
    let evidence = world.answer(&case.question(&message), Some(&message), &Privacy::default()).await;
    let Some(Answer::Found { data: Data::Authenticity(found) }) = evidence.first().map(|first| &first.answer)
    else {
        unreachable!("{evidence:?}")
    };
    let spf = found.spf.as_ref().map(|spf| spf.result.as_str());
    let dmarc = found.dmarc.as_ref().map(|dmarc| dmarc.result.as_str());
    assert_eq!((spf, dmarc), (Some("temperror"), Some("temperror")), "{found:?}");
    assert_eq!(found.dkim[0].result, "temperror");
    assert!(evidence.iter().skip(1).all(|asked| matches!(asked.answer, Answer::Failed { .. })));
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

/// Octets that are no mail, and mails whose fields were made to break whoever reads them.
#[tokio::test]
async fn hostile_octets_are_judged_too() {
    let server = Server::start(server::Zone::default()).await;
    let settings = Settings { resolvers: vec![server.address], ..Settings::default() };
    let world = World::new(&settings).expect("a world");
    let tags = "v=1; a=rsa-sha256; d=example.com; s=x; h=from; bh=YQ==; b=YQ==";
    let messages: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"\n".to_vec(),
        vec![0xff; 70_000],
        vec![b':'; 70_000],
        b"DKIM-Signature".to_vec(),
        b"DKIM-Signature:\r\n\r\n".to_vec(),
        format!("From: a@example.com\r\n{}\r\n\r\nx", format!("DKIM-Signature: {tags}\r\n").repeat(2_000))
            .into_bytes(),
        format!("DKIM-Signature: {tags}; h2={}\r\n\r\nx", "from:".repeat(40_000)).into_bytes(),
        format!("DKIM-Signature: {}\r\n\r\nx", "a=1;".repeat(40_000)).into_bytes(),
        format!("{}\r\n\r\nx", "ARC-Seal: i=1; cv=none\r\n".repeat(2_000)).into_bytes(),
        (1..=60).map(|i| format!("ARC-Seal: i={i}; cv=pass\r\n")).collect::<String>().into_bytes(),
        "DKIM-Signature: v=1; d=日本.example; s=…; h=from; bh=é; b=é\r\n\r\n".as_bytes().to_vec(),
        [b"A: b\r\n\r\n".to_vec(), b" \t\r\n".repeat(50_000)].concat(),
    ];
    for message in messages {
        let question = Case::signed_by_nobody_known().question(&message);
        let evidence = world.answer(&question, Some(&message), &Privacy::default()).await;
        let first = evidence.first().map(|first| &first.answer);
        assert!(matches!(first, Some(Answer::Found { .. })), "{first:?}");
    }
}
