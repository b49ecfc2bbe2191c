# review: native 2026-11-25

### The first page while the phone is limited.

# title · owner · max 28 characters
home-title = This phone is limited

# under the title: what still works comes first · owner · max 48 characters
home-comfort = Emergency calls work. Your photos are safe.

# on the slip, above the amount · owner · max 34 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
home-owe = You owe { $lender }

# on the slip, under the amount · owner · max 30 characters
# $date (String) - day it was due, e.g. 3 May
home-due = It was due on { $date }.

# on the slip, under the due day · owner · max 34 characters
home-opens = Paying opens this phone.

# on the slip when the amount is hidden or not known · owner · max 60 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
home-reason = A payment to { $lender } is late.

# primary button · owner · max 11 characters
home-pay = Pay

# row, and primary button while the code stands on this page · owner · max 18 characters
home-paid = I have paid

# row, under its label while "I have paid" runs · owner · max 40 characters
# $time (String) - clock time, e.g. 14:20
home-claim = Looking now. We answer by { $time }.

# row, under its label once the wait of this limit was used · owner · max 40 characters
home-claim-spent = You used this once already

# row, while the code stands on this page: address and number of the payment · owner · max 18 characters
home-more = More ways to pay

# row · owner · max 18 characters
home-call = Talk to a person

# row · owner · max 18 characters
home-backup = Save my photos

# row, under its label · owner · max 40 characters
# $left (String) - what is left of the 10 minutes, e.g. 10 minutes
home-backup-left = { $left } to copy them

# row, under its label · owner · max 40 characters
home-backup-spent = The 10 minutes are used up

# row · owner · max 18 characters
home-why = Why it is limited

# row · owner · max 18 characters
home-help = Questions

# row · owner · max 18 characters
home-log = What happened

# row · owner · max 18 characters
home-settings = Wi-Fi and settings

# row · owner · max 18 characters
home-about = About this screen

# row, takes the place of the amount while it is hidden · owner · max 18 characters
home-amount = Amount to pay

# row, under its label while the amount is hidden · owner · max 20 characters
home-amount-show = Tap to show

# above the code, where the code stands on this page · owner · max 44 characters
home-scan = Scan with another phone. Pay to:

# title of a reminder · owner · max 28 characters
home-title-reminder = A payment is late

# under the due day of a reminder · owner · max 44 characters
home-ends = Paying ends this reminder.

# primary button of a reminder · owner · max 16 characters
home-leave = Go to my phone

# row of a reminder · owner · max 18 characters
home-pay-row = Pay

# row, where calls and some apps stay usable · owner · max 18 characters
home-go-on = Go on

# row, under its label · owner · max 40 characters
home-go-on-why = Calls, messages and some apps

# row · owner · max 18 characters
home-mistake = This is a mistake

# row, under its label, once it was said · owner · max 40 characters
home-mistake-sent = You told us. The limit is lighter.

# row · owner · max 18 characters
home-hardship = I cannot pay now

# row · owner · max 18 characters
home-opening = Open for 24 hours

# row, under its label · owner · max 40 characters
home-opening-once = For an emergency, once

# row · owner · max 18 characters
home-code = No internet?

# row, under its label · owner · max 40 characters
home-code-why = Use a code from the hotline
