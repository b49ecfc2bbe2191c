# review: machine 2026-11-25

# title · owner · max 28 characters
free-title = لا شيء تدفعه اليوم

# title while the phone asks how things stand · owner · max 28 characters
free-title-asking = لحظة من فضلك

# title when a payment is late but nothing is limited · owner · max 28 characters
free-title-open = هاتفك مفتوح

# first sentence · owner · max 60 characters
free-lead = هاتفك يعمل كالمعتاد.

# first sentence while the phone asks · owner · max 90 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
free-lead-asking = يسأل هذا الهاتف { $lender } عن الحال. يمكنك استخدامه في الأثناء.

# first sentence after the phone's record was lost · owner · max 110 characters
free-lead-lost = ضاع سجل هذا الهاتف، لذلك يبقى مفتوحًا. وهو يطلب السجل من جديد.

# above the next amount · owner · max 24 characters
free-next = الدفعة التالية

# under the next amount · owner · max 34 characters
# $date (String) - day it is due, e.g. 2 June
free-next-due = موعدها { $date }

# when all instalments are paid · owner · max 60 characters
free-next-none = لم تبق أي دفعة.

# heading · owner · max 34 characters
free-may-title = ما يحق لهذا التطبيق

# text · owner · max 240 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
free-may = إذا بقيت دفعة متأخرة وأُرسلت إشعارات، يحق لشركة { $lender } تقييد هذا الهاتف. لا يقرأ صورًا ولا رسائل ولا أماكن.

# while a dispute runs · owner · max 110 characters
free-dispute = أخبرتنا أن هذا خطأ. لا شيء مقيَّد حتى نجيب.

# primary button · owner · max 11 characters
free-pay = ادفع

# row · owner · max 18 characters
free-check = اسأل الآن مجددًا

# row · owner · max 18 characters
free-call = تحدَّث إلى شخص

# row · owner · max 18 characters
free-help = أسئلة

# row · owner · max 18 characters
free-log = ماذا حدث

# row · owner · max 18 characters
free-settings = الإعدادات

# row · owner · max 18 characters
free-about = عن هذه الشاشة

# above the amount when its day is past · owner · max 24 characters
free-late = دفعة متأخرة

# under the amount when its day is past · owner · max 40 characters
# $date (String) - day it was due, e.g. 3 May
free-late-due = كان موعدها { $date }.
