# review: machine 2026-11-25

# title · owner · max 28 characters
pay-title = ادفع

# under the code · owner · max 44 characters
pay-check-name = تحقَّق من الاسم قبل الدفع.

# under the code · owner · max 80 characters
pay-scan = صوِّر الرمز بهاتف آخر، أو اعرضه في نقطة دفع.

# the code itself, spoken only · owner · max 120 characters
pay-code = رمز الدفع. صوِّره بهاتف آخر، أو افتح العنوان أدناه.

# above the address · owner · max 60 characters
pay-address = أو افتح هذا العنوان على هاتف آخر:

# above the reference · owner · max 34 characters
pay-reference = رقم دفعتك

# under the reference · owner · max 90 characters
pay-opens = الدفع يفتح هذا الهاتف. لا تحتاج إلى رمز فتح من أحد.

# near the end · owner · max 110 characters
pay-never = هذه الشاشة لا تطلب أبدًا رقم بطاقة أو رقمًا سريًا أو كلمة مرور.

# near the end · owner · max 80 characters
# $paid (String) - paid so far, e.g. Rs 9,750.00
# $total (String) - price in all, e.g. Rs 39,000.00
# $left (String) - left to pay, e.g. Rs 29,250.00
pay-progress = دفعت { $paid } من { $total }. بقي { $left }.

# beside the amount when it is not fresh · owner · max 24 characters
# $when (String) - day or clock time, e.g. 09:40
pay-as-of = حتى { $when }

# in place of the code when none may be shown · owner · max 60 characters
pay-refused = لا يمكن عرض رمز آمن الآن.

# under it · owner · max 90 characters
pay-refused-next = المس «اتصل» واسأل كيف تدفع. استخدم فقط الرقم الظاهر هناك.

# primary button · owner · max 11 characters
pay-paid = لقد دفعت

# primary button when no code may be shown · owner · max 11 characters
pay-call = اتصل

# row · owner · max 18 characters
pay-row-call = تحدَّث إلى شخص

# row · owner · max 18 characters
pay-row-safe = هل هذا آمن؟

# above the rows, while it was not said yet · owner · max 110 characters
pay-once = لا تلمس «لقد دفعت» إلا بعد أن تدفع. هذا يعمل مرة واحدة.
