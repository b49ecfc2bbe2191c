# review: native 2026-11-25

### Nothing is limited: what is next, and what this app may do.

# title · owner · max 28 characters
free-title = Nothing to pay today

# title while the phone asks how things stand · owner · max 28 characters
free-title-asking = One moment, please

# title when a payment is late but nothing is limited · owner · max 28 characters
free-title-open = Your phone is open

# first sentence · owner · max 60 characters
free-lead = Your phone works as always.

# first sentence while the phone asks · owner · max 90 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
free-lead-asking = This phone asks { $lender } how things stand. You can use it meanwhile.

# first sentence after the phone's record was lost · owner · max 110 characters
free-lead-lost = This phone lost its record, so it stays open. It asks for the record again.

# above the next amount · owner · max 24 characters
free-next = Next payment

# under the next amount · owner · max 34 characters
# $date (String) - day it is due, e.g. 2 June
free-next-due = Due on { $date }

# when all instalments are paid · owner · max 60 characters
free-next-none = No payment is left.

# heading · owner · max 34 characters
free-may-title = What this app may do

# text · owner · max 240 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
free-may = If a payment stays late and notices were sent, { $lender } may limit this phone. It reads no photos, messages or places.

# while a dispute runs · owner · max 110 characters
free-dispute = You told us that this is a mistake. Until we answer, nothing is limited.

# primary button · owner · max 11 characters
free-pay = Pay

# row · owner · max 18 characters
free-check = Ask again now

# row · owner · max 18 characters
free-call = Talk to a person

# row · owner · max 18 characters
free-help = Questions

# row · owner · max 18 characters
free-log = What happened

# row · owner · max 18 characters
free-settings = Settings

# row · owner · max 18 characters
free-about = About this screen

# above the amount when its day is past · owner · max 24 characters
free-late = Late payment

# under the amount when its day is past · owner · max 40 characters
# $date (String) - day it was due, e.g. 3 May
free-late-due = It was due on { $date }.
