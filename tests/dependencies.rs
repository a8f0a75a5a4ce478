//! What repbox is built from: few sources, known licences, nothing that is not pinned.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Licences that let a program be given away, in binary form, under MIT or Apache-2.0.
const ALLOWED: [&str; 12] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unicode-3.0",
    "Unlicense",
    // Of each file for itself: ours may be under any other.
    "MPL-2.0",
];

/// More crates than these want a reason: each is read by nobody here.
const MOST: usize = 260;

fn manifest(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the manifest")
}

#[test]
fn p47_every_dependency_is_pinned_to_the_registry_with_its_checksum() {
    let lock: toml::Table = manifest("Cargo.lock").parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    assert!(packages.len() <= MOST, "{} crates", packages.len());
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        if name == "repbox" {
            continue;
        }
        assert_eq!(package.get("source").and_then(toml::Value::as_str), Some(REGISTRY), "{name}");
        let checksum = package.get("checksum").and_then(toml::Value::as_str).unwrap_or_default();
        assert_eq!(checksum.len(), 64, "{name} has no checksum");
    }
}

#[test]
fn p47_what_is_checked_is_what_is_locked() {
    let checks = manifest(".ci/run");
    let builds = checks.lines().filter(|line| line.contains("cargo ") && !line.contains("cargo fmt"));
    for line in builds {
        assert!(line.contains("--locked"), "{line}");
    }
}

/// Whether a licence expression can be met with the allowed ones alone.
fn is_allowed(expression: &str) -> bool {
    let bare = expression.replace(['(', ')'], " ").replace('/', " OR ");
    // `A AND (B OR C)` is read as if every part had to be met by one of its choices.
    bare.split(" AND ").all(|part| part.split(" OR ").any(|licence| ALLOWED.contains(&licence.trim())))
}

/// The crates that are built here, as cargo describes them.
fn packages() -> Vec<serde_json::Value> {
    let cargo = |args: &[&str]| {
        let output = Command::new(env!("CARGO")).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output();
        let output = output.expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a platform");
    // Crates of other platforms may never have been fetched here.
    let of_host = ["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host];
    let metadata: serde_json::Value = serde_json::from_str(&cargo(&of_host)).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages").clone();
    assert!(packages.len() > 50, "only {} crates were seen", packages.len());
    packages
}

#[test]
fn p47_no_build_script_fetches_anything() {
    // What opens a connection, and the programs and crates that do it for others.
    let ways = ["std::net", "TcpStream", "curl", "wget", "reqwest", "ureq", "hyper", "git2", "\"git\"", "download"];
    let mut seen = 0;
    for package in packages() {
        for target in package["targets"].as_array().expect("targets") {
            if target["kind"] != serde_json::json!(["custom-build"]) {
                continue;
            }
            seen += 1;
            let script = std::fs::read_to_string(target["src_path"].as_str().expect("a path")).expect("its source");
            let fetches = ways.iter().find(|way| script.contains(**way));
            assert_eq!(fetches, None, "the build script of {}", package["name"]);
        }
    }
    assert!(seen > 5, "only {seen} build scripts were seen");
}

#[test]
fn p47_every_licence_in_the_program_is_one_that_allows_it() {
    let packages = packages();
    let refused: BTreeSet<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_allowed))
        .map(|package| format!("{} {}", package["name"], package["license"]))
        .collect();
    assert_eq!(refused, BTreeSet::new());
}

#[test]
fn a_licence_is_allowed_if_a_choice_of_each_part_is() {
    for (expression, allowed) in [
        ("MIT OR Apache-2.0", true),
        ("MIT/Apache-2.0", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("GPL-3.0-only", false),
        ("MIT AND GPL-2.0-only", false),
        ("LGPL-2.1-or-later OR MIT", true),
    ] {
        assert_eq!(is_allowed(expression), allowed, "{expression}");
    }
}
