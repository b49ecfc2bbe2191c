# review: machine 2026-11-25

# title · owner · max 28 characters
dial-title = رقم آخر

# the field while it is empty · owner · max 34 characters
dial-empty = اكتب الرقم

# the field, spoken only · owner · max 40 characters
dial-field = الرقم

# key, spoken only · owner · max 24 characters
dial-erase = احذف آخر رقم

# key, spoken only · owner · max 24 characters
dial-star = نجمة

# key, spoken only · owner · max 24 characters
dial-hash = مربع

# primary button · owner · max 11 characters
dial-call = اتصل
