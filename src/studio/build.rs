//! The tool's own window. What it previews is not compiled here: that is read from disk while it runs.
#![allow(clippy::disallowed_methods, reason = "a build script")]

fn main() {
    let config = slint_build::CompilerConfiguration::new().with_style("fluent-dark".into());
    slint_build::compile_with_config("ui/tool.slint", config).expect("the tool's .slint files compile");
}
