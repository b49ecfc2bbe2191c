# review: machine 2026-11-25

home-title = هذا الهاتف مقيَّد

home-comfort = مكالمات الطوارئ تعمل. صورك بأمان.

home-owe = عليك لشركة { $lender }

home-due = كان الموعد { $date }.

home-opens = الدفع يفتح هذا الهاتف.

home-reason = تأخرت دفعة لشركة { $lender }.

home-pay = ادفع

home-paid = لقد دفعت

home-claim = نبحث الآن. نجيبك قبل { $time }.

home-claim-spent = استخدمت هذا مرة من قبل

home-more = طرق أخرى للدفع

home-call = تحدَّث إلى شخص

home-backup = احفظ صوري

home-backup-left = { $left } لنسخها

home-backup-spent = انتهت الدقائق العشر

home-why = لماذا هو مقيَّد

home-help = أسئلة

home-log = ماذا حدث

home-settings = Wi-Fi والإعدادات

home-about = عن هذه الشاشة

home-amount = المبلغ المطلوب

home-amount-show = المس لعرضه

home-scan = صوِّر الرمز بهاتف آخر. تحقَّق من الاسم:

home-title-reminder = دفعة متأخرة

home-ends = الدفع ينهي هذا التذكير.

home-leave = إلى هاتفي

home-pay-row = ادفع

home-go-on = متابعة

home-go-on-why = المكالمات والرسائل وبعض التطبيقات

home-mistake = هذا خطأ

home-mistake-sent = أخبرتنا. القيد أخف الآن.

home-hardship = لا أستطيع الدفع

home-opening = افتح 24 ساعة

home-opening-once = لحالة طارئة، مرة واحدة

home-code = بلا إنترنت؟

home-code-why = استخدم رمزًا من الخط الساخن
