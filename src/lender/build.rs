//! A new file in `migrations/` is compiled in.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
