# review: native 2026-11-25

### The emergency opening, before it is used.

# title · owner · max 28 characters
opening-title = Open for an emergency

# over the big figure · owner · max 34 characters
opening-time = The phone opens for

# under the big figure · owner · max 60 characters
opening-once = You can do this once.

# sentence · owner · max 110 characters
opening-lead = No network and no payment is needed. Nobody has to agree.

# second sentence · owner · max 110 characters
opening-after = Then the limit comes back. What you owe stays the same.

# primary button · owner · max 11 characters
opening-start = Open now

# row · owner · max 18 characters
opening-backup = Save my photos
