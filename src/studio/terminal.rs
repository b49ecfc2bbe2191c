//! What the command line says. A reader that has seen enough (`| head`) ends nothing: what was asked for is still done.

use std::io::{self, ErrorKind, Write};

/// One line, or several, of what was asked for. Where they cannot be written at all (a full disk), the program ends with 2.
pub fn line(text: &str) {
    if let Err(e) = put(&mut io::stdout().lock(), text) {
        note(&format!("error: the answer cannot be written: {e}"));
        std::process::exit(2);
    }
}

/// One line beside it: how far it is, what went wrong.
pub fn note(text: &str) {
    // Whoever does not hear this cannot be told so.
    let _ = put(&mut io::stderr().lock(), text);
}

/// Writes `text` and a line's end; nobody who reads any more is no error.
fn put(to: &mut dyn Write, text: &str) -> io::Result<()> {
    match writeln!(to, "{text}").and_then(|()| to.flush()) {
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails each write in one way.
    struct Shut(ErrorKind);

    impl Write for Shut {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_ends_early_is_no_error_and_a_full_disk_is_one() {
        assert!(put(&mut Shut(ErrorKind::BrokenPipe), "a line").is_ok());
        assert!(put(&mut Shut(ErrorKind::StorageFull), "a line").is_err());
        let mut all = Vec::new();
        put(&mut all, "a line").unwrap();
        assert_eq!(all, b"a line\n");
    }
}
