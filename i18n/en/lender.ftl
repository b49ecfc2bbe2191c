# review: native 2026-11-25

### The lender's pay page, read on another device. It shows no name and no number of the owner.

# line on top of every page of a sandbox · payer · max 120 characters
lender-sandbox = Sandbox: no real money moves here. The buttons only play a payment.

# title of the page · payer · max 60 characters
# $payee (String) - who gets the money, e.g. Sandbox Lender
lender-pay-title = Pay { $payee }

# above the amount · payer · max 40 characters
lender-due = To pay now

# under the amount · payer · max 80 characters
# $no (String) - number of the instalment, e.g. 4
# $date (String) - day it was due, e.g. 3 May 2026
lender-due-since = Instalment { $no }, due on { $date }

# under the amount, several instalments · payer · max 80 characters
# $count (Number) - how many are late, e.g. 2
# $date (String) - day the first was due, e.g. 3 May 2026
lender-due-several = { $count ->
    [one] { $count } instalment, due on { $date }
   *[other] { $count } instalments, the first due on { $date }
}

# button that pays · payer · max 30 characters
# $amount (String) - sum, e.g. Rs. 3,250.00
lender-pay = Pay { $amount }

# button that lets the payment fail, sandbox only · payer · max 30 characters
lender-fail = Let the payment fail

# heading · payer · max 40 characters
lender-next-heading = What happens next

# list under it · payer · max 160 characters
lender-next-release = We send the phone a signed release at once.

# list under it · payer · max 160 characters
lender-next-unlock = The phone opens by itself when it is online. No code is needed.

# under the list · payer · max 160 characters
lender-next-never = We never ask for a PIN or a password, and nobody may ask you for one.

# heading of the table · payer · max 40 characters
lender-instalments = Instalments

# column · payer · max 16 characters
lender-column-no = No.

# column · payer · max 16 characters
lender-column-due = Due

# column · payer · max 16 characters
lender-column-amount = Amount

# column · payer · max 16 characters
lender-column-state = State

# state of an instalment · payer · max 16 characters
lender-state-paid = Paid

# state of an instalment · payer · max 16 characters
lender-state-late = Late

# state of an instalment · payer · max 16 characters
lender-state-open = To come

# under the table · payer · max 120 characters
# $paid (String) - paid so far, e.g. Rs. 9,750.00
# $total (String) - price in all, e.g. Rs. 39,000.00
# $left (String) - left to pay, e.g. Rs. 29,250.00
lender-progress = Paid { $paid } of { $total }. { $left } left.

# heading when nothing is late · payer · max 60 characters
lender-nothing = Nothing to pay now

# under it · payer · max 80 characters
# $no (String) - number of the instalment, e.g. 5
# $date (String) - day it is due, e.g. 2 June 2026
# $amount (String) - sum, e.g. Rs. 3,250.00
lender-nothing-next = Instalment { $no } of { $amount } is due on { $date }.

# under it when the contract is over · payer · max 80 characters
lender-nothing-settled = This contract is paid in full.

# title after a payment · payer · max 60 characters
lender-paid-title = Payment received

# under it · payer · max 80 characters
# $amount (String) - sum, e.g. Rs. 3,250.00
# $payee (String) - who got the money, e.g. Sandbox Lender
lender-paid-sum = { $amount } to { $payee }

# under it · payer · max 160 characters
lender-paid-phone = The release is on its way. The phone opens by itself as soon as it is online.

# under it · payer · max 160 characters
lender-paid-close = You may close this page.

# line on top after a failed payment · payer · max 160 characters
lender-failed = The payment did not go through. Nothing was taken, and the phone stays as it is. You can try again.

# line on top when the form was too old · payer · max 160 characters
lender-stale = This page was open for too long. Check the amount and press again.

# title of an unknown link · payer · max 60 characters
lender-unknown-title = This link leads nowhere

# under it · payer · max 200 characters
lender-unknown = Check it sign by sign against the phone’s screen. It may also be old: the phone shows the newest one under “Pay”.

# foot of every page · payer · max 60 characters
lender-contact = Questions? Call us:
