# review: machine 2026-11-25

# title · owner · max 28 characters
dial-title = दूसरा नंबर

# the field while it is empty · owner · max 34 characters
dial-empty = नंबर लिखें

# the field, spoken only · owner · max 40 characters
dial-field = नंबर

# key, spoken only · owner · max 24 characters
dial-erase = आख़िरी अंक मिटाएँ

# key, spoken only · owner · max 24 characters
dial-star = स्टार

# key, spoken only · owner · max 24 characters
dial-hash = हैश

# primary button · owner · max 11 characters
dial-call = कॉल करें
