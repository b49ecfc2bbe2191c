# review: native 2026-11-25

### Numbers behind the emergency button. The tap has gone to the phone's own dialer already.

# title, the same word as on the button · owner · max 28 characters
emergency-title = Emergency

# row · owner · max 18 characters
emergency-all = All emergencies

# row · owner · max 18 characters
emergency-police = Police

# row · owner · max 18 characters
emergency-ambulance = Ambulance

# row · owner · max 18 characters
emergency-fire = Fire

# row, spoken only · owner · max 40 characters
# $who (String) - whom it calls, e.g. Police
# $number (String) - digits set apart so that they are read one by one, e.g. 1 1 9
emergency-spoken = Call { $who }, { $number }

# under the rows · owner · max 60 characters
emergency-free = These calls are free. They always work.

# row · owner · max 18 characters
emergency-another = Another number

# under the rows on a desktop · owner · max 60 characters
emergency-preview = This is a preview. No call is made.
