//! Compiles the data folders into one block that is embedded in the library.

#![allow(clippy::disallowed_methods, reason = "the build reads data/ so that the library need not")]

use std::path::{Path, PathBuf};

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
    let block = postcard::to_allocvec(&reading.data).expect("the schema has no maps without a length");
    let target =
        PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("knowledge.bin");
    std::fs::write(target, block).expect("OUT_DIR can be written");
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
