# review: native 2026-11-25

### After "I have paid": the clock of 60 minutes.

# title · owner · max 28 characters
paid-title = I have paid

# above the big clock time · owner · max 24 characters
paid-by = We answer by

# above the big figure when no clock is known · owner · max 24 characters
paid-within = We answer within

# under the big clock time · owner · max 60 characters
paid-no-answer = No answer by then? Your phone opens for 24 hours.

# first step · owner · max 34 characters
# $time (String) - clock time, e.g. 13:20
paid-told = You told us at { $time }

# first step when no clock is known · owner · max 34 characters
paid-told-plain = You told us

# second step · owner · max 34 characters
paid-look = We look for the payment

# third step · owner · max 34 characters
paid-open = The phone opens

# under the steps: what was found so far · owner · max 90 characters
paid-answer-asking = Asking now. This often takes a few minutes.

# under the steps · owner · max 90 characters
paid-answer-none = No payment found yet. We keep looking.

# under the steps · owner · max 90 characters
paid-answer-offline = No network. The clock runs on all the same.

# under the steps, once the wait of this limit was used · owner · max 140 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
# $reference (String) - number to say, e.g. 4F7K 92
paid-answer-spent = The 60 minutes were used once for this limit. We still open your phone when the payment is found. Call { $lender } and say { $reference }.

# beside the clock · owner · max 30 characters
# $count (Number) - minutes, selects the plural, e.g. 43
# $shown (String) - the same minutes as text, e.g. 43
paid-minutes =
    { $count ->
        [one] { $shown } minute left
       *[other] { $shown } minutes left
    }

# primary button · owner · max 11 characters
paid-call = Call

# row · owner · max 18 characters
paid-row-again = Ask again now

# row · owner · max 18 characters
paid-row-works = What works now

# row · owner · max 18 characters
paid-row-pay = Show the code

# row, when the wait was used · owner · max 18 characters
paid-row-call = Talk to a person
