# review: machine 2026-11-25

# title · owner · max 28 characters
settings-title = الإعدادات

# heading · owner · max 34 characters
settings-size = حجم الخط

# choice · owner · max 18 characters
settings-size-100 = عادي

# choice · owner · max 18 characters
settings-size-130 = كبير

# choice · owner · max 18 characters
settings-size-160 = أكبر

# choice · owner · max 18 characters
settings-size-200 = الأكبر

# heading · owner · max 34 characters
settings-display = العرض

# choice · owner · max 18 characters
settings-light = فاتح

# choice · owner · max 18 characters
settings-dark = داكن

# choice · owner · max 18 characters
settings-sun = للشمس الساطعة

# row that switches · owner · max 18 characters
settings-private = إخفاء المبلغ

# row, under its label · owner · max 60 characters
settings-private-why = حتى لا يقرأه أحد بجانبك

# heading · owner · max 34 characters
settings-phone = هذا الهاتف

# row · owner · max 18 characters
settings-wifi = Wi-Fi

# row · owner · max 18 characters
settings-mobile-data = بيانات الهاتف

# row · owner · max 18 characters
settings-reader = قارئ الشاشة

# row · owner · max 18 characters
settings-sound = الصوت

# row · owner · max 18 characters
settings-language = اللغة

# row · owner · max 18 characters
settings-about = عن هذه الشاشة

# notice after a tap on a desktop · owner · max 90 characters
# $what (String) - label of the row, e.g. Wi-Fi
settings-preview = على الهاتف يُفتح هنا { $what }.
