# review: native 2026-11-25

### "This is a mistake": a dispute, which makes the limit lighter at once.

# title · owner · max 28 characters
mistake-title = This is a mistake

# over the choices · owner · max 60 characters
mistake-lead = Choose what is wrong.

# choice · owner · max 34 characters
mistake-paid = I already paid

# choice · owner · max 34 characters
mistake-plan = I have a new plan

# choice · owner · max 34 characters
mistake-loan = This is not my loan

# choice · owner · max 34 characters
mistake-told = I was not told

# under the choices · owner · max 140 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
mistake-then = Send this, and the limit gets lighter at once. { $lender } must answer you.

# primary button · owner · max 11 characters
mistake-send = Send

# after it was sent · owner · max 140 characters
mistake-sent = We keep your message and send it. Call us too.

# after it was sent, while the limit is lighter · owner · max 140 characters
mistake-sent-lighter = You told us. Until we answer, the limit is lighter.

# row · owner · max 18 characters
mistake-call = Talk to a person

# row · owner · max 18 characters
mistake-log = What happened
