//! fuwake: see the README.

fn main() {}
