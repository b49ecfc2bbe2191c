# review: native 2026-11-25

### A code that the hotline reads out, for a phone without a network.

# title · owner · max 28 characters
code-title = Use a code

# over the numbers to read out · owner · max 34 characters
code-lead = Call us and read this out:

# in the empty field · owner · max 34 characters
code-empty = Type the digits they say

# spoken name of the field · owner · max 34 characters
code-field = Code

# primary button · owner · max 11 characters
code-check = Check

# under the pad · owner · max 110 characters
code-gives = 12 digits open the phone for 3 days. 16 digits end the limit.

# under the pad, when only time can be given · owner · max 110 characters
code-gives-time = 12 digits open the phone for 3 days.

# under the pad, when only the limit can be ended · owner · max 110 characters
code-gives-release = 16 digits end the limit.

# instead of the pad · owner · max 110 characters
# $time (String) - duration, e.g. 5 minutes
code-wait = That code was wrong. You can type again in { $time }.

# instead of the pad, after 100 wrong codes · owner · max 140 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
code-closed = Too many wrong codes. Call { $lender }, or pay: the phone opens by itself.

# row · owner · max 18 characters
code-call = Talk to a person

# row · owner · max 18 characters
code-wifi = Wi-Fi and settings
