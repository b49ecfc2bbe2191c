# review: machine 2026-11-25

# title · owner · max 28 characters
home-title = هذا الهاتف مقيَّد

# under the title: what still works comes first · owner · max 48 characters
home-comfort = مكالمات الطوارئ تعمل. صورك بأمان.

# on the slip, above the amount · owner · max 34 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
home-owe = عليك لشركة { $lender }

# on the slip, under the amount · owner · max 30 characters
# $date (String) - day it was due, e.g. 3 May
home-due = كان الموعد { $date }.

# on the slip, under the due day · owner · max 34 characters
home-opens = الدفع يفتح هذا الهاتف.

# on the slip when the amount is hidden or not known · owner · max 60 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
home-reason = تأخرت دفعة لشركة { $lender }.

# primary button · owner · max 11 characters
home-pay = ادفع

# row, and primary button while the code stands on this page · owner · max 18 characters
home-paid = لقد دفعت

# row, under its label while "I have paid" runs · owner · max 40 characters
# $time (String) - clock time, e.g. 14:20
home-claim = نبحث الآن. نجيبك قبل { $time }.

# row, under its label once the wait of this limit was used · owner · max 40 characters
home-claim-spent = استخدمت هذا مرة من قبل

# row, while the code stands on this page: address and number of the payment · owner · max 18 characters
home-more = طرق أخرى للدفع

# row · owner · max 18 characters
home-call = تحدَّث إلى شخص

# row · owner · max 18 characters
home-backup = احفظ صوري

# row, under its label · owner · max 40 characters
# $left (String) - what is left of the 10 minutes, e.g. 10 minutes
home-backup-left = { $left } لنسخها

# row, under its label · owner · max 40 characters
home-backup-spent = انتهت الدقائق العشر

# row · owner · max 18 characters
home-why = لماذا هو مقيَّد

# row · owner · max 18 characters
home-help = أسئلة

# row · owner · max 18 characters
home-log = ماذا حدث

# row · owner · max 18 characters
home-settings = Wi-Fi والإعدادات

# row · owner · max 18 characters
home-about = عن هذه الشاشة

# row, takes the place of the amount while it is hidden · owner · max 18 characters
home-amount = المبلغ المطلوب

# row, under its label while the amount is hidden · owner · max 20 characters
home-amount-show = المس لعرضه

# above the code, where the code stands on this page · owner · max 44 characters
home-scan = صوِّر الرمز بهاتف آخر. تحقَّق من الاسم:

# title of a reminder · owner · max 28 characters
home-title-reminder = دفعة متأخرة

# under the due day of a reminder · owner · max 44 characters
home-ends = الدفع ينهي هذا التذكير.

# primary button of a reminder · owner · max 16 characters
home-leave = إلى هاتفي

# row of a reminder · owner · max 18 characters
home-pay-row = ادفع

# row, where calls and some apps stay usable · owner · max 18 characters
home-go-on = متابعة

# row, under its label · owner · max 40 characters
home-go-on-why = المكالمات والرسائل وبعض التطبيقات

# row · owner · max 18 characters
home-mistake = هذا خطأ

# row, under its label, once it was said · owner · max 40 characters
home-mistake-sent = أخبرتنا. القيد أخف الآن.

# row · owner · max 18 characters
home-hardship = لا أستطيع الدفع

# row · owner · max 18 characters
home-opening = افتح 24 ساعة

# row, under its label · owner · max 40 characters
home-opening-once = لحالة طارئة، مرة واحدة

# row · owner · max 18 characters
home-code = بلا إنترنت؟

# row, under its label · owner · max 40 characters
home-code-why = استخدم رمزًا من الخط الساخن
