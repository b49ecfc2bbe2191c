# review: machine 2026-11-25

call-title = تحدَّث إلى شخص

call-call = اتصل

call-spoken = اتصل بـ{ $label }، { $number }

call-hotline = الخط الساخن

call-hours = مفتوح { $hours }

call-reference = اذكر هذا الرقم

call-none = لا يوجد رقم معروف بعد. اسأل المتجر الذي باعك هذا الهاتف.

call-write = اكتب إليهم أو زرهم

call-licence = ترخيص { $licence }

call-complain = إذا أردت تقديم شكوى

call-maker = صانع هذا الهاتف

call-maker-lead = للأسئلة عن الهاتف نفسه. الصانع لا يستطيع رفع القيد.

call-maker-uk = مثال: المملكة المتحدة

call-maker-world = مثال: بلدان أخرى

call-maker-centre = مركز الصيانة

call-maker-centre-bring = أحضر إثبات الشراء وبطاقة هويتك.
