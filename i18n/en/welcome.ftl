# review: native 2026-11-25

### Before the phone is enrolled: what the owner agrees to.

# title · owner · max 28 characters
welcome-title = Welcome

# first sentence · owner · max 110 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
welcome-lead = You buy this phone from { $lender } in parts. Please read this first.

# first sentence before the lender is known · owner · max 110 characters
welcome-lead-plain = You buy this phone in parts. Please read this first.

# first sentence when the phone was not set up for a lender · owner · max 110 characters
welcome-lead-none = This phone is not set up for a lender. Nothing here can limit it.

# heading · owner · max 34 characters
welcome-can-title = What can happen

# point · owner · max 110 characters
welcome-can-limit = If a payment stays late, the lender may limit this phone.

# point · owner · max 110 characters
welcome-can-notice = Notices come first. Paying opens the phone by itself.

# heading · owner · max 34 characters
welcome-safe-title = What stays yours

# point · owner · max 110 characters
welcome-safe-calls = Emergency calls work at all times.

# point · owner · max 110 characters
welcome-safe-private = Nobody reads your photos, messages, contacts or places.

# point · owner · max 110 characters
welcome-safe-log = You can read here all that the lender does.

# heading · owner · max 34 characters
welcome-rule-title = The rule you sign

# line · owner · max 60 characters
# $number (String) - the lender's contract number, e.g. A-1042
welcome-number = Agreement { $number }

# line · owner · max 80 characters
# $count (Number) - number of payments, selects the plural, e.g. 12
# $shown (String) - the same as text, e.g. 12
# $total (String) - price in all, e.g. Rs 39,000.00
welcome-sum =
    { $count ->
        [one] { $shown } payment, { $total } in all
       *[other] { $shown } payments, { $total } in all
    }

# line · owner · max 80 characters
# $clause (String) - id of the clause, e.g. 7.2
welcome-clause = Rule { $clause } lets the lender limit this phone.

# primary button · owner · max 11 characters
welcome-agree = I agree

# under the rule · owner · max 110 characters
welcome-not = Do not agree? Then stop here and talk to the shop.

# while the phone is being enrolled · owner · max 60 characters
welcome-waiting = Setting up. This takes a moment.

# row · owner · max 18 characters
welcome-settings = Settings

# row · owner · max 18 characters
welcome-about = About this screen

# primary button until the end of the page was reached · owner · max 12 characters
welcome-read-on = Read on
