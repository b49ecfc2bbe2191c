# review: machine 2026-11-30

lender-sandbox = هذا تدريب: لا ينتقل هنا مال حقيقي. هذه الصفحة تعرض فقط كيف يتم الدفع.

lender-languages = اللغة

lender-pay-title = الدفع إلى { $payee }

lender-due = المطلوب الآن

lender-payee = يذهب المال إلى

lender-check = تحقَّق من الاسم. يجب أن يعرض الهاتف الاسم نفسه والمبلغ نفسه.

lender-due-since = القسط { $no }، كان موعده { $date }

lender-due-several =
    { $count ->
        [zero] { $shown } قسط، أولها كان موعده { $date }
        [one] قسط واحد، كان موعده { $date }
        [two] قسطان، أولهما كان موعده { $date }
        [few] { $shown } أقساط، أولها كان موعده { $date }
        [many] { $shown } قسطًا، أولها كان موعده { $date }
       *[other] { $shown } قسط، أولها كان موعده { $date }
    }

lender-fee = منه { $fee } رسم متفق عليه.

lender-pay = ادفع { $amount }

lender-fail = جرِّب دفعة لا تنجح

lender-next-heading = ماذا يحدث بعد ذلك

lender-next-receipt = تحصل على إيصال في الصفحة التالية. احتفظ به.

lender-next-release = نخبر الهاتف فورًا بأنك دفعت.

lender-next-unlock = يُفتح الهاتف وحده عندما يتصل بالإنترنت. لا تحتاج إلى رمز.

lender-safe-heading = ادفع بأمان

lender-safe-secret = لا نطلب أبدًا رقمًا سريًا أو كلمة مرور أو رمزًا من رسالة.

lender-safe-seller = لا تدفع أبدًا لمن يقول إنه يستطيع فتح الهاتف.

lender-safe-call = لست متأكدًا؟ لا تدفع الآن. اتصل بنا أولًا.

lender-sums = السعر كله

lender-sum-paid = المدفوع حتى الآن

lender-sum-left = الباقي

lender-sum-total = المجموع

lender-progress = دُفع { $paid } من { $total }

lender-instalments = الأقساط

lender-column-no = الرقم

lender-column-due = الموعد

lender-column-amount = المبلغ

lender-column-state = الحالة

lender-state-paid = مدفوع

lender-state-late = مطلوب الآن

lender-state-open = لاحقًا

lender-state-part = { $state }، بقي { $left }

lender-nothing = لا شيء للدفع الآن

lender-nothing-next = القسط { $no } بمبلغ { $amount } موعده { $date }.

lender-settled = لم يبق شيء للدفع

lender-settled-free = انتهى هذا العقد. لا يمكن لشركة { $lender } تقييد الهاتف بعد اليوم.

lender-paid-title = وصلت الدفعة

lender-receipt = إيصال

lender-receipt-amount = المبلغ

lender-receipt-payee = دُفع إلى

lender-receipt-date = تاريخ الدفع

lender-receipt-number = رقم الإيصال

lender-receipt-address = العنوان

lender-receipt-keep = احتفظ بهذا الإيصال: احفظ الصفحة أو اطبعها أو اكتب رقمه.

lender-paid-phone = أخبرنا الهاتف. إذا كان مقيَّدًا فإنه يُفتح وحده عندما يتصل بالإنترنت.

lender-paid-still = ما زال مقيَّدًا بعد 10 دقائق؟ اتصل بنا واذكر رقم الإيصال.

lender-back-title = استُرجعت هذه الدفعة

lender-back-date = تاريخ الاسترجاع

lender-back-owed = يجب دفع المبلغ من جديد. يبقى الهاتف كما هو: ننبهك قبل أي تقييد جديد.

lender-back-call = لم تطلب ذلك؟ اسأل مصرفك، أو اتصل بنا واذكر رقم الإيصال.

lender-refund-amount = أُعيد منه

lender-refund-date = تاريخ الإعادة

lender-paid-more = اعرض ما بقي للدفع

lender-failed-title = لم تنجح الدفعة

lender-failed = لم يُؤخذ أي مال. يمكنك المحاولة الآن مجددًا. إذا لم تنجح أيضًا فاتصل بنا.

lender-stale-title = تحقَّق من المبلغ مجددًا

lender-stale = ظلت هذه الصفحة مفتوحة طويلًا أو تغيَّر المبلغ. لم يُؤخذ أي مال. يمكنك الدفع الآن.

lender-unknown-title = هذا الرابط لا يعمل

lender-unknown-spelling = قارن العنوان بالعنوان الظاهر على الهاتف حرفًا حرفًا.

lender-unknown-newer = قد يكون الرابط قديمًا. افتح «ادفع» على الهاتف: يظهر هناك أحدث رابط.

lender-unknown-sent = هل أرسل لك أحد هذا الرابط؟ لا تدفع. استخدم الرابط الظاهر على الهاتف.

lender-trouble-title = حدث خطأ لدينا

lender-trouble-once = لا تدفع مرتين أبدًا. افتح صفحة الدفع مجددًا: تعرض ما بقي للدفع.

lender-trouble-number = هل تكرر ذلك؟ اتصل بنا واذكر هذا الرقم: { $number }

lender-contact = تحدَّث إلى شخص

lender-hours = ساعات العمل: { $hours }

lender-licence = الترخيص { $licence }

lender-code-where = المس «بلا إنترنت؟» على الهاتف. استمع إلى الرمز واكتبه هناك.

lender-code-digits = هذا هو الرمز، أربعة أرقام كل مرة:

lender-code-opens = يفتح الهاتف 3 أيام. المبلغ ما زال مطلوبًا.

lender-code-ends = ينهي هذا القيد.

lender-code-once = يعمل مرة واحدة وعلى هذا الهاتف فقط. وهو مجاني.
