# review: native 2026-11-25

### What this screen is, and whose work is in it.

# title · owner · max 28 characters
about-title = About this screen

# first sentence · owner · max 110 characters
about-what = Latchkey is the screen for phones that are paid in parts.

# second sentence · owner · max 110 characters
about-open = Its code is open. Anyone can check what it does.

# line · owner · max 34 characters
# $version (String) - version number, e.g. 0.1.0
about-version = Version { $version }

# heading · owner · max 34 characters
about-licences = Licences

# text · owner · max 240 characters
about-licences-text = Latchkey: MIT or Apache 2.0. Letters: Noto Sans, OFL 1.1. Drawing: Slint, royalty-free licence 2.0.

# heading · owner · max 34 characters
about-made = Drawn with
