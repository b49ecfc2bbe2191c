# review: native 2026-11-30

### The lender's pay page, read on another device, and what the hotline says. It shows no name and no number of the owner.

# line on top of every page of a sandbox · payer · max 120 characters
lender-sandbox = Sandbox: no real money moves here. This page only shows how paying works.

# name of the row of languages, spoken only · payer · max 30 characters
lender-languages = Language

# title of the page · payer · max 60 characters
# $payee (String) - who gets the money, e.g. Sandbox Lender
lender-pay-title = Pay { $payee }

# above the amount · payer · max 40 characters
lender-due = To pay now

# above the name of who gets the money · payer · max 40 characters
lender-payee = Goes to

# under the name · payer · max 90 characters
lender-check = Check the name. The phone must show the same name and the same amount.

# under the amount · payer · max 80 characters
# $no (String) - number of the instalment, e.g. 4
# $date (String) - day it was due, e.g. 3 May 2026
lender-due-since = Instalment { $no }, due on { $date }

# under the amount, several instalments · payer · max 80 characters
# $count (Number) - how many are due, selects the plural, e.g. 2
# $shown (String) - the same count as text, e.g. 2
# $date (String) - day the first was due, e.g. 3 May 2026
lender-due-several =
    { $count ->
        [one] { $shown } instalment, due on { $date }
       *[other] { $shown } instalments, the first due on { $date }
    }

# under the amount, when an agreed fee is part of it · payer · max 80 characters
# $fee (String) - the fee, e.g. Rs. 100.00
lender-fee = { $fee } of it is a fee that was agreed.

# button that pays · payer · max 30 characters
# $amount (String) - sum, e.g. Rs. 3,250.00
lender-pay = Pay { $amount }

# button that lets the payment fail, sandbox only · payer · max 30 characters
lender-fail = Try a payment that fails

# in the place of the button, where the money is paid elsewhere · payer · max 120 characters
lender-pay-elsewhere = Pay as your contract says, and write the contract’s number with the payment.

# heading · payer · max 40 characters
lender-next-heading = What happens next

# list under it · payer · max 100 characters
lender-next-receipt = You get a receipt on the next page. Keep it.

# list under it · payer · max 100 characters
lender-next-release = We tell the phone at once that you have paid.

# list under it · payer · max 100 characters
lender-next-unlock = The phone opens by itself when it has internet. You need no code.

# heading · payer · max 40 characters
lender-safe-heading = Pay safely

# list under it · payer · max 100 characters
lender-safe-secret = We never ask for a PIN, a password or a code from a message.

# list under it · payer · max 100 characters
lender-safe-seller = Never pay a person who says they can open the phone.

# list under it · payer · max 100 characters
lender-safe-call = Not sure? Do not pay yet. Call us first.

# heading over the sums of the contract · payer · max 40 characters
lender-sums = The whole price

# one of the sums · payer · max 24 characters
lender-sum-paid = Paid so far

# one of the sums · payer · max 24 characters
lender-sum-left = Left to pay

# one of the sums · payer · max 24 characters
lender-sum-total = In all

# the bar over the sums, spoken only · payer · max 120 characters
# $paid (String) - paid so far, e.g. Rs. 9,750.00
# $total (String) - price in all, e.g. Rs. 39,000.00
lender-progress = Paid { $paid } of { $total }

# heading of the table · payer · max 40 characters
lender-instalments = Instalments

# column, spoken only · payer · max 16 characters
lender-column-no = No.

# column, spoken only · payer · max 16 characters
lender-column-due = Due

# column, spoken only · payer · max 16 characters
lender-column-amount = Amount

# column, spoken only · payer · max 16 characters
lender-column-state = State

# state of an instalment · payer · max 16 characters
lender-state-paid = Paid

# state of an instalment · payer · max 16 characters
lender-state-late = Due now

# state of an instalment · payer · max 16 characters
lender-state-open = Later

# state of an instalment of which a part is paid · payer · max 40 characters
# $state (String) - its state, e.g. Due now
# $left (String) - what is left of it, e.g. Rs. 1,250.00
lender-state-part = { $state }, { $left } left

# heading when nothing is due · payer · max 60 characters
lender-nothing = Nothing to pay now

# under it · payer · max 80 characters
# $no (String) - number of the instalment, e.g. 5
# $date (String) - day it is due, e.g. 2 June 2026
# $amount (String) - sum, e.g. Rs. 3,250.00
lender-nothing-next = Instalment { $no } of { $amount } is due on { $date }.

# heading when the contract is over · payer · max 60 characters
lender-settled = Nothing to pay any more

# under it · payer · max 120 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
lender-settled-free = This contract is over. { $lender } can never limit the phone again.

# title after a payment · payer · max 60 characters
lender-paid-title = Payment received

# name of the paper · payer · max 30 characters
lender-receipt = Receipt

# row of the receipt · payer · max 24 characters
lender-receipt-amount = Amount

# row of the receipt · payer · max 24 characters
lender-receipt-payee = Paid to

# row of the receipt · payer · max 24 characters
lender-receipt-date = Paid on

# row of the receipt · payer · max 24 characters
lender-receipt-number = Receipt number

# row of the receipt · payer · max 24 characters
lender-receipt-address = Address

# under the receipt · payer · max 120 characters
lender-receipt-keep = Keep this receipt: save this page, print it, or write down its number.

# what happens next, on the receipt · payer · max 120 characters
lender-paid-phone = We have told the phone. If it is limited, it opens by itself when it has internet.

# what happens next, on the receipt · payer · max 120 characters
lender-paid-still = Still limited after 10 minutes? Call us and say the receipt number.

# title of a receipt whose payment was taken back · payer · max 60 characters
lender-back-title = This payment was taken back

# row of such a receipt · payer · max 24 characters
lender-back-date = Taken back on

# what happens next, on such a receipt · payer · max 120 characters
lender-back-owed = The amount is to be paid again. The phone stays as it is: before any new limit you are warned first.

# what to do, on such a receipt · payer · max 120 characters
lender-back-call = You did not ask for this? Ask your bank, or call us and say the receipt number.

# row of a receipt of which a part was given back · payer · max 24 characters
lender-refund-amount = Given back of it

# row of a receipt of which a part was given back · payer · max 24 characters
lender-refund-date = Given back on

# link to the page that shows what is left · payer · max 40 characters
lender-paid-more = See what is left to pay

# heading on top after a failed payment · payer · max 60 characters
lender-failed-title = The payment did not go through

# under it · payer · max 120 characters
lender-failed = Nothing was taken. You can try again now. If it fails again, call us.

# heading on top when the form was too old · payer · max 60 characters
lender-stale-title = Please check the amount again

# under it · payer · max 120 characters
lender-stale = This page was open for too long, or the amount changed. Nothing was taken. You can pay now.

# title of an unknown link · payer · max 60 characters
lender-unknown-title = This link does not work

# what to do, on the page of an unknown link · payer · max 100 characters
lender-unknown-spelling = Compare the address with the one on the phone, letter by letter.

# what to do, on the page of an unknown link · payer · max 100 characters
lender-unknown-newer = The link may be old. Open Pay on the phone: it shows the newest one.

# what to do, on the page of an unknown link · payer · max 100 characters
lender-unknown-sent = Did someone send you this link? Do not pay. Use the link on the phone.

# title when something went wrong with us · payer · max 60 characters
lender-trouble-title = Something went wrong here

# what to do, when something went wrong with us · payer · max 120 characters
lender-trouble-once = You never pay twice. Open the pay page again: it shows what is left to pay.

# what to do, when something went wrong with us · payer · max 100 characters
# $number (String) - number of the request, e.g. K7QF92MD4XTP
lender-trouble-number = Does it happen again? Call us and say this number: { $number }

# heading over the hotline on every page · payer · max 60 characters
lender-contact = Talk to a person

# the hotline's hours · payer · max 80 characters
# $hours (String) - when somebody answers, as the lender writes it, e.g. Mon–Fri 9–17
lender-hours = Open: { $hours }

# the lender's licence, at the foot · payer · max 60 characters
# $licence (String) - its number, e.g. SANDBOX-0000
lender-licence = Licence { $licence }

# said by the hotline before a code · owner · max 120 characters
lender-code-where = On the phone, tap “No internet?”. Listen to the code and type it there.

# said by the hotline right before the digits · owner · max 60 characters
lender-code-digits = Here it is, four digits at a time:

# said by the hotline after a code of slot 1 to 3 · owner · max 100 characters
lender-code-opens = It opens the phone for 3 days. The amount is still owed.

# said by the hotline after a code of slot 4 · owner · max 100 characters
lender-code-ends = It ends this limit.

# said by the hotline at the end · owner · max 100 characters
lender-code-once = It works once, on this phone only. It costs nothing.
