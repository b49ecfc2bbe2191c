# review: machine 2026-11-25

# bottom row of every page, start corner · owner · max 12 characters
frame-emergency = طوارئ
    .spoken = مكالمة طوارئ

# top bar, the arrow, spoken only · owner · max 24 characters
frame-back = رجوع

# top bar of home, beside the name of the language, spoken only · owner · max 24 characters
frame-language = تغيير اللغة

# top bar, the sign Aa, spoken only · owner · max 40 characters
frame-size = حجم الخط والعرض والإعدادات
