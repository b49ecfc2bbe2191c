# review: native 2026-11-25

### Why the phone is limited, and how this phone checked it.

# title · owner · max 28 characters
why-title = Why it is limited

# first sentence when all five checks hold · owner · max 110 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
why-lead = { $lender } is allowed to limit this phone. The phone checked five things itself.

# first sentence when one does not hold · owner · max 110 characters
why-lead-fails = This phone could not check that the limit is allowed.

# under it · owner · max 90 characters
why-fails-next = Call and say so. Ask for the reason in writing.

# heading · owner · max 34 characters
why-checks = What was checked

# part · owner · max 60 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
why-key = The order comes from { $lender }.

# part · owner · max 60 characters
# $number (String) - the lender's contract number, e.g. A-1042
why-agreement = It fits your agreement { $number }.

# part · owner · max 80 characters
# $count (Number) - notices held, selects the plural, e.g. 2
# $shown (String) - the same as text, e.g. 2
# $date (String) - day of the last one, e.g. 27 April
why-notices =
    { $count ->
        [one] { $shown } notice came before, on { $date }.
       *[other] { $shown } notices came before, the last on { $date }.
    }

# part · owner · max 60 characters
# $count (Number) - days late, selects the plural, e.g. 10
# $shown (String) - the same as text, e.g. 10
why-days =
    { $count ->
        [one] The payment is { $shown } day late.
       *[other] The payment is { $shown } days late.
    }

# part · owner · max 60 characters
# $market (String) - name of the market, e.g. Demo
why-level = Level and hour fit the rules of { $market }.

# beside a part that holds · owner · max 18 characters
why-checked = Checked

# beside a part that does not · owner · max 18 characters
why-not-checked = Not checked

# heading · owner · max 34 characters
why-rule-title = The rule you signed

# line · owner · max 60 characters
# $number (String) - the lender's contract number, e.g. A-1042
# $date (String) - day of signing, e.g. 4 January
why-number = Agreement { $number }, signed { $date }

# line · owner · max 34 characters
# $clause (String) - id of the clause, e.g. 7.2
why-clause = Rule { $clause }

# row · owner · max 18 characters
why-log = What happened

# row · owner · max 18 characters
why-call = Talk to a person

# row · owner · max 18 characters
why-mistake = This is a mistake
