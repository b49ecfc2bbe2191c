//! Keys are rotated on one server while another one runs with its own copy of the key files.

use crate::houses::options;
use crate::phone::*;
use latchkey_core::order::claims::Role;
use latchkey_core::order::values::GraceSecs;
use latchkey_lender::Sandbox;
use latchkey_lender::desk::By;

#[tokio::test]
async fn a_server_without_the_new_key_file_signs_nothing_until_it_has_it() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let clock = Hand::at(T);
    let Some(options) = options(&clock) else { return };
    let a = Sandbox::start(first.path(), options.clone()).await.unwrap();
    std::fs::create_dir_all(second.path().join("lender")).unwrap();
    let copy = || {
        for file in std::fs::read_dir(first.path().join("lender")).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|end| end == "json") {
                let to = second.path().join("lender").join(path.file_name().unwrap());
                std::fs::copy(&path, to).unwrap();
            }
        }
    };
    copy();
    let b = Sandbox::start(second.path(), options).await.unwrap();
    b.desk().grace(GraceSecs::try_from(60).unwrap()).await.unwrap();
    let by = By {
        operator: "amal".to_owned().try_into().unwrap(),
        reason: "once a quarter".to_owned().try_into().unwrap(),
    };
    let old = a.desk().rotate(&[Role::Terms], &by).await.unwrap();
    assert_eq!(b.desk().terms().await.unwrap_err().code(), "other_keys");
    copy();
    let sent = b.desk().terms().await.unwrap();
    assert!(!old.contains(&latchkey_lender::sign::kid_of(&sent.jws).unwrap()));
    a.shutdown().await.unwrap();
    b.shutdown().await.unwrap();
}
