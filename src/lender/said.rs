//! What a command says on its standard output. Whoever reads it may stop reading: `claims list | head` is a quiet end.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write as _};
use std::process::exit;

/// As the standard library's, but for a reader that went away.
macro_rules! println {
    () => { $crate::said::line(format_args!("")) };
    ($($said:tt)*) => { $crate::said::line(format_args!($($said)*)) };
}

/// One line.
pub(crate) fn line(said: Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{said}") {
        Ok(()) => {}
        // What is to be done is done all the same; nobody hears of it any more.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        Err(error) => {
            eprintln!("latchkey-lender: cannot write: {error}");
            exit(1)
        }
    }
}
