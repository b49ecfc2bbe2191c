# review: native 2026-11-25

### The moment the phone opens.

# title · owner · max 48 characters
released-paid = Your phone is open. Thank you.

# title when the limit was a mistake · owner · max 48 characters
released-error = Your phone is open. We are sorry.

# under it · owner · max 80 characters
released-error-why = The limit was a mistake. You did nothing wrong.

# title for all other reasons · owner · max 48 characters
released-open = Your phone is open.

# under the title · owner · max 60 characters
# $amount (String) - what was paid, e.g. Rs 3,250.00
# $date (String) - day of the payment, e.g. 9 May
released-sum = You paid { $amount } on { $date }.

# under the title when no amount is known · owner · max 60 characters
# $date (String) - day, e.g. 9 May
released-on = The limit was lifted on { $date }.

# primary button · owner · max 11 characters
released-leave = Continue

# under the title, after an agreed plan · owner · max 90 characters
released-plan = You have a new plan. This phone follows it.

# under the title, after 30 days of silence · owner · max 90 characters
released-lapsed = The lender was silent for 30 days. So the limit ended.
