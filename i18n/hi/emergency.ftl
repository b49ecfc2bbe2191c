# review: machine 2026-11-25

# title, the same word as on the button · owner · max 28 characters
emergency-title = इमरजेंसी

# row · owner · max 18 characters
emergency-all = हर इमरजेंसी

# row · owner · max 18 characters
emergency-police = पुलिस

# row · owner · max 18 characters
emergency-ambulance = एम्बुलेंस

# row · owner · max 18 characters
emergency-fire = दमकल

# row, spoken only · owner · max 40 characters
# $who (String) - whom it calls, e.g. Police
# $number (String) - digits set apart so that they are read one by one, e.g. 1 1 9
emergency-spoken = { $who } को कॉल करें, { $number }

# under the rows · owner · max 60 characters
emergency-free = ये कॉल मुफ़्त हैं। ये हमेशा चलती हैं।

# row · owner · max 18 characters
emergency-another = दूसरा नंबर

# under the rows on a desktop · owner · max 60 characters
emergency-preview = यह केवल झलक है। कोई कॉल नहीं होती।
