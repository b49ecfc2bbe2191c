# review: native 2026-11-25

### The phone is open for a promised time, though a lock is held.

# title · owner · max 28 characters
open-title = Your phone is open

# above the big clock time · owner · max 24 characters
open-until = Open until

# above the big figure when no clock is known · owner · max 24 characters
open-within = Open for

# reason · owner · max 80 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
open-grace = { $lender } gave you more time.

# reason · owner · max 110 characters
open-provisional = We had no answer in 60 minutes. So your phone is open while we look.

# reason · owner · max 80 characters
open-opening = You opened it for an emergency. You can do this once.

# reason · owner · max 80 characters
open-code = You typed a code that was right.

# under the reason · owner · max 90 characters
open-after = Then the limit comes back, unless the payment is found.

# row and primary button · owner · max 11 characters
open-pay = Pay

# row · owner · max 18 characters
open-call = Talk to a person

# row · owner · max 18 characters
open-log = What happened
