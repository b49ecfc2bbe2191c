# review: native 2026-11-25

### What stays the owner's while the phone is limited.

# title · owner · max 28 characters
settings-title = Settings

# heading · owner · max 34 characters
settings-size = Text size

# choice · owner · max 18 characters
settings-size-100 = Normal

# choice · owner · max 18 characters
settings-size-130 = Large

# choice · owner · max 18 characters
settings-size-160 = Larger

# choice · owner · max 18 characters
settings-size-200 = Largest

# heading · owner · max 34 characters
settings-display = Display

# choice · owner · max 18 characters
settings-light = Light

# choice · owner · max 18 characters
settings-dark = Dark

# choice · owner · max 18 characters
settings-sun = For bright sun

# row that switches · owner · max 18 characters
settings-private = Hide the amount

# row, under its label · owner · max 60 characters
settings-private-why = So that nobody beside you reads it

# heading · owner · max 34 characters
settings-phone = This phone

# row · owner · max 18 characters
settings-wifi = Wi-Fi

# row · owner · max 18 characters
settings-mobile-data = Mobile data

# row · owner · max 18 characters
settings-reader = Screen reader

# row · owner · max 18 characters
settings-sound = Sound

# row · owner · max 18 characters
settings-language = Language

# row · owner · max 18 characters
settings-about = About this screen

# notice after a tap on a desktop · owner · max 90 characters
# $what (String) - label of the row, e.g. Wi-Fi
settings-preview = On a phone, { $what } opens here.
