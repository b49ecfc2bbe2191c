# review: machine 2026-11-25

settings-title = الإعدادات

settings-size = حجم الخط

settings-size-100 = عادي

settings-size-130 = كبير

settings-size-160 = أكبر

settings-size-200 = الأكبر

settings-display = العرض

settings-light = فاتح

settings-dark = داكن

settings-sun = للشمس الساطعة

settings-private = إخفاء المبلغ

settings-private-why = حتى لا يقرأه أحد بجانبك

settings-phone = هذا الهاتف

settings-wifi = Wi-Fi

settings-mobile-data = بيانات الهاتف

settings-reader = قارئ الشاشة

settings-sound = الصوت

settings-language = اللغة

settings-about = عن هذه الشاشة

settings-preview = على الهاتف يُفتح هنا { $what }.
