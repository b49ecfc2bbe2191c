//! Locks in bulk, line by line: sent as lines, followed as lines.

use crate::bulk::quick;
use crate::clerk::*;
use crate::phone::*;
use serde_json::{Value, json};

const MAKER: &str = "devices:read locks:write locks:bulk";

/// An answer that comes line by line.
struct Lines {
    response: reqwest::Response,
    rest: String,
}

impl Lines {
    async fn of(clerk: &Clerk, path: &str) -> Lines {
        let request = browser()
            .get(format!("{}{path}", clerk.base))
            .bearer_auth(&clerk.token);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/x-ndjson");
        Lines {
            response,
            rest: String::new(),
        }
    }

    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((line, rest)) = self.rest.split_once('\n') {
                let line = serde_json::from_str(line).unwrap();
                self.rest = rest.to_owned();
                return Some(line);
            }
            let chunk = self.response.chunk().await.unwrap()?;
            self.rest.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    async fn all(mut self) -> Vec<Value> {
        let mut all = Vec::new();
        while let Some(line) = self.next().await {
            all.push(line);
        }
        all
    }
}

fn body(device: &str) -> String {
    let head = json!({"operator": "desk 4", "reason": "monthly run"});
    let good = json!({"device": device, "level": 2, "instalment": 4});
    let absent = json!({"device": "A".repeat(26), "level": 2, "instalment": 4});
    format!("{head}\n{good}\r\n\n{absent}\n")
}

#[tokio::test]
async fn a_job_is_sent_and_followed_line_by_line() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = quick(dir.path(), &clock).await;
    let maker = Clerk::with(&sandbox, &clock, MAKER).await;
    let made = maker
        .lines("/v1/bulk/locks", &body(sandbox.device().as_str()))
        .send()
        .await;
    assert_eq!(
        (made.status, &made.body["queued"]),
        (202, &json!(2)),
        "{:?}",
        made.body
    );
    let job = made.body["job"].as_str().unwrap();
    let path = format!("/v1/bulk/{job}/results");
    let mut follow = Lines::of(&maker, &path).await;
    let waits = json!({"queued": 2, "held": 0, "issued": 0, "failed": 0, "done": false});
    assert_eq!(follow.next().await.unwrap(), json!({"progress": waits}));
    clock.add(1);
    sandbox.desk().run_jobs().await.unwrap();
    let issued = json!({"no": 1, "device": sandbox.device(), "state": "issued", "lock_id": 2});
    let failed = json!({"no": 2, "device": "A".repeat(26), "state": "failed", "code": "not_found"});
    let done = json!({"queued": 0, "held": 0, "issued": 1, "failed": 1, "done": true});
    let mut rows: Vec<_> = follow.all().await;
    assert_eq!(rows.pop().unwrap(), json!({"progress": done}));
    rows.retain(|line| line.get("row").is_some());
    assert_eq!(
        rows,
        [json!({"row": issued}), json!({"row": failed})],
        "each row once"
    );
    // Whoever comes later is told the same at once.
    let all = Lines::of(&maker, &path).await.all().await;
    assert_eq!(
        all,
        [
            json!({"row": issued}),
            json!({"row": failed}),
            json!({"progress": done})
        ]
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn whoever_follows_a_job_that_waits_is_let_go_in_time_and_when_the_server_stops() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = quick(dir.path(), &clock).await;
    let maker = Clerk::with(&sandbox, &clock, MAKER).await;
    let made = maker
        .lines("/v1/bulk/locks", &body(sandbox.device().as_str()))
        .send()
        .await;
    let path = format!("/v1/bulk/{}/results", made.body["job"].as_str().unwrap());
    let short = Lines::of(&maker, &format!("{path}?wait_s=0")).await.all().await;
    assert_eq!((short.len(), &short[0]["progress"]["done"]), (1, &json!(false)));
    let told = maker.get(&format!("{path}?wait_s=301")).await;
    assert_eq!((told.status, told.code()), (400, "malformed"));
    let told = maker.get("/v1/bulk/job_none/results").await;
    assert_eq!((told.status, told.code()), (404, "not_found"));
    let json_alone = browser()
        .get(format!("{}{path}", maker.base))
        .bearer_auth(&maker.token)
        .header("accept", "application/json");
    let told = Told::of(json_alone.send().await.unwrap()).await;
    assert_eq!((told.status, told.code()), (406, "not_acceptable"));
    let mut long = Lines::of(&maker, &format!("{path}?wait_s=300")).await;
    long.next().await.unwrap();
    sandbox.shutdown().await.unwrap();
    assert_eq!(long.next().await, None, "the stop ends the answer");
}

#[tokio::test]
async fn a_wrong_line_is_named_and_lines_are_taken_only_where_they_are_offered() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = quick(dir.path(), &clock).await;
    let maker = Clerk::with(&sandbox, &clock, MAKER).await;
    let good = body(sandbox.device().as_str());
    for (wrong, pointer) in [
        (good.replace("\"level\":2", "\"level\":9"), "/2/level"),
        (good.replace(&"A".repeat(26), "x"), "/4/device"),
        (good.replace("desk 4", ""), "/1/operator"),
        (good.replacen('}', "", 1), "/1"),
    ] {
        let told = maker.lines("/v1/bulk/locks", &wrong).send().await;
        assert_eq!((told.status, told.code()), (400, "malformed"), "{wrong}");
        assert_eq!(told.body["errors"][0]["pointer"], pointer, "{wrong}");
    }
    let told = maker
        .lines("/v1/bulk/locks", good.lines().next().unwrap())
        .send()
        .await;
    assert_eq!(told.code(), "no_rows");
    assert_eq!(
        maker.lines("/v1/bulk/locks", "\n").send().await.code(),
        "malformed"
    );
    let device = format!("/v1/devices/{}/locks", sandbox.device());
    let told = maker
        .lines(&device, "{\"level\": 2, \"instalment\": 4}")
        .send()
        .await;
    assert_eq!((told.status, told.code()), (415, "unsupported_media_type"));
    // Signed as JSON, sent as lines: the signature covers what the body is.
    let told = maker
        .posting("/v1/bulk/locks", &json!({}))
        .with("content-type", "application/x-ndjson");
    assert_eq!(told.send().await.code(), "sig_invalid");
    let told = maker
        .lines("/v1/bulk/locks", &good)
        .with("content-type", "text/plain");
    assert_eq!(told.send().await.status, 415);
    assert_eq!(
        sandbox.desk().offered().await.unwrap().len(),
        4,
        "nothing was signed"
    );
    sandbox.shutdown().await.unwrap();
}
