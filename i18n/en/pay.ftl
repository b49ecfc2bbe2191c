# review: native 2026-11-25

### How to pay on another device. Nothing is typed on this phone.

# title · owner · max 28 characters
pay-title = Pay

# under the code · owner · max 44 characters
pay-check-name = Check the name before you pay.

# under the code · owner · max 80 characters
pay-scan = Scan the code with another phone, or show it at a pay point.

# the code itself, spoken only · owner · max 120 characters
pay-code = Payment code. Scan it with another phone, or open the address below.

# above the address · owner · max 60 characters
pay-address = Or open this address on another phone:

# above the reference · owner · max 34 characters
pay-reference = Your payment number

# under the reference · owner · max 90 characters
pay-opens = Paying opens this phone. You need no unlock code from anyone.

# near the end · owner · max 110 characters
pay-never = This screen never asks for a card number, a PIN or a password.

# near the end · owner · max 80 characters
# $paid (String) - paid so far, e.g. Rs 9,750.00
# $total (String) - price in all, e.g. Rs 39,000.00
# $left (String) - left to pay, e.g. Rs 29,250.00
pay-progress = You have paid { $paid } of { $total }. { $left } to go.

# beside the amount when it is not fresh · owner · max 24 characters
# $when (String) - day or clock time, e.g. 09:40
pay-as-of = As of { $when }

# in place of the code when none may be shown · owner · max 60 characters
pay-refused = No safe code can be shown now.

# under it · owner · max 90 characters
pay-refused-next = Tap Call and ask how to pay. Use only the number shown there.

# primary button · owner · max 11 characters
pay-paid = I have paid

# primary button when no code may be shown · owner · max 11 characters
pay-call = Call

# row · owner · max 18 characters
pay-row-call = Talk to a person

# row · owner · max 18 characters
pay-row-safe = Is this safe?

# above the rows, while it was not said yet · owner · max 110 characters
pay-once = Tap I have paid only after you have paid. It works once.
