//! repbox
fn main() {}
