//! Compiles the data folders, and the automaton that finds what they name, into blocks that are embedded in the library.

#![allow(clippy::disallowed_methods, reason = "the build reads data/ so that the library need not")]

use std::path::{Path, PathBuf};

use library::{fold, patterns, span};

/// The modules of the library that prepare what is sought: the program need not do it again at each start.
#[path = "src"]
#[allow(dead_code, unreachable_pub, reason = "the library uses the rest of them")]
mod library {
    pub mod fold;
    #[path = "knowledge/lexicon/patterns.rs"]
    pub mod patterns;
    pub mod span;
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut reading = fuwake_data::read::read(&root);
    let faults: Vec<String> = reading.faults.iter().map(ToString::to_string).collect();
    assert!(
        faults.is_empty(),
        "the data folders have faults:
{}",
        faults.join(
            "
"
        )
    );
    weigh(&mut reading.data);
    embed("knowledge.bin", &postcard::to_allocvec(&reading.data).expect(SOUND));
    embed("lexicon.bin", &lexicon(&reading.data));
}

const SOUND: &str = "the schema has no maps without a length";

/// The patterns, and behind them their automaton.
fn lexicon(data: &fuwake_data::schema::Data) -> Vec<u8> {
    let (patterns, texts) = patterns::Patterns::of(data);
    let automaton = patterns::automaton(&texts).expect("the patterns are few enough");
    let mut block = postcard::to_allocvec(&patterns).expect(SOUND);
    block.extend(automaton.serialize());
    block
}

fn embed(name: &str, block: &[u8]) {
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    std::fs::write(folder.join(name), block).expect("OUT_DIR can be written");
}

/// Puts what was estimated from labelled mail in the place of what the findings' authors believe.
fn weigh(data: &mut fuwake_data::schema::Data) {
    for finding in &mut data.findings {
        if let Some(weight) = data.scale.weights.get(&finding.id) {
            finding.weight = *weight;
        }
        if let Some(classes) = data.scale.points_to.get(&finding.id) {
            finding.points_to.clone_from(classes);
        }
    }
}
