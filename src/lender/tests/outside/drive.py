"""Drives lock, payment and release with a client that openapi-python-client generated, over the chapter's signing transport."""

import os
import secrets
import sys
import time

from latchkey_client import LatchkeyAuth, load_key
from lent import Client
from lent.api.devices import get_device, get_timeline, list_orders
from lent.api.orders import book_payment, send_lock
from lent.models import LockAsk, PaymentAsk

BASE, DEVICE = os.environ["LATCHKEY_BASE"], os.environ["LATCHKEY_DEVICE"]
auth = LatchkeyAuth(BASE, os.environ["LATCHKEY_CLIENT"], load_key(os.environ["LATCHKEY_KEY"]))
client = Client(base_url=BASE, httpx_args={"auth": auth, "trust_env": False})


def read(call, **more):
    answer = call.sync_detailed(DEVICE, client=client, **more)
    assert answer.status_code < 300, (answer.status_code, answer.content)
    return answer.parsed


def until(what, holds):
    """The phone answers in its own time."""
    for _ in range(600):
        seen = read(get_device)
        if holds(seen):
            return seen
        time.sleep(0.1)
    sys.exit("the phone never was " + what)


key = lambda: '"%s"' % secrets.token_urlsafe(16)
lock = read(send_lock, body=LockAsk(level=2, instalment=4), idempotency_key=key())
assert (lock.state, lock.kind, lock.lock_id) == ("queued", "lk-lock+jwt", 2), lock
seen = until("locked under 2", lambda seen: seen.mode == "locked" and seen.last_receipt.seq >= lock.seq)
assert (seen.lock.lock_id, seen.lock.level) == (2, 2), seen

due = read(get_timeline).unlocks_now
paid = read(book_payment, body=PaymentAsk(minor=due, reference="bank " + key()), idempotency_key=key())
assert paid.released is True, paid
seen = until("free", lambda seen: seen.mode == "free")
assert seen.released_through == 2, seen

release = [order for order in read(list_orders).orders if order.kind == "lk-release+jwt"][-1]
assert (release.state, release.lock_id) == ("ok", 2), release
print("locked, paid, released")
