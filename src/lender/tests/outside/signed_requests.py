"""The signing transport of docs/examples/latchkey_client.py for whoever sends with `requests`, and schemathesis's hook."""

import os
import threading
import time
from types import SimpleNamespace

import httpx
import requests
import schemathesis
from latchkey_client import LatchkeyAuth, load_key


class Signed(requests.auth.AuthBase):
    """Signs a prepared request: its address and bytes are final here."""

    def __init__(self, base, client, key):
        self.auth, self.turn = LatchkeyAuth(base, client, key), threading.Lock()

    def token(self) -> str:
        with self.turn:
            if time.time() > self.auth.ends - 30:
                with httpx.Client(trust_env=False) as http:
                    answer = http.send(self.auth.token_request())
                answer.raise_for_status()
                self.auth.token = answer.json()["access_token"]
                self.auth.ends = time.time() + answer.json()["expires_in"]
            return self.auth.token

    def __call__(self, request):
        request.headers["Authorization"] = "Bearer " + self.token()
        if request.method not in ("GET", "HEAD"):
            body = request.body or b""
            body = body.encode() if isinstance(body, str) else body
            if body:
                request.headers.setdefault("Content-Type", "application/json")
            shown = SimpleNamespace(method=request.method, url=request.url, headers=request.headers, content=body)
            self.auth.sign(shown)
        return request


if os.environ.get("LATCHKEY_CLIENT"):
    schemathesis.auth.set_from_requests(
        Signed(os.environ["LATCHKEY_BASE"], os.environ["LATCHKEY_CLIENT"], load_key(os.environ["LATCHKEY_KEY"]))
    )
