# review: native 2026-11-25

### All that happened on this phone, newest first, in plain words.

# title · owner · max 28 characters
log-title = What happened

# when there is nothing · owner · max 60 characters
log-empty = Nothing happened so far.

# under the title · owner · max 110 characters
log-lead = All orders and refusals, in the order this phone got them. Nobody can change this list.

# notice when an older record was put back · owner · max 110 characters
log-rollback = An older copy of this phone’s record was put back. Nothing is held against you.

# line above an entry · owner · max 40 characters
# $date (String) - day, e.g. 3 May
# $time (String) - clock time, e.g. 13:20
log-when = { $date }, { $time }

# after an entry that came more than once · owner · max 24 characters
# $count (Number) - how often, selects the plural, e.g. 3
# $shown (String) - the same as text, e.g. 3
log-count =
    { $count ->
        [one] { $shown } time
       *[other] { $shown } times
    }

# entry · owner · max 60 characters
log-enrolled = This phone was set up.

# entry · owner · max 80 characters
log-lost = The record was lost. The phone stayed open.

# entry · owner · max 60 characters
log-keys = The lender’s signing keys were updated.

# entry · owner · max 90 characters
# $amount (String) - amount, e.g. Rs 3,250.00
log-notice = Notice: { $amount } is late.

# under it · owner · max 60 characters
# $no (String) - number of the notice, e.g. 1
# $instalment (String) - number of the instalment, e.g. 4
log-notice-detail = Notice { $no } for payment { $instalment }

# entry · owner · max 60 characters
log-terms = The amounts were brought up to date.

# entry · owner · max 60 characters
log-plan = A new plan was agreed.

# entry · owner · max 60 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
log-lock = { $lender } limited this phone.

# entry when the name is gone · owner · max 60 characters
log-lock-plain = This phone was limited.

# under it · owner · max 40 characters
# $lock (String) - number of the lock, e.g. 1
# $level (String) - level, e.g. 3
log-lock-detail = Limit number { $lock }, level { $level }

# entry · owner · max 60 characters
log-release = The limit was lifted.

# under it · owner · max 40 characters
# $lock (String) - number of the lock, e.g. 1
log-release-detail = Limit number { $lock }

# entry · owner · max 60 characters
# $time (String) - duration, e.g. 24 hours
log-grace = The lender gave { $time } more.

# entry · owner · max 60 characters
log-settle = All is paid. The phone is yours.

# entry · owner · max 60 characters
log-refused = This phone refused an order.

# entry, where the kind of order could be read · owner · max 60 characters
# $kind (String) - kind of order, e.g. limit
log-refused-kind = This phone refused an order: { $kind }.

# kind of order · owner · max 24 characters
log-kind-lock = limit

# kind of order · owner · max 24 characters
log-kind-release = lift the limit

# kind of order · owner · max 24 characters
log-kind-terms = new amounts

# kind of order · owner · max 24 characters
log-kind-notice = notice

# kind of order · owner · max 24 characters
log-kind-plan = new plan

# kind of order · owner · max 24 characters
log-kind-grace = more time

# kind of order · owner · max 24 characters
log-kind-settle = all paid

# kind of order · owner · max 24 characters
log-kind-keys = new keys

# kind of order · owner · max 24 characters
log-kind-status = answer to a question

# entry · owner · max 60 characters
# $time (String) - duration used so far, e.g. 2 minutes
log-backup = You used { $time } for photos.

# entry · owner · max 60 characters
log-paid = You said: I have paid.

# entry · owner · max 80 characters
log-provisional = No answer in 60 minutes. The phone opened.

# entry · owner · max 60 characters
log-closed = The promised time ended.

# entry · owner · max 60 characters
log-certificate = The certificate was stored.

# entry · owner · max 60 characters
log-dispute = You said: this is a mistake.

# entry · owner · max 60 characters
log-hardship = You said: I cannot pay now.

# entry · owner · max 60 characters
log-give-back = You asked to give the phone back.

# entry · owner · max 60 characters
log-opening = You opened the phone for 24 hours.

# entry · owner · max 60 characters
log-code = A right code was typed.

# entry · owner · max 60 characters
log-wrong-code = A code was tried.

# entry · owner · max 60 characters
log-lapsed = No word of the lender for 30 days. The limit ended.

# entry · owner · max 60 characters
log-reminded = You were reminded to pay.

# instead of the day, before any clock was known · owner · max 34 characters
log-no-date = Date not known
