use super::*;

#[test]
fn every_file_parses() {
    for text in FILES {
        Profile::parse(text).unwrap();
    }
}
