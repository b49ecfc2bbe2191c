# review: machine 2026-11-25

pay-title = ادفع

pay-check-name = تحقَّق من الاسم قبل الدفع.

pay-scan = امسح الرمز بهاتف آخر، أو اعرضه في نقطة دفع.

pay-code = رمز الدفع. امسحه بهاتف آخر، أو افتح العنوان أدناه.

pay-address = أو افتح هذا العنوان على هاتف آخر:

pay-reference = رقم دفعتك

pay-opens = الدفع يفتح هذا الهاتف. لا تحتاج إلى رمز من أحد.

pay-never = هذه الشاشة لا تطلب أبدًا رقم بطاقة أو رقمًا سريًا أو كلمة مرور.

pay-progress = دفعت { $paid } من { $total }. بقي { $left }.

pay-as-of = حتى { $when }

pay-refused = لا يمكن عرض رمز آمن الآن.

pay-refused-next = اتصل واسأل كيف تدفع. ثق فقط بالرقم في الصفحة التالية.

pay-paid = لقد دفعت

pay-call = اتصل

pay-row-call = تحدَّث إلى شخص

pay-row-safe = هل هذا آمن؟
