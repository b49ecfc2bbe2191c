//! More requests at once than the store has connections.

use crate::clerk::*;
use crate::phone::*;
use serde_json::json;

/// Twice as many as a server has connections to PostgreSQL.
const CROWD: usize = 32;

#[tokio::test(flavor = "multi_thread")]
async fn more_changes_at_once_than_connections_are_all_carried_out() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "grace:write").await;
    let path = format!("/v1/devices/{}/grace", sandbox.device());
    let before = sandbox.desk().offered().await.unwrap().len();
    let asked: Vec<_> = (0..CROWD)
        .map(|_| {
            let request = clerk.posting(&path, &json!({"dur_s": 3600}));
            tokio::spawn(async move { request.send().await })
        })
        .collect();
    for told in asked {
        let told = told.await.unwrap();
        assert_eq!(told.status, 202, "{:?}", told.body);
    }
    assert_eq!(sandbox.desk().offered().await.unwrap().len(), before + CROWD);
    sandbox.shutdown().await.unwrap();
}
