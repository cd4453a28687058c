//! Answers kept as long as they hold: in memory for this run, on disk for the next. Equal questions asked at the same time are one.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fuwake_core::evidence::{Answer, Evidence, Question, Reach};
use moka::Expiry;
use moka::future::Cache as Memory;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Reply, now, rfc3339};

/// How much is kept in memory, in bytes as they are written.
const BYTES: u64 = 256 << 20;
/// The longest that any answer is kept.
const LONGEST: Duration = Duration::from_secs(7 * 86_400);

/// Answers kept as long as they hold.
#[derive(Debug)]
pub(super) struct Cache {
    memory: Memory<String, Arc<Kept>>,
    folder: Option<PathBuf>,
}

/// An answer as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Seconds since 1970.
    until: i64,
    /// The answer, then what it rests on.
    evidence: Vec<Evidence>,
    /// Bytes, as they are written.
    #[serde(skip)]
    weight: u32,
}

struct UntilItEnds;

impl Expiry<String, Arc<Kept>> for UntilItEnds {
    fn expire_after_create(&self, _: &String, kept: &Arc<Kept>, _: Instant) -> Option<Duration> {
        let left = kept.until - now().unix_timestamp();
        Some(Duration::from_secs(left.try_into().unwrap_or(0)))
    }
}

impl Cache {
    /// Keeps answers in memory, and in `folder` where there is one.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        let memory = Memory::builder().max_capacity(BYTES).weigher(|_, kept: &Arc<Kept>| kept.weight);
        let memory = memory.expire_after(UntilItEnds).build();
        Self { memory, folder }
    }

    /// What is kept, or what `asking` answers.
    pub(super) async fn get_or_ask(
        &self,
        question: &Question,
        asking: impl Future<Output = Reply>,
    ) -> Vec<Evidence> {
        let id = question.id();
        let kept = self.memory.get_with(id.clone(), async {
            if let Some(kept) = self.read(&id, question) {
                return Arc::new(kept);
            }
            let kept = keep(question, asking.await);
            self.write(&id, &kept);
            Arc::new(kept)
        });
        kept.await.evidence.clone()
    }

    /// Lets go of an answer, to have it asked for anew.
    pub(super) async fn forget(&self, question: &Question) {
        self.memory.invalidate(&question.id()).await;
    }

    fn read(&self, id: &str, question: &Question) -> Option<Kept> {
        let written = fs::read(place(self.folder.as_ref()?, id)).ok()?;
        let mut kept: Kept = serde_json::from_slice(&written).ok()?;
        kept.weight = written.len().try_into().unwrap_or(u32::MAX);
        let now = now().unix_timestamp();
        // What another clock wrote may claim to hold for ever.
        let holds = kept.until > now && kept.until <= now + LONGEST.as_secs().cast_signed();
        (holds && kept.evidence.first().is_some_and(|first| first.question == *question)).then_some(kept)
    }

    /// A failure is not worth a file, and a full disk not worth a stop: the next run asks again. What a visit kept goes with the run.
    fn write(&self, id: &str, kept: &Kept) {
        let lasting = kept
            .evidence
            .first()
            .filter(|first| first.question.reach() < Reach::Active)
            .is_some_and(|first| matches!(first.answer, Answer::Found { .. } | Answer::Absent { .. }));
        if let Some(folder) = self.folder.as_ref().filter(|_| lasting) {
            let _ = write_whole(&place(folder, id), kept);
        }
    }
}

fn keep(question: &Question, reply: Reply) -> Kept {
    let asked = now();
    let until = asked + reply.lifetime.min(LONGEST);
    let evidence = Evidence {
        id: question.id(),
        question: question.clone(),
        answer: reply.answer,
        source: reply.source,
        asked_at: rfc3339(asked),
    };
    let evidence: Vec<Evidence> = [evidence].into_iter().chain(reply.rests_on).collect();
    let length = serde_json::to_vec(&evidence).map_or(0, |written| written.len());
    let weight = length.try_into().unwrap_or(u32::MAX);
    Kept { until: OffsetDateTime::unix_timestamp(until), evidence, weight }
}

fn place(folder: &Path, id: &str) -> PathBuf {
    folder.join(id.get(..2).unwrap_or("00")).join(format!("{id}.json"))
}

/// Another run may read at the same time: it sees the whole file or none.
fn write_whole(path: &Path, kept: &Kept) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&serde_json::to_vec(kept)?)?;
    file.persist(path)?;
    Ok(())
}
