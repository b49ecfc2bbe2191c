# review: native 2026-11-25

### "I cannot pay now": asking for another plan, or to give the phone back.

# title · owner · max 28 characters
hardship-title = I cannot pay now

# over the choices · owner · max 60 characters
hardship-lead = What would help you?

# choice · owner · max 44 characters
hardship-less = Pay less each month

# choice · owner · max 44 characters
hardship-later = Pay later

# choice · owner · max 44 characters
hardship-give-back = Give the phone back and close the loan

# under the choices · owner · max 160 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
hardship-binds = If { $lender } agrees, this phone follows the new plan. { $lender } cannot change it alone.

# primary button · owner · max 11 characters
hardship-send = Send

# after it was sent · owner · max 140 characters
hardship-sent = We keep your message and send it. Call us too.

# row · owner · max 18 characters
hardship-call = Talk to a person
