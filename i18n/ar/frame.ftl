# review: machine 2026-11-25

frame-emergency = طوارئ
    .spoken = مكالمة طوارئ

frame-back = رجوع

frame-language = تغيير اللغة

frame-size = حجم الخط والعرض والإعدادات
