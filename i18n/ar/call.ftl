# review: machine 2026-11-25

# title · owner · max 28 characters
call-title = تحدَّث إلى شخص

# primary button · owner · max 11 characters
call-call = اتصل

# row of a hotline, spoken only · owner · max 60 characters
# $label (String) - name of the line, e.g. Hotline
# $number (String) - digits, e.g. +94 11 000 0000
call-spoken = اتصل بـ{ $label }، { $number }

# row of a hotline that has no label of its own · owner · max 18 characters
call-hotline = الخط الساخن

# under the name · owner · max 60 characters
# $hours (String) - opening hours as the lender gives them, e.g. Mon to Sat, 8:00 to 18:00
call-hours = مفتوح { $hours }

# above the reference · owner · max 34 characters
call-reference = اذكر هذا الرقم

# in place of the hotlines before any is known · owner · max 80 characters
call-none = لا يوجد رقم معروف بعد. اسأل المتجر الذي باعك هذا الهاتف.

# heading · owner · max 34 characters
call-write = اكتب إليهم أو زرهم

# under the address · owner · max 60 characters
# $licence (String) - number of the licence, e.g. CB-1042
call-licence = ترخيص { $licence }

# heading · owner · max 34 characters
call-complain = إذا أردت تقديم شكوى

# heading · owner · max 34 characters
call-maker = صانع هذا الهاتف

# text under that heading · owner · max 120 characters
call-maker-lead = للأسئلة عن الهاتف نفسه. الصانع لا يستطيع رفع القيد.

# row of a sandbox, place · owner · max 34 characters
call-maker-uk = مثال: المملكة المتحدة

# row of a sandbox, place · owner · max 34 characters
call-maker-world = مثال: بلدان أخرى

# row, heading of the next text · owner · max 24 characters
call-maker-centre = مركز الصيانة

# row · owner · max 80 characters
call-maker-centre-bring = أحضر إثبات الشراء وبطاقة هويتك.
