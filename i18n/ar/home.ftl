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

home-claim-spent = استُخدم مرة لهذا القيد

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

home-scan = امسح بهاتف آخر. تحقَّق من الاسم:
