# review: native 2026-11-25

### What stands on every page: the emergency button, the bar on top, the line of the sandbox.

# bottom row of every page, start corner · owner · max 12 characters
frame-emergency = Emergency
    .spoken = Emergency call

# top bar, the arrow, spoken only · owner · max 24 characters
frame-back = Back

# top bar of home, beside the name of the language, spoken only · owner · max 24 characters
frame-language = Change language

# top bar, the sign Aa, spoken only · owner · max 40 characters
frame-size = Text size, display and settings
