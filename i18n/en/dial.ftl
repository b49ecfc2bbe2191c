# review: native 2026-11-25

### The pad for another emergency number.

# title · owner · max 28 characters
dial-title = Another number

# the field while it is empty · owner · max 34 characters
dial-empty = Type the number

# the field, spoken only · owner · max 40 characters
dial-field = Number

# key, spoken only · owner · max 24 characters
dial-erase = Erase the last digit

# key, spoken only · owner · max 24 characters
dial-star = Star

# key, spoken only · owner · max 24 characters
dial-hash = Hash

# primary button · owner · max 11 characters
dial-call = Call
