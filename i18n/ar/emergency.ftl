# review: machine 2026-11-25

# title, the same word as on the button · owner · max 28 characters
emergency-title = طوارئ

# row · owner · max 18 characters
emergency-all = كل حالات الطوارئ

# row · owner · max 18 characters
emergency-police = الشرطة

# row · owner · max 18 characters
emergency-ambulance = الإسعاف

# row · owner · max 18 characters
emergency-fire = الإطفاء

# row, spoken only · owner · max 40 characters
# $who (String) - whom it calls, e.g. Police
# $number (String) - digits set apart so that they are read one by one, e.g. 1 1 9
emergency-spoken = اتصل بـ{ $who }، { $number }

# under the rows · owner · max 60 characters
emergency-free = هذه المكالمات مجانية. وهي تعمل دائمًا.

# row · owner · max 18 characters
emergency-another = رقم آخر

# under the rows on a desktop · owner · max 60 characters
emergency-preview = هذه معاينة. لا تُجرى أي مكالمة.
