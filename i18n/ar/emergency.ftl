# review: machine 2026-11-25

emergency-title = طوارئ

emergency-all = كل حالات الطوارئ

emergency-police = الشرطة

emergency-ambulance = الإسعاف

emergency-fire = الإطفاء

emergency-spoken = اتصل بـ{ $who }، { $number }

emergency-free = هذه المكالمات مجانية. وهي تعمل دائمًا.

emergency-another = رقم آخر

emergency-preview = هذه معاينة. لا تُجرى أي مكالمة.
