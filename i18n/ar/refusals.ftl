# review: machine 2026-11-25

# log and notices · owner · max 80 characters
refusal-e-too-large = كان أمرٌ أطول من المسموح.

# next step of it · owner · max 100 characters
refusal-e-too-large-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-e-shape = كان شكل أمرٍ خاطئًا.

# next step of it · owner · max 100 characters
refusal-e-shape-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-e-base64 = لم يمكن قراءة أمر.

# next step of it · owner · max 100 characters
refusal-e-base64-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-e-header = كانت مقدمة أمرٍ خاطئة.

# next step of it · owner · max 100 characters
refusal-e-header-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-e-alg = وُقِّع أمر بطريقة لا يثق بها هذا الهاتف.

# next step of it · owner · max 100 characters
refusal-e-alg-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-e-typ = كان أمر من نوع لا يعرفه هذا الهاتف.

# next step of it · owner · max 100 characters
refusal-e-typ-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-e-kid = وُقِّع أمر بمفتاح لا يُعتد به.

# next step of it · owner · max 100 characters
refusal-e-kid-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-e-role = وُقِّع أمر بمفتاح مخصص لأمور أخرى.

# next step of it · owner · max 100 characters
refusal-e-role-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-e-signature = كان توقيع أمرٍ مزورًا.

# next step of it · owner · max 100 characters
refusal-e-signature-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-e-claims = قال أمرٌ ما لا يقبله هذا الهاتف.

# next step of it · owner · max 100 characters
refusal-e-claims-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-b-aud = لم يكن أمرٌ موجهًا إلى الهواتف.

# next step of it · owner · max 100 characters
refusal-b-aud-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-b-iss = جاء أمر من جهة تمويل أخرى.

# next step of it · owner · max 100 characters
refusal-b-iss-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-b-sub = كان أمر موجهًا إلى هاتف آخر.

# next step of it · owner · max 100 characters
refusal-b-sub-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-f-no-anchor = جاء أمر قبل أن يعرف هذا الهاتف الوقت.

# next step of it · owner · max 100 characters
refusal-f-no-anchor-next = سيسأل عن الوقت ثم يحاول مجددًا.

# log and notices · owner · max 80 characters
refusal-f-iat-future = كان تاريخ أمرٍ في المستقبل.

# next step of it · owner · max 100 characters
refusal-f-iat-future-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-f-expired = كان أمرٌ قديمًا جدًا.

# next step of it · owner · max 100 characters
refusal-f-expired-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-f-keys-expired = انتهت مدة مفاتيح جهة التمويل.

# next step of it · owner · max 100 characters
refusal-f-keys-expired-next = على جهة التمويل أن تجددها. حتى ذلك الحين لا قيد جديد على هاتفك.

# log and notices · owner · max 80 characters
refusal-f-terms-stale = جاءت مبالغ قديمة بعد الأحدث.

# next step of it · owner · max 100 characters
refusal-f-terms-stale-next = تبقى المبالغ الأحدث.

# log and notices · owner · max 80 characters
refusal-f-jti-seen = أُعطي هذا الوقت الإضافي من قبل.

# next step of it · owner · max 100 characters
refusal-f-jti-seen-next = اتصل إذا وُعدت بأكثر.

# log and notices · owner · max 80 characters
refusal-f-nonce = جاء جواب لم يسأل عنه هذا الهاتف.

# next step of it · owner · max 100 characters
refusal-f-nonce-next = سيسأل مجددًا.

# log and notices · owner · max 80 characters
refusal-s-settled = دُفع كل شيء. لا أمر يُعتد به بعد الآن.

# next step of it · owner · max 100 characters
refusal-s-settled-next = هذا الهاتف لك. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-s-lock-superseded = أُرسل قيد قديم مرة أخرى.

# next step of it · owner · max 100 characters
refusal-s-lock-superseded-next = يبقى مرفوعًا. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-s-lock-far = كان لقيدٍ رقم لا يمكن أن يكون صحيحًا.

# next step of it · owner · max 100 characters
refusal-s-lock-far-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-s-lock-unknown = جاء وقت إضافي لقيد غير موجود هنا.

# next step of it · owner · max 100 characters
refusal-s-lock-unknown-next = سيحاول هذا الهاتف لاحقًا.

# log and notices · owner · max 80 characters
refusal-s-open = الهاتف مفتوح لوقت موعود.

# next step of it · owner · max 100 characters
refusal-s-open-next = الوعد قائم. قد تطلب جهة التمويل ذلك لاحقًا.

# log and notices · owner · max 80 characters
refusal-s-plan = لديك خطة جديدة لهذه الدفعة.

# next step of it · owner · max 100 characters
refusal-s-plan-next = الخطة هي المعتمدة. الدفعة القديمة لا تقيّد هاتفك.

# log and notices · owner · max 80 characters
refusal-s-notice-missing = إشعار يجب أن يسبق غير موجود هنا.

# next step of it · owner · max 100 characters
refusal-s-notice-missing-next = ينتظره هذا الهاتف. وحتى ذلك الحين يبقى مفتوحًا.

# log and notices · owner · max 80 characters
refusal-s-notice-used = كان ذلك الإشعار لدفعة دفعتها.

# next step of it · owner · max 100 characters
refusal-s-notice-used-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-k-shape = كان شكل المفاتيح الجديدة خاطئًا.

# next step of it · owner · max 100 characters
refusal-k-shape-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-k-threshold = وقَّع المفاتيح الجديدة عدد قليل جدًا.

# next step of it · owner · max 100 characters
refusal-k-threshold-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-k-dup-signer = وقَّع الشخص نفسه المفاتيح الجديدة مرتين.

# next step of it · owner · max 100 characters
refusal-k-dup-signer-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-k-root-unknown = وقَّع غريبٌ المفاتيح الجديدة.

# next step of it · owner · max 100 characters
refusal-k-root-unknown-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-k-version-rollback = جاءت مفاتيح قديمة بعد الأحدث.

# next step of it · owner · max 100 characters
refusal-k-version-rollback-next = تبقى المفاتيح الأحدث.

# log and notices · owner · max 80 characters
refusal-k-version-gap = تنقص خطوة من المفاتيح الجديدة.

# next step of it · owner · max 100 characters
refusal-k-version-gap-next = سيطلبها هذا الهاتف.

# log and notices · owner · max 80 characters
refusal-k-void-dropped = أعادت المفاتيح الجديدة مفتاحًا أُلغي.

# next step of it · owner · max 100 characters
refusal-k-void-dropped-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-k-weak-key = كانت المفاتيح الجديدة ضعيفة جدًا.

# next step of it · owner · max 100 characters
refusal-k-weak-key-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-t-pay-host = عنوان الدفع ليس من عناوين جهة التمويل.

# next step of it · owner · max 100 characters
refusal-t-pay-host-next = لا تستخدم ذلك العنوان. اتصل واسأل كيف تدفع.

# log and notices · owner · max 80 characters
refusal-t-pay-qr = رمز الدفع لا يوافق الاسم والمبلغ.

# next step of it · owner · max 100 characters
refusal-t-pay-qr-next = لا تستخدم ذلك الرمز. اتصل واسأل كيف تدفع.

# log and notices · owner · max 80 characters
refusal-p-unknown-market = لا قواعد معروفة لهذا البلد.

# next step of it · owner · max 100 characters
refusal-p-unknown-market-next = لذلك لا شيء يستطيع تقييد هاتفك هنا.

# log and notices · owner · max 80 characters
refusal-p-not-allowed = القواعد هنا لا تسمح بهذا القيد.

# next step of it · owner · max 100 characters
refusal-p-not-allowed-next = يبقى هاتفك كما هو. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-needs = تنقص ورقة تطلبها القواعد.

# next step of it · owner · max 100 characters
refusal-p-needs-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-profile = ذكر قيدٌ قواعد غير التي في عقدك.

# next step of it · owner · max 100 characters
refusal-p-profile-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-agreement = ذكر قيدٌ عقدًا غير عقدك.

# next step of it · owner · max 100 characters
refusal-p-agreement-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-evidence = الإشعارات والقيد لا تتوافق.

# next step of it · owner · max 100 characters
refusal-p-evidence-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-days = لم تتأخر الدفعة بما يكفي لقيد.

# next step of it · owner · max 100 characters
refusal-p-days-next = ما زال لديك وقت. ادفع قريبًا أو اتصل.

# log and notices · owner · max 80 characters
refusal-p-notice-count = إشعار يجب أن يسبق لم يُرسل.

# next step of it · owner · max 100 characters
refusal-p-notice-count-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-notice-early = أُرسل إشعار مبكرًا جدًا.

# next step of it · owner · max 100 characters
refusal-p-notice-early-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-notice-order = جاءت الإشعارات متقاربة جدًا.

# next step of it · owner · max 100 characters
refusal-p-notice-order-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-notice-modes = لم تُرسل الإشعارات بطرق كافية.

# next step of it · owner · max 100 characters
refusal-p-notice-modes-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-notice-gap = مضى وقت قليل جدًا بعد إشعار.

# next step of it · owner · max 100 characters
refusal-p-notice-gap-next = ما زال لديك وقت. ادفع قريبًا أو اتصل.

# log and notices · owner · max 80 characters
refusal-p-level = كان القيد أشد من المسموح.

# next step of it · owner · max 100 characters
refusal-p-level-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-p-hours = لم تكن ساعة يجوز فيها تقييد هاتف.

# next step of it · owner · max 100 characters
refusal-p-hours-next = قد تطلب جهة التمويل ذلك لاحقًا. ادفع قريبًا أو اتصل.

# log and notices · owner · max 80 characters
refusal-c-check-digit = رقم واحد من الرمز خاطئ.

# next step of it · owner · max 100 characters
refusal-c-check-digit-next = انظر إلى الأرقام واكتبها مجددًا.

# log and notices · owner · max 80 characters
refusal-c-wrong = هذا الرمز غير صحيح.

# next step of it · owner · max 100 characters
refusal-c-wrong-next = اطلب من جهة التمويل قراءته مجددًا.

# log and notices · owner · max 80 characters
refusal-c-wait = محاولات كثيرة جدًا.

# next step of it · owner · max 100 characters
refusal-c-wait-next = انتظر قليلًا، ثم حاول مجددًا.

# log and notices · owner · max 80 characters
refusal-c-used = استُخدم هذا الرمز من قبل.

# next step of it · owner · max 100 characters
refusal-c-used-next = اطلب رمزًا جديدًا.

# log and notices · owner · max 80 characters
refusal-c-closed = لا يمكن كتابة رمز الآن.

# next step of it · owner · max 100 characters
refusal-c-closed-next = اتصل مرة بشبكة Wi-Fi أو بيانات الهاتف، ثم حاول مجددًا.

# log and notices · owner · max 80 characters
refusal-n-no-effect = جاء أمر نُفِّذ من قبل.

# next step of it · owner · max 100 characters
refusal-n-no-effect-next = لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-m-not-locked = هذا الهاتف غير مقيَّد.

# next step of it · owner · max 100 characters
refusal-m-not-locked-next = لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-m-open = هاتفك مفتوح أصلًا.

# next step of it · owner · max 100 characters
refusal-m-open-next = لا يلزمك فعل شيء.

# log and notices · owner · max 80 characters
refusal-w-spent = انتهت الدقائق العشر للصور.

# next step of it · owner · max 100 characters
refusal-w-spent-next = صورك تبقى بأمان في هذا الهاتف. الدفع يفتحه.

# log and notices · owner · max 80 characters
refusal-o-used = استُخدم الفتح الطارئ.

# next step of it · owner · max 100 characters
refusal-o-used-next = مكالمات الطوارئ تعمل في كل وقت.

# log and notices · owner · max 80 characters
refusal-o-not-granted = القواعد هنا لا تمنح فتحًا طارئًا.

# next step of it · owner · max 100 characters
refusal-o-not-granted-next = مكالمات الطوارئ تعمل في كل وقت.

# log and notices · owner · max 80 characters
refusal-d-already = أخبرتنا من قبل أن هذا خطأ.

# next step of it · owner · max 100 characters
refusal-d-already-next = انتظر الجواب أو اتصل.

# log and notices · owner · max 80 characters
refusal-a-offline = لا توجد شبكة.

# next step of it · owner · max 100 characters
refusal-a-offline-next = شغِّل Wi-Fi أو بيانات الهاتف.

# log and notices · owner · max 80 characters
refusal-a-tls = الاتصال غير آمن.

# next step of it · owner · max 100 characters
refusal-a-tls-next = جرِّب شبكة Wi-Fi أخرى. سيسأل هذا الهاتف وحده مجددًا.

# log and notices · owner · max 80 characters
refusal-a-tls-time = قد تكون ساعة الهاتف خاطئة.

# next step of it · owner · max 100 characters
refusal-a-tls-time-next = اضبط التاريخ والوقت في الإعدادات.

# log and notices · owner · max 80 characters
refusal-a-wrong-server = أجاب شيء آخر، لا جهة التمويل.

# next step of it · owner · max 100 characters
refusal-a-wrong-server-next = جرِّب شبكة Wi-Fi أخرى، أو سجِّل الدخول إلى هذه.

# log and notices · owner · max 80 characters
refusal-a-http = في خادم جهة التمويل مشكلة.

# next step of it · owner · max 100 characters
refusal-a-http-next = لا يلزمك فعل شيء. سيسأل هذا الهاتف وحده مجددًا.

# log and notices · owner · max 80 characters
refusal-a-disk-full = ذاكرة الهاتف ممتلئة.

# next step of it · owner · max 100 characters
refusal-a-disk-full-next = لا يلزمك فعل شيء. مكالمات الطوارئ والدفع وفتح الهاتف ما زالت تعمل.

# log and notices · owner · max 80 characters
refusal-a-unreadable = لا يمكن قراءة ملف لهذا التطبيق.

# next step of it · owner · max 100 characters
refusal-a-unreadable-next = أطفئ الهاتف وشغِّله. إذا استمر ذلك، فاتصل.

# log and notices · owner · max 80 characters
refusal-a-store-busy = هذا التطبيق يعمل مرتين.

# next step of it · owner · max 100 characters
refusal-a-store-busy-next = أطفئ الهاتف وشغِّله.

# log and notices · owner · max 80 characters
refusal-a-enrol-code = لم يُقبل رمز المتجر.

# next step of it · owner · max 100 characters
refusal-a-enrol-code-next = اطلب رمزًا جديدًا من المتجر.

# log and notices · owner · max 80 characters
refusal-a-not-provisioned = هذا الهاتف غير مجهَّز لجهة تمويل.

# next step of it · owner · max 100 characters
refusal-a-not-provisioned-next = لا يلزمك فعل شيء. لا شيء هنا يستطيع تقييده.
