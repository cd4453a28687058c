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
use fuwake_probes::world::{Settings, World};

use case::{Case, File};
use server::Server;

/// Cases under way at the same time.
const AT_ONCE: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc_7208_by_the_published_suite() {
    run("openspf", 203).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rfc_6376_and_rfc_8463() {
    run("dkim", 3).await;
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
    let evidence = world.expect("a world").answer(&case.question(&message), Some(case.kept(&message))).await;
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
