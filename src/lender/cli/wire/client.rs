//! A client of the API: assertion, token, signed requests.

use super::{Failed, Key, Request, Server, Told, fresh_id, now_s, params};
use latchkey_core::request::{CLIENT_TAG, Params, client_components, content_digest};
use serde_json::{Value, json};

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A client with its token.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub server: Server,
    pub id: String,
    pub key: Key,
    pub token: String,
}

impl Client {
    pub(crate) fn new(server: &Server, id: &str, key: Key) -> Client {
        Client {
            server: server.clone(),
            id: id.to_owned(),
            key,
            token: String::new(),
        }
    }

    /// What an assertion says (RFC 7523).
    pub(crate) fn claims(&self) -> Result<Value, Failed> {
        let now = now_s();
        Ok(
            json!({"iss": self.id, "sub": self.id, "aud": self.server.base, "jti": fresh_id()?.as_str(),
            "iat": now, "exp": now + 60}),
        )
    }

    /// An assertion of these claims under a key.
    pub(crate) fn assertion(&self, key: &Key, claims: &Value) -> String {
        let header = json!({"alg": "EdDSA", "typ": "JWT", "kid": self.key.thumbprint()});
        key.jws(&header, claims)
    }

    /// A form of an endpoint of OAuth, with an assertion.
    pub(crate) async fn form(
        &self,
        path: &str,
        assertion: &str,
        more: &[(&str, &str)],
    ) -> Result<Told, Failed> {
        let mut form = vec![
            ("client_assertion_type", ASSERTION),
            ("client_assertion", assertion),
        ];
        form.extend(more);
        let body = serde_urlencoded::to_string(form).map_err(|e| e.to_string())?;
        let mut request =
            Request::new("POST", path).with("content-type", "application/x-www-form-urlencoded");
        request.body = Some(body.into_bytes());
        self.server.send(&request).await
    }

    /// Asks for a token, for these scopes or for all.
    pub(crate) async fn ask(&self, scope: Option<&str>) -> Result<Told, Failed> {
        let mut more = vec![("grant_type", "client_credentials")];
        more.extend(scope.map(|scope| ("scope", scope)));
        let assertion = self.assertion(&self.key, &self.claims()?);
        self.form("/oauth2/token", &assertion, &more).await
    }

    /// Takes a fresh token.
    pub(crate) async fn renew(&mut self, scope: Option<&str>) -> Result<(), Failed> {
        let told: Value = self.ask(scope).await?.read(200)?;
        let token = told["access_token"]
            .as_str()
            .ok_or("no access_token in the answer")?;
        self.token = token.to_owned();
        Ok(())
    }

    pub(crate) fn params(&self) -> Result<Params, Failed> {
        params(self.key.thumbprint())
    }

    /// A signed request. `key` = idempotency key of a POST.
    pub(crate) fn sign(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        params: &Params,
        key: Option<&str>,
    ) -> Request {
        let target = format!("{}{path}", self.server.base);
        let authorization = format!("Bearer {}", self.token);
        let body = body.map(Value::to_string);
        let digest = body.as_ref().map(|body| content_digest(body.as_bytes()));
        let covered = digest.as_deref().map(|digest| (digest, "application/json"));
        let components = client_components(method, &target, &authorization, covered, key);
        let mut request = Request::new(method, path).with("authorization", &authorization);
        request
            .headers
            .extend(self.key.headers(&components, params, CLIENT_TAG));
        if let Some(digest) = &digest {
            request = request
                .with("content-digest", digest)
                .with("content-type", "application/json");
        }
        if let Some(key) = key {
            request = request.with("idempotency-key", key);
        }
        request.body = body.map(String::into_bytes);
        request
    }

    /// A signed POST under a fresh idempotency key.
    pub(crate) fn posting(&self, path: &str, body: Option<&Value>) -> Result<Request, Failed> {
        let key = format!("\"{}\"", fresh_id()?);
        Ok(self.sign("POST", path, body, &self.params()?, Some(&key)))
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<Told, Failed> {
        self.server.send(&self.posting(path, Some(body))?).await
    }

    /// A read with the token alone.
    pub(crate) async fn get(&self, path: &str) -> Result<Told, Failed> {
        let authorization = format!("Bearer {}", self.token);
        self.server
            .send(&Request::new("GET", path).with("authorization", &authorization))
            .await
    }
}
