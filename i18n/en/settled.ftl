# review: native 2026-11-25

### The contract is over for good.

# title · owner · max 48 characters
settled-title = All paid. This phone is yours.

# first sentence · owner · max 80 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
settled-lead = { $lender } can never limit this phone again.

# first sentence when the name is gone · owner · max 60 characters
settled-lead-plain = Nobody can limit this phone again.

# second sentence · owner · max 60 characters
# $date (String) - day of settlement, e.g. 9 May 2027
settled-on = Paid in full on { $date }.

# third sentence · owner · max 90 characters
settled-certificate = Keep your certificate. It proves that the phone is paid.

# while the lender was not told yet · owner · max 90 characters
settled-telling = The lender is being told. You need to do nothing.

# row · owner · max 18 characters
settled-log = What happened

# row · owner · max 18 characters
settled-about = About this screen

# primary button · owner · max 11 characters
settled-leave = Continue
