# review: machine 2026-11-30

# line on top of every page of a sandbox · payer · max 120 characters
lender-sandbox = هذا تدريب: لا ينتقل هنا مال حقيقي. هذه الصفحة تعرض فقط كيف يتم الدفع.

# name of the row of languages, spoken only · payer · max 30 characters
lender-languages = اللغة

# title of the page · payer · max 60 characters
# $payee (String) - who gets the money, e.g. Sandbox Lender
lender-pay-title = الدفع إلى { $payee }

# above the amount · payer · max 40 characters
lender-due = المطلوب الآن

# above the name of who gets the money · payer · max 40 characters
lender-payee = يذهب المال إلى

# under the name · payer · max 90 characters
lender-check = تحقَّق من الاسم. يجب أن يعرض الهاتف الاسم نفسه والمبلغ نفسه.

# under the amount · payer · max 80 characters
# $no (String) - number of the instalment, e.g. 4
# $date (String) - day it was due, e.g. 3 May 2026
lender-due-since = القسط { $no }، كان موعده { $date }

# under the amount, several instalments · payer · max 80 characters
# $count (Number) - how many are due, selects the plural, e.g. 2
# $shown (String) - the same count as text, e.g. 2
# $date (String) - day the first was due, e.g. 3 May 2026
lender-due-several =
    { $count ->
        [zero] { $shown } قسط، أولها كان موعده { $date }
        [one] قسط واحد، كان موعده { $date }
        [two] قسطان، أولهما كان موعده { $date }
        [few] { $shown } أقساط، أولها كان موعده { $date }
        [many] { $shown } قسطًا، أولها كان موعده { $date }
       *[other] { $shown } قسط، أولها كان موعده { $date }
    }

# under the amount, when an agreed fee is part of it · payer · max 80 characters
# $fee (String) - the fee, e.g. Rs. 100.00
lender-fee = منه { $fee } رسم متفق عليه.

# button that pays · payer · max 30 characters
# $amount (String) - sum, e.g. Rs. 3,250.00
lender-pay = ادفع { $amount }

# button that lets the payment fail, sandbox only · payer · max 30 characters
lender-fail = جرِّب دفعة لا تنجح

# in the place of the button, where the money is paid elsewhere · payer · max 120 characters
lender-pay-elsewhere = ادفع كما يقول عقدك، واكتب رقم العقد مع الدفعة.

# heading · payer · max 40 characters
lender-next-heading = ماذا يحدث بعد ذلك

# list under it · payer · max 100 characters
lender-next-receipt = تحصل على إيصال في الصفحة التالية. احتفظ به.

# list under it · payer · max 100 characters
lender-next-release = نخبر الهاتف فورًا بأنك دفعت.

# list under it · payer · max 100 characters
lender-next-unlock = يُفتح الهاتف وحده عندما يتصل بالإنترنت. لا تحتاج إلى رمز.

# heading · payer · max 40 characters
lender-safe-heading = ادفع بأمان

# list under it · payer · max 100 characters
lender-safe-secret = لا نطلب أبدًا رقمًا سريًا أو كلمة مرور أو رمزًا من رسالة.

# list under it · payer · max 100 characters
lender-safe-seller = لا تدفع أبدًا لمن يقول إنه يستطيع فتح الهاتف.

# list under it · payer · max 100 characters
lender-safe-call = لست متأكدًا؟ لا تدفع الآن. اتصل بنا أولًا.

# heading over the sums of the contract · payer · max 40 characters
lender-sums = السعر كله

# one of the sums · payer · max 24 characters
lender-sum-paid = المدفوع حتى الآن

# one of the sums · payer · max 24 characters
lender-sum-left = الباقي

# one of the sums · payer · max 24 characters
lender-sum-total = المجموع

# the bar over the sums, spoken only · payer · max 120 characters
# $paid (String) - paid so far, e.g. Rs. 9,750.00
# $total (String) - price in all, e.g. Rs. 39,000.00
lender-progress = دُفع { $paid } من { $total }

# heading of the table · payer · max 40 characters
lender-instalments = الأقساط

# column, spoken only · payer · max 16 characters
lender-column-no = الرقم

# column, spoken only · payer · max 16 characters
lender-column-due = الموعد

# column, spoken only · payer · max 16 characters
lender-column-amount = المبلغ

# column, spoken only · payer · max 16 characters
lender-column-state = الحالة

# state of an instalment · payer · max 16 characters
lender-state-paid = مدفوع

# state of an instalment · payer · max 16 characters
lender-state-late = مطلوب الآن

# state of an instalment · payer · max 16 characters
lender-state-open = لاحقًا

# state of an instalment of which a part is paid · payer · max 40 characters
# $state (String) - its state, e.g. Due now
# $left (String) - what is left of it, e.g. Rs. 1,250.00
lender-state-part = { $state }، بقي { $left }

# heading when nothing is due · payer · max 60 characters
lender-nothing = لا شيء للدفع الآن

# under it · payer · max 80 characters
# $no (String) - number of the instalment, e.g. 5
# $date (String) - day it is due, e.g. 2 June 2026
# $amount (String) - sum, e.g. Rs. 3,250.00
lender-nothing-next = القسط { $no } بمبلغ { $amount } موعده { $date }.

# heading when the contract is over · payer · max 60 characters
lender-settled = لم يبق شيء للدفع

# under it · payer · max 120 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
lender-settled-free = انتهى هذا العقد. لا يمكن لشركة { $lender } تقييد الهاتف بعد اليوم.

# title after a payment · payer · max 60 characters
lender-paid-title = وصلت الدفعة

# name of the paper · payer · max 30 characters
lender-receipt = إيصال

# row of the receipt · payer · max 24 characters
lender-receipt-amount = المبلغ

# row of the receipt · payer · max 24 characters
lender-receipt-payee = دُفع إلى

# row of the receipt · payer · max 24 characters
lender-receipt-date = تاريخ الدفع

# row of the receipt · payer · max 24 characters
lender-receipt-number = رقم الإيصال

# row of the receipt · payer · max 24 characters
lender-receipt-address = العنوان

# under the receipt · payer · max 120 characters
lender-receipt-keep = احتفظ بهذا الإيصال: احفظ الصفحة أو اطبعها أو اكتب رقمه.

# what happens next, on the receipt · payer · max 120 characters
lender-paid-phone = أخبرنا الهاتف. إذا كان مقيَّدًا فإنه يُفتح وحده عندما يتصل بالإنترنت.

# what happens next, on the receipt · payer · max 120 characters
lender-paid-still = ما زال مقيَّدًا بعد 10 دقائق؟ اتصل بنا واذكر رقم الإيصال.

# title of a receipt whose payment was taken back · payer · max 60 characters
lender-back-title = استُرجعت هذه الدفعة

# row of such a receipt · payer · max 24 characters
lender-back-date = تاريخ الاسترجاع

# what happens next, on such a receipt · payer · max 120 characters
lender-back-owed = يجب دفع المبلغ من جديد. يبقى الهاتف كما هو: ننبهك قبل أي تقييد جديد.

# what to do, on such a receipt · payer · max 120 characters
lender-back-call = لم تطلب ذلك؟ اسأل مصرفك، أو اتصل بنا واذكر رقم الإيصال.

# row of a receipt of which a part was given back · payer · max 24 characters
lender-refund-amount = أُعيد منه

# row of a receipt of which a part was given back · payer · max 24 characters
lender-refund-date = تاريخ الإعادة

# link to the page that shows what is left · payer · max 40 characters
lender-paid-more = اعرض ما بقي للدفع

# heading on top after a failed payment · payer · max 60 characters
lender-failed-title = لم تنجح الدفعة

# under it · payer · max 120 characters
lender-failed = لم يُؤخذ أي مال. يمكنك المحاولة الآن مجددًا. إذا لم تنجح أيضًا فاتصل بنا.

# heading on top when the form was too old · payer · max 60 characters
lender-stale-title = تحقَّق من المبلغ مجددًا

# under it · payer · max 120 characters
lender-stale = ظلت هذه الصفحة مفتوحة طويلًا أو تغيَّر المبلغ. لم يُؤخذ أي مال. يمكنك الدفع الآن.

# title of an unknown link · payer · max 60 characters
lender-unknown-title = هذا الرابط لا يعمل

# what to do, on the page of an unknown link · payer · max 100 characters
lender-unknown-spelling = قارن العنوان بالعنوان الظاهر على الهاتف حرفًا حرفًا.

# what to do, on the page of an unknown link · payer · max 100 characters
lender-unknown-newer = قد يكون الرابط قديمًا. افتح «ادفع» على الهاتف: يظهر هناك أحدث رابط.

# what to do, on the page of an unknown link · payer · max 100 characters
lender-unknown-sent = هل أرسل لك أحد هذا الرابط؟ لا تدفع. استخدم الرابط الظاهر على الهاتف.

# title when something went wrong with us · payer · max 60 characters
lender-trouble-title = حدث خطأ لدينا

# what to do, when something went wrong with us · payer · max 120 characters
lender-trouble-once = لا تدفع مرتين أبدًا. افتح صفحة الدفع مجددًا: تعرض ما بقي للدفع.

# what to do, when something went wrong with us · payer · max 100 characters
# $number (String) - number of the request, e.g. K7QF92MD4XTP
lender-trouble-number = هل تكرر ذلك؟ اتصل بنا واذكر هذا الرقم: { $number }

# heading over the hotline on every page · payer · max 60 characters
lender-contact = تحدَّث إلى شخص

# the hotline's hours · payer · max 80 characters
# $hours (String) - when somebody answers, as the lender writes it, e.g. Mon–Fri 9–17
lender-hours = ساعات العمل: { $hours }

# the lender's licence, at the foot · payer · max 60 characters
# $licence (String) - its number, e.g. SANDBOX-0000
lender-licence = الترخيص { $licence }

# said by the hotline before a code · owner · max 120 characters
lender-code-where = المس «بلا إنترنت؟» على الهاتف. استمع إلى الرمز واكتبه هناك.

# said by the hotline right before the digits · owner · max 60 characters
lender-code-digits = هذا هو الرمز، أربعة أرقام كل مرة:

# said by the hotline after a code of slot 1 to 3 · owner · max 100 characters
lender-code-opens = يفتح الهاتف 3 أيام. المبلغ ما زال مطلوبًا.

# said by the hotline after a code of slot 4 · owner · max 100 characters
lender-code-ends = ينهي هذا القيد.

# said by the hotline at the end · owner · max 100 characters
lender-code-once = يعمل مرة واحدة وعلى هذا الهاتف فقط. وهو مجاني.
