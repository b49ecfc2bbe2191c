# review: native 2026-11-25

### Why something was not accepted: `refusal-` and the code, and beside it the next step.

# log and notices · owner · max 80 characters
refusal-e-too-large = An order was too long.

# next step of it · owner · max 100 characters
refusal-e-too-large-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-e-shape = An order had the wrong form.

# next step of it · owner · max 100 characters
refusal-e-shape-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-e-base64 = An order could not be read.

# next step of it · owner · max 100 characters
refusal-e-base64-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-e-header = An order had a wrong heading.

# next step of it · owner · max 100 characters
refusal-e-header-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-e-alg = An order was signed in a way this phone does not trust.

# next step of it · owner · max 100 characters
refusal-e-alg-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-e-typ = An order was of a kind this phone does not know.

# next step of it · owner · max 100 characters
refusal-e-typ-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-e-kid = An order was signed with a key that does not count.

# next step of it · owner · max 100 characters
refusal-e-kid-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-e-role = An order was signed with a key for other things.

# next step of it · owner · max 100 characters
refusal-e-role-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-e-signature = An order had a false signature.

# next step of it · owner · max 100 characters
refusal-e-signature-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-e-claims = An order said things this phone cannot take.

# next step of it · owner · max 100 characters
refusal-e-claims-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-b-aud = An order was not meant for phones.

# next step of it · owner · max 100 characters
refusal-b-aud-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-b-iss = An order came from another lender.

# next step of it · owner · max 100 characters
refusal-b-iss-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-b-sub = An order was meant for another phone.

# next step of it · owner · max 100 characters
refusal-b-sub-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-f-no-anchor = An order came before this phone knew the time.

# next step of it · owner · max 100 characters
refusal-f-no-anchor-next = It asks for the time and tries again.

# log and notices · owner · max 80 characters
refusal-f-iat-future = An order had a date in the future.

# next step of it · owner · max 100 characters
refusal-f-iat-future-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-f-expired = An order was too old.

# next step of it · owner · max 100 characters
refusal-f-expired-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-f-keys-expired = The lender’s keys are out of date.

# next step of it · owner · max 100 characters
refusal-f-keys-expired-next = The lender has to renew them. Until then, nothing new can limit your phone.

# log and notices · owner · max 80 characters
refusal-f-terms-stale = Old amounts came after newer ones.

# next step of it · owner · max 100 characters
refusal-f-terms-stale-next = The newer amounts stay.

# log and notices · owner · max 80 characters
refusal-f-jti-seen = This extra time was given before.

# next step of it · owner · max 100 characters
refusal-f-jti-seen-next = Call if you were promised more.

# log and notices · owner · max 80 characters
refusal-f-nonce = An answer came that this phone did not ask for.

# next step of it · owner · max 100 characters
refusal-f-nonce-next = It asks again.

# log and notices · owner · max 80 characters
refusal-s-settled = All is paid. No order counts any more.

# next step of it · owner · max 100 characters
refusal-s-settled-next = This phone is yours. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-s-lock-superseded = An old limit was sent again.

# next step of it · owner · max 100 characters
refusal-s-lock-superseded-next = It stays lifted. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-s-lock-far = A limit had a number that cannot be right.

# next step of it · owner · max 100 characters
refusal-s-lock-far-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-s-lock-unknown = Extra time came for a limit that is not here.

# next step of it · owner · max 100 characters
refusal-s-lock-unknown-next = This phone tries again later.

# log and notices · owner · max 80 characters
refusal-s-open = The phone is open for a promised time.

# next step of it · owner · max 100 characters
refusal-s-open-next = The promise holds. The lender may ask again later.

# log and notices · owner · max 80 characters
refusal-s-plan = You have a new plan for this payment.

# next step of it · owner · max 100 characters
refusal-s-plan-next = The plan counts. The old payment cannot limit your phone.

# log and notices · owner · max 80 characters
refusal-s-notice-missing = A notice that must come first is not here.

# next step of it · owner · max 100 characters
refusal-s-notice-missing-next = This phone waits for it. Until then it stays open.

# log and notices · owner · max 80 characters
refusal-s-notice-used = That notice was for a payment you have made.

# next step of it · owner · max 100 characters
refusal-s-notice-used-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-k-shape = New keys had the wrong form.

# next step of it · owner · max 100 characters
refusal-k-shape-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-k-threshold = New keys were signed by too few people.

# next step of it · owner · max 100 characters
refusal-k-threshold-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-k-dup-signer = New keys were signed twice by the same person.

# next step of it · owner · max 100 characters
refusal-k-dup-signer-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-k-root-unknown = New keys were signed by a stranger.

# next step of it · owner · max 100 characters
refusal-k-root-unknown-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-k-version-rollback = Old keys came after newer ones.

# next step of it · owner · max 100 characters
refusal-k-version-rollback-next = The newer keys stay.

# log and notices · owner · max 80 characters
refusal-k-version-gap = A step of the new keys is missing.

# next step of it · owner · max 100 characters
refusal-k-version-gap-next = This phone asks for it.

# log and notices · owner · max 80 characters
refusal-k-void-dropped = New keys brought back a key that was taken away.

# next step of it · owner · max 100 characters
refusal-k-void-dropped-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-k-weak-key = New keys were too weak.

# next step of it · owner · max 100 characters
refusal-k-weak-key-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-t-pay-host = The pay address is not one of the lender’s.

# next step of it · owner · max 100 characters
refusal-t-pay-host-next = Do not use that address. Call and ask how to pay.

# log and notices · owner · max 80 characters
refusal-t-pay-qr = The pay code does not fit the payee and the amount.

# next step of it · owner · max 100 characters
refusal-t-pay-qr-next = Do not use that code. Call and ask how to pay.

# log and notices · owner · max 80 characters
refusal-p-unknown-market = No rules are known for this country.

# next step of it · owner · max 100 characters
refusal-p-unknown-market-next = So nothing can limit your phone here.

# log and notices · owner · max 80 characters
refusal-p-not-allowed = The rules here do not allow this limit.

# next step of it · owner · max 100 characters
refusal-p-not-allowed-next = Your phone stays as it is. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-needs = A paper that the rules ask for is missing.

# next step of it · owner · max 100 characters
refusal-p-needs-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-profile = A limit named other rules than your agreement.

# next step of it · owner · max 100 characters
refusal-p-profile-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-agreement = A limit named another agreement than yours.

# next step of it · owner · max 100 characters
refusal-p-agreement-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-evidence = The notices and the limit do not fit together.

# next step of it · owner · max 100 characters
refusal-p-evidence-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-days = The payment is not late enough for a limit.

# next step of it · owner · max 100 characters
refusal-p-days-next = You still have time. Pay soon, or call.

# log and notices · owner · max 80 characters
refusal-p-notice-count = A notice that must come first was not sent.

# next step of it · owner · max 100 characters
refusal-p-notice-count-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-notice-early = A notice was sent too early.

# next step of it · owner · max 100 characters
refusal-p-notice-early-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-notice-order = The notices came too close together.

# next step of it · owner · max 100 characters
refusal-p-notice-order-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-notice-modes = The notices were not sent in enough ways.

# next step of it · owner · max 100 characters
refusal-p-notice-modes-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-notice-gap = Too little time went by after a notice.

# next step of it · owner · max 100 characters
refusal-p-notice-gap-next = You still have time. Pay soon, or call.

# log and notices · owner · max 80 characters
refusal-p-level = The limit was stronger than allowed.

# next step of it · owner · max 100 characters
refusal-p-level-next = Nothing changed on this phone. You need to do nothing.

# log and notices · owner · max 80 characters
refusal-p-hours = It was not an hour in which a phone may be limited.

# next step of it · owner · max 100 characters
refusal-p-hours-next = The lender may ask again later. Pay soon, or call.

# log and notices · owner · max 80 characters
refusal-c-check-digit = One digit of the code is wrong.

# next step of it · owner · max 100 characters
refusal-c-check-digit-next = Look at the digits and type them again.

# log and notices · owner · max 80 characters
refusal-c-wrong = This code is not right.

# next step of it · owner · max 100 characters
refusal-c-wrong-next = Ask the lender to read it again.

# log and notices · owner · max 80 characters
refusal-c-wait = Too many tries.

# next step of it · owner · max 100 characters
refusal-c-wait-next = Wait a while, then try again.

# log and notices · owner · max 80 characters
refusal-c-used = This code was used before.

# next step of it · owner · max 100 characters
refusal-c-used-next = Ask for a new one.

# log and notices · owner · max 80 characters
refusal-c-closed = No code can be typed now.

# next step of it · owner · max 100 characters
refusal-c-closed-next = Join Wi-Fi or mobile data once, then try again.

# log and notices · owner · max 80 characters
refusal-n-no-effect = An order came that was done already.

# next step of it · owner · max 100 characters
refusal-n-no-effect-next = You need to do nothing.

# log and notices · owner · max 80 characters
refusal-m-not-locked = This phone is not limited.

# next step of it · owner · max 100 characters
refusal-m-not-locked-next = You need to do nothing.

# log and notices · owner · max 80 characters
refusal-m-open = Your phone is open already.

# next step of it · owner · max 100 characters
refusal-m-open-next = You need to do nothing.

# log and notices · owner · max 80 characters
refusal-w-spent = The 10 minutes for photos are used up.

# next step of it · owner · max 100 characters
refusal-w-spent-next = Your photos stay safe on this phone. Paying opens it.

# log and notices · owner · max 80 characters
refusal-o-used = The emergency opening was used.

# next step of it · owner · max 100 characters
refusal-o-used-next = Emergency calls still work at all times.

# log and notices · owner · max 80 characters
refusal-o-not-granted = The rules here give no emergency opening.

# next step of it · owner · max 100 characters
refusal-o-not-granted-next = Emergency calls still work at all times.

# log and notices · owner · max 80 characters
refusal-d-already = You told us already that this is a mistake.

# next step of it · owner · max 100 characters
refusal-d-already-next = Wait for the answer, or call.

# log and notices · owner · max 80 characters
refusal-a-offline = No network.

# next step of it · owner · max 100 characters
refusal-a-offline-next = Turn on Wi-Fi or mobile data.

# log and notices · owner · max 80 characters
refusal-a-tls = The connection is not safe.

# next step of it · owner · max 100 characters
refusal-a-tls-next = Try another Wi-Fi. This phone asks again by itself.

# log and notices · owner · max 80 characters
refusal-a-tls-time = The phone’s clock may be wrong.

# next step of it · owner · max 100 characters
refusal-a-tls-time-next = Set date and time in the settings.

# log and notices · owner · max 80 characters
refusal-a-wrong-server = Something else answered, not the lender.

# next step of it · owner · max 100 characters
refusal-a-wrong-server-next = Try another Wi-Fi, or sign in to this one.

# log and notices · owner · max 80 characters
refusal-a-http = The lender’s server has a problem.

# next step of it · owner · max 100 characters
refusal-a-http-next = You need to do nothing. This phone asks again by itself.

# log and notices · owner · max 80 characters
refusal-a-disk-full = The phone’s storage is full.

# next step of it · owner · max 100 characters
refusal-a-disk-full-next = You need to do nothing. Emergency calls, paying and opening still work.

# log and notices · owner · max 80 characters
refusal-a-unreadable = A file of this app cannot be read.

# next step of it · owner · max 100 characters
refusal-a-unreadable-next = Switch the phone off and on. If this stays, call.

# log and notices · owner · max 80 characters
refusal-a-store-busy = This app is running twice.

# next step of it · owner · max 100 characters
refusal-a-store-busy-next = Switch the phone off and on.

# log and notices · owner · max 80 characters
refusal-a-enrol-code = The code of the shop was not taken.

# next step of it · owner · max 100 characters
refusal-a-enrol-code-next = Ask the shop for a new one.

# log and notices · owner · max 80 characters
refusal-a-not-provisioned = This phone is not set up for a lender.

# next step of it · owner · max 100 characters
refusal-a-not-provisioned-next = You need to do nothing. Nothing here can limit it.
