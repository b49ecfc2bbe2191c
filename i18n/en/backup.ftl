# review: native 2026-11-25

### The 10 minutes for photos. The limit stays on.

# title · owner · max 28 characters
backup-title = Save my photos

# first sentence before the start · owner · max 60 characters
backup-lead = Copy photos to a card, a stick or a file.

# above the big figure · owner · max 24 characters
backup-time = Time left

# above the big figure before the start · owner · max 24 characters
backup-have = Your time in all

# under it, before and during · owner · max 60 characters
backup-stays = The limit stays on while you copy.

# before the start · owner · max 90 characters
backup-keeps = You can stop and go on later. Time you do not use stays yours.

# during · owner · max 60 characters
# $time (String) - clock time, e.g. 14:07
backup-ends = The copying ends at { $time }.

# during · owner · max 40 characters
# $done (String) - photos copied, e.g. 412
# $all (String) - photos in all, e.g. 980
backup-saved = { $done } of { $all } saved

# during · owner · max 60 characters
# $place (String) - where the copies go, e.g. SD card
backup-place = Copying to { $place }

# during, while no place was chosen · owner · max 60 characters
backup-no-place = Choose where the copies go.

# when the time is over · owner · max 60 characters
backup-spent = The 10 minutes are used up.

# under it · owner · max 110 characters
backup-spent-next = Your photos stay on this phone, safe. Paying opens it.

# the figure, spoken only · owner · max 60 characters
# $minutes (Number) - whole minutes, selects the plural, e.g. 9
# $shown (String) - the same minutes as text, e.g. 9
# $seconds (String) - seconds as text, e.g. 41
backup-spoken =
    { $minutes ->
        [one] { $shown } minute and { $seconds } seconds left
       *[other] { $shown } minutes and { $seconds } seconds left
    }

# primary button before · owner · max 18 characters
backup-start = Start copying

# primary button before, when some of the time was used · owner · max 18 characters
backup-go-on = Go on copying

# primary button before and during, while no place was chosen · owner · max 18 characters
backup-choose = Choose place

# row during · owner · max 18 characters
backup-stop = Stop for now

# primary button when the time is over · owner · max 11 characters
backup-pay = Pay

# the bar, spoken only · owner · max 40 characters
backup-bar = Time used

# row before the start, when a place was chosen · owner · max 18 characters
backup-other = Another place

# before the start · owner · max 90 characters
backup-not-yet = The time starts only when you tap Start copying.

# notice after a tap on a desktop · owner · max 90 characters
backup-preview = On a phone, you choose the card or stick here.

# before the start, when a place was chosen · owner · max 60 characters
# $place (String) - where the copies go, e.g. SD card
backup-place-ready = Photos go to { $place }.
