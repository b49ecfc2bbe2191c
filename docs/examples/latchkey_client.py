"""A client of the lender's API in one file: key, assertion, token, signed requests.

As a library: httpx.Client(base_url=BASE, auth=LatchkeyAuth(BASE, CLIENT, key)).
As a command: see docs/api.md. Needs: pip install cryptography httpx
"""

import argparse
import base64
import hashlib
import json
import os
import secrets
import sys
import time

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def public_x(key: Ed25519PrivateKey) -> str:
    return b64url(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def thumbprint(key: Ed25519PrivateKey) -> str:
    """RFC 7638: SHA-256 over the required members in alphabetical order, without blanks."""
    text = '{"crv":"Ed25519","kty":"OKP","x":"%s"}' % public_x(key)
    return b64url(hashlib.sha256(text.encode()).digest())


def load_key(path: str) -> Ed25519PrivateKey:
    with open(path, encoding="ascii") as file:
        seed = json.load(file)["d"]
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(seed + "=="))


def new_key(path: str) -> dict:
    """Makes a key, readable by this user alone; the public half is for the lender."""
    key = Ed25519PrivateKey.generate()
    public = {"kty": "OKP", "crv": "Ed25519", "x": public_x(key)}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(public | {"d": b64url(key.private_bytes_raw())}, file)
    return public


class LatchkeyAuth(httpx.Auth):
    """Gets tokens by private_key_jwt and signs requests by the profile latchkey-v1 (RFC 9421)."""

    requires_request_body = True

    def __init__(self, base, client, key, scope=None, clock=time.time):
        self.base, self.client, self.key, self.scope, self.clock = base, client, key, scope, clock
        self.token, self.ends = None, 0

    def assertion(self) -> str:
        """RFC 7523: proves the client for a minute, once."""
        now = int(self.clock())
        header = {"alg": "EdDSA", "typ": "JWT", "kid": thumbprint(self.key)}
        claims = {"iss": self.client, "sub": self.client, "aud": self.base,
                  "iat": now, "exp": now + 60, "jti": secrets.token_urlsafe(16)}
        signed = ".".join(b64url(json.dumps(part).encode()) for part in (header, claims))
        return signed + "." + b64url(self.key.sign(signed.encode()))

    def token_request(self) -> httpx.Request:
        form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION,
                "client_assertion": self.assertion()}
        if self.scope:
            form["scope"] = self.scope
        return httpx.Request("POST", self.base + "/oauth2/token", data=form)

    def sign(self, request: httpx.Request) -> None:
        """Covers method, target, token, body and idempotency key; each signature is good for a minute, once."""
        if request.method == "POST":
            request.headers.setdefault("Idempotency-Key", '"%s"' % secrets.token_urlsafe(16))
        covered = [("@method", request.method), ("@target-uri", str(request.url)),
                   ("authorization", request.headers["Authorization"])]
        if request.content:
            digest = base64.b64encode(hashlib.sha256(request.content).digest()).decode()
            request.headers["Content-Digest"] = "sha-256=:%s:" % digest
            covered += [(name, request.headers[name]) for name in ("content-digest", "content-type")]
        if request.method == "POST":
            covered.append(("idempotency-key", request.headers["Idempotency-Key"]))
        now = int(self.clock())
        params = "(%s);created=%d;expires=%d;nonce=\"%s\";keyid=\"%s\";alg=\"ed25519\";tag=\"latchkey-v1\"" % (
            " ".join('"%s"' % name for name, _ in covered), now, now + 60,
            secrets.token_urlsafe(16), thumbprint(self.key))
        base = "".join('"%s": %s\n' % part for part in covered) + '"@signature-params": ' + params
        request.headers["Signature-Input"] = "lk=" + params
        signature = base64.b64encode(self.key.sign(base.encode())).decode()
        request.headers["Signature"] = "lk=:%s:" % signature

    def auth_flow(self, request):
        if self.clock() > self.ends - 30:
            answer = yield self.token_request()
            answer.read()
            answer.raise_for_status()
            self.token = answer.json()["access_token"]
            self.ends = self.clock() + answer.json()["expires_in"]
        request.headers["Authorization"] = "Bearer " + self.token
        if request.method not in ("GET", "HEAD"):
            self.sign(request)
        yield request


def show(answer: httpx.Response) -> None:
    print("HTTP", answer.status_code)
    for name in ("retry-after", "ratelimit-policy", "ratelimit", "idempotency-replayed", "etag"):
        if name in answer.headers:
            print("%s: %s" % (name, answer.headers[name]))
    if answer.content:
        print(json.dumps(answer.json(), indent=2))


def decoded(token: str) -> list:
    return [json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", default=os.environ.get("LATCHKEY_BASE", "http://127.0.0.1:8080"))
    parser.add_argument("--client", default=os.environ.get("LATCHKEY_CLIENT"))
    parser.add_argument("--key", default=os.environ.get("LATCHKEY_KEY", "key.json"))
    parser.add_argument("--scope", help="ask for these scopes alone")
    parser.add_argument("--times", type=int, default=1, help="so often, each time anew")
    parser.add_argument("--again", action="store_true", help="send the same signed bytes a second time")
    parser.add_argument("--alter", metavar="JSON", help="put another body in after signing")
    parser.add_argument("--unsigned", action="store_true", help="leave the signature out")
    parser.add_argument("--idempotency-key", metavar="TEXT")
    parser.add_argument("--if-match", metavar="ETAG")
    parser.add_argument("what", help="new-key, token, or a method: get, post, put, delete")
    parser.add_argument("path", nargs="?", help="file of the key, or path of the call")
    parser.add_argument("body", nargs="?", help="JSON")
    asked = parser.parse_args()
    if asked.what == "new-key":
        print(json.dumps(new_key(asked.path or asked.key)))
        return
    auth = LatchkeyAuth(asked.base, asked.client, load_key(asked.key), asked.scope)
    with httpx.Client(trust_env=False, timeout=60) as http:
        for n in range(asked.times):
            if asked.what == "token":
                answer = http.send(auth.token_request())
                if asked.times == 1 and answer.is_success:
                    print(json.dumps(decoded(answer.json()["access_token"]), indent=2))
                elif n == asked.times - 1 or not answer.is_success:
                    show(answer)
                    break
                continue
            answer = http.send(auth.token_request()) if auth.token is None else None
            if answer is not None:
                if not answer.is_success:
                    show(answer)
                    sys.exit(1)
                auth.token = answer.json()["access_token"]
            headers = {"Authorization": "Bearer " + auth.token}
            if asked.idempotency_key:
                headers["Idempotency-Key"] = '"%s"' % asked.idempotency_key
            if asked.if_match:
                headers["If-Match"] = asked.if_match
            if asked.body is not None:
                headers["Content-Type"] = "application/json"
            url, body = asked.base + asked.path, asked.body
            request = httpx.Request(asked.what.upper(), url, headers=headers, content=body)
            if request.method != "GET" and not asked.unsigned:
                auth.sign(request)
            if asked.alter:
                headers = {name: value for name, value in request.headers.items() if name != "content-length"}
                request = httpx.Request(request.method, url, headers=headers, content=asked.alter)
            answer = http.send(request)
            if n == asked.times - 1 or answer.status_code == 429:
                show(answer)
                break
        if asked.again:
            print("-- the same bytes again")
            show(http.send(request))


if __name__ == "__main__":
    main()
