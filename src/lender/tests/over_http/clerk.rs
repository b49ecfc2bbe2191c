//! A client of the lender's API: a key, an assertion, a token, and signed requests.

use crate::phone::*;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_core::envelope::encode;
use latchkey_core::request::*;
use latchkey_lender::Sandbox;
use latchkey_lender::scopes::Scopes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub fn fresh_key() -> SigningKey {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).unwrap();
    SigningKey::from_bytes(&seed)
}

pub fn jwk(key: &SigningKey) -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "x": encode(key.verifying_key().as_bytes())})
}

pub fn thumbprint(key: &SigningKey) -> String {
    let x = encode(key.verifying_key().as_bytes());
    encode(&Sha256::digest(format!(
        r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#
    )))
}

pub fn jws(key: &SigningKey, header: &Value, claims: &Value) -> String {
    let input = format!(
        "{}.{}",
        encode(header.to_string().as_bytes()),
        encode(claims.to_string().as_bytes())
    );
    let signature = key.sign(input.as_bytes()).to_bytes();
    format!("{input}.{}", encode(&signature))
}

/// An answer to a client.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Told {
    pub async fn of(response: reqwest::Response) -> Told {
        Told {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or(Value::Null),
        }
    }
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A signed request that can be sent, changed and sent again.
#[derive(Clone, Debug)]
pub struct Signed {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
}

impl Signed {
    pub async fn send(&self) -> Told {
        let mut request = browser().request(self.method.parse().unwrap(), &self.url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(body) = &self.body {
            request = request.body(body.clone());
        }
        Told::of(request.send().await.unwrap()).await
    }

    pub fn with(mut self, name: &str, value: &str) -> Signed {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Signed {
        self.headers.retain(|(known, _)| known != name);
        self
    }
}

#[derive(Clone)]
pub struct Clerk {
    pub base: String,
    pub client: String,
    pub key: SigningKey,
    pub token: String,
    pub clock: Hand,
}

impl Clerk {
    /// A client of a tenant that has these scopes, with a token for all of them.
    pub async fn of(sandbox: &Sandbox, clock: &Hand, tenant: Option<&str>, scopes: &str) -> Clerk {
        let key = fresh_key();
        let clients = sandbox.clients(tenant).unwrap();
        let name = String::from("Test").try_into().unwrap();
        let (scopes, jwk) = (Scopes::parse(scopes).unwrap(), jwk(&key).to_string());
        let id = clients.add(&name, &scopes, &jwk);
        let mut clerk = Clerk {
            base: sandbox.base_url().to_owned(),
            client: id.await.unwrap(),
            key,
            token: String::new(),
            clock: clock.clone(),
        };
        clerk.renew().await;
        clerk
    }

    pub async fn with(sandbox: &Sandbox, clock: &Hand, scopes: &str) -> Clerk {
        Clerk::of(sandbox, clock, None, scopes).await
    }

    pub fn claims(&self) -> Value {
        json!({"iss": self.client, "sub": self.client, "aud": self.base, "jti": String::from(fresh_id()),
               "iat": self.clock.now(), "exp": self.clock.now() + 60})
    }

    pub fn assertion(&self, claims: &Value) -> String {
        let header = json!({"alg": "EdDSA", "typ": "JWT", "kid": thumbprint(&self.key)});
        jws(&self.key, &header, claims)
    }

    pub async fn form(&self, path: &str, assertion: &str, more: &[(&str, &str)]) -> Told {
        let mut form = vec![
            ("client_assertion_type", ASSERTION),
            ("client_assertion", assertion),
        ];
        form.extend(more);
        let url = format!("{}{path}", self.base);
        Told::of(browser().post(url).form(&form).send().await.unwrap()).await
    }

    pub async fn ask(&self, more: &[(&str, &str)]) -> Told {
        let mut all = vec![("grant_type", "client_credentials")];
        all.extend(more);
        self.form("/oauth2/token", &self.assertion(&self.claims()), &all)
            .await
    }

    /// A fresh token.
    pub async fn renew(&mut self) {
        let told = self.ask(&[]).await;
        assert_eq!(told.status, 200, "{:?}", told.body);
        self.token = told.body["access_token"].as_str().unwrap().to_owned();
    }

    pub fn params(&self) -> Params {
        Params {
            created: self.clock.now(),
            expires: self.clock.now() + 60,
            nonce: fresh_id().into(),
            keyid: thumbprint(&self.key),
            alg: "ed25519".into(),
        }
    }

    /// Signs with these parameters.
    pub fn sign(&self, method: &str, path: &str, body: Option<&Value>, params: &Params) -> Signed {
        let key = (method == "POST").then(|| format!("\"{}\"", fresh_id()));
        self.sign_all(method, path, body, params, key)
    }

    /// A POST under this idempotency key.
    pub fn signed_with_key(&self, path: &str, body: &Value, key: &str) -> Signed {
        self.sign_all("POST", path, Some(body), &self.params(), Some(key.to_owned()))
    }

    /// A POST under no idempotency key.
    pub fn without_key(&self, path: &str) -> Signed {
        self.sign_all("POST", path, None, &self.params(), None)
    }

    fn sign_all(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        params: &Params,
        idempotency: Option<String>,
    ) -> Signed {
        let body = body.map(|body| (body.to_string(), "application/json"));
        self.sign_bytes(method, path, body, params, idempotency)
    }

    /// A POST of lines.
    pub fn lines(&self, path: &str, lines: &str) -> Signed {
        let body = Some((lines.to_owned(), "application/x-ndjson"));
        let key = Some(format!("\"{}\"", fresh_id()));
        self.sign_bytes("POST", path, body, &self.params(), key)
    }

    fn sign_bytes(
        &self,
        method: &str,
        path: &str,
        body: Option<(String, &'static str)>,
        params: &Params,
        idempotency: Option<String>,
    ) -> Signed {
        let url = format!("{}{path}", self.base);
        let authorization = format!("Bearer {}", self.token);
        let (body, media) = body.map_or((None, ""), |(body, media)| (Some(body), media));
        let digest = body.as_ref().map(|body| content_digest(body.as_bytes()));
        let covered = digest.as_deref().map(|digest| (digest, media));
        let components = client_components(method, &url, &authorization, covered, idempotency.as_deref());
        let input = params_over(&components, params, CLIENT_TAG);
        let signature = self
            .key
            .sign(base_over(&components, &input).as_bytes())
            .to_bytes();
        let mut headers = vec![
            ("authorization".to_owned(), authorization.clone()),
            ("signature-input".to_owned(), format!("lk={input}")),
            (
                "signature".to_owned(),
                format!("lk=:{}:", STANDARD.encode(signature)),
            ),
        ];
        if let Some(digest) = &digest {
            headers.push(("content-digest".to_owned(), digest.clone()));
            headers.push(("content-type".to_owned(), media.to_owned()));
        }
        if let Some(key) = &idempotency {
            headers.push(("idempotency-key".to_owned(), key.clone()));
        }
        Signed {
            method: method.to_owned(),
            url,
            headers,
            body,
        }
    }

    pub fn posting(&self, path: &str, body: &Value) -> Signed {
        self.sign("POST", path, Some(body), &self.params())
    }

    pub async fn post(&self, path: &str, body: &Value) -> Told {
        self.posting(path, body).send().await
    }

    /// A POST of who read this version.
    pub async fn if_match(&self, path: &str, body: &Value, etag: &str) -> Told {
        self.posting(path, body).with("if-match", etag).send().await
    }

    /// A POST without a body.
    pub async fn act(&self, path: &str) -> Told {
        self.sign("POST", path, None, &self.params()).send().await
    }

    pub async fn get(&self, path: &str) -> Told {
        let url = format!("{}{path}", self.base);
        let request = browser().get(url).bearer_auth(&self.token);
        Told::of(request.send().await.unwrap()).await
    }
}
