# review: native 2026-11-25

### How to reach a person.

# title · owner · max 28 characters
call-title = Talk to a person

# primary button · owner · max 11 characters
call-call = Call

# row of a hotline, spoken only · owner · max 60 characters
# $label (String) - name of the line, e.g. Hotline
# $number (String) - digits, e.g. +94 11 000 0000
call-spoken = Call { $label }, { $number }

# row of a hotline that has no label of its own · owner · max 18 characters
call-hotline = Hotline

# under the name · owner · max 60 characters
# $hours (String) - opening hours as the lender gives them, e.g. Mon to Sat, 8:00 to 18:00
call-hours = Open { $hours }

# above the reference · owner · max 34 characters
call-reference = Say this number

# in place of the hotlines before any is known · owner · max 80 characters
call-none = No number is known yet. Ask the shop that sold you this phone.

# heading · owner · max 34 characters
call-write = Write or visit

# under the address · owner · max 60 characters
# $licence (String) - number of the licence, e.g. CB-1042
call-licence = Licence { $licence }

# heading · owner · max 34 characters
call-complain = If you want to complain

# heading · owner · max 34 characters
call-maker = Maker of this phone

# text under that heading · owner · max 120 characters
call-maker-lead = For questions about the phone itself. The maker cannot lift the limit.

# row of a sandbox, place · owner · max 34 characters
call-maker-uk = Example: United Kingdom

# row of a sandbox, place · owner · max 34 characters
call-maker-world = Example: other countries

# row, heading of the next text · owner · max 24 characters
call-maker-centre = Service centre

# row · owner · max 80 characters
call-maker-centre-bring = Bring proof that you bought it, and your ID.
