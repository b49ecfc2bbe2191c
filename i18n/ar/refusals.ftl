# review: machine 2026-11-25

refusal-e-too-large = كان أمرٌ أطول من المسموح.

refusal-e-too-large-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-e-shape = كان شكل أمرٍ خاطئًا.

refusal-e-shape-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-e-base64 = لم يمكن قراءة أمر.

refusal-e-base64-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-e-header = كانت مقدمة أمرٍ خاطئة.

refusal-e-header-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-e-alg = وُقِّع أمر بطريقة لا يثق بها هذا الهاتف.

refusal-e-alg-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-e-typ = كان أمر من نوع لا يعرفه هذا الهاتف.

refusal-e-typ-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-e-kid = وُقِّع أمر بمفتاح لا يُعتد به.

refusal-e-kid-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-e-role = وُقِّع أمر بمفتاح مخصص لأمور أخرى.

refusal-e-role-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-e-signature = كان توقيع أمرٍ مزورًا.

refusal-e-signature-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-e-claims = قال أمرٌ ما لا يقبله هذا الهاتف.

refusal-e-claims-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-b-aud = لم يكن أمرٌ موجهًا إلى الهواتف.

refusal-b-aud-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-b-iss = جاء أمر من جهة تمويل أخرى.

refusal-b-iss-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-b-sub = كان أمر موجهًا إلى هاتف آخر.

refusal-b-sub-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-f-no-anchor = جاء أمر قبل أن يعرف هذا الهاتف الوقت.

refusal-f-no-anchor-next = سيسأل عن الوقت ثم يحاول مجددًا.

refusal-f-iat-future = كان تاريخ أمرٍ في المستقبل.

refusal-f-iat-future-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-f-expired = كان أمرٌ قديمًا جدًا.

refusal-f-expired-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-f-keys-expired = انتهت مدة مفاتيح جهة التمويل.

refusal-f-keys-expired-next = على جهة التمويل أن تجددها. حتى ذلك الحين لا قيد جديد على هاتفك.

refusal-f-terms-stale = جاءت مبالغ قديمة بعد الأحدث.

refusal-f-terms-stale-next = تبقى المبالغ الأحدث.

refusal-f-jti-seen = أُعطي هذا الوقت الإضافي من قبل.

refusal-f-jti-seen-next = اتصل إذا وُعدت بأكثر.

refusal-f-nonce = جاء جواب لم يسأل عنه هذا الهاتف.

refusal-f-nonce-next = سيسأل مجددًا.

refusal-s-settled = دُفع كل شيء. لا أمر يُعتد به بعد الآن.

refusal-s-settled-next = هذا الهاتف لك. لا يلزمك فعل شيء.

refusal-s-lock-superseded = أُرسل قيد قديم مرة أخرى.

refusal-s-lock-superseded-next = يبقى مرفوعًا. لا يلزمك فعل شيء.

refusal-s-lock-far = كان لقيدٍ رقم لا يمكن أن يكون صحيحًا.

refusal-s-lock-far-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-s-lock-unknown = جاء وقت إضافي لقيد غير موجود هنا.

refusal-s-lock-unknown-next = سيحاول هذا الهاتف لاحقًا.

refusal-s-open = الهاتف مفتوح لوقت موعود.

refusal-s-open-next = الوعد قائم. قد تطلب جهة التمويل ذلك لاحقًا.

refusal-s-plan = لديك خطة جديدة لهذه الدفعة.

refusal-s-plan-next = الخطة هي المعتمدة. الدفعة القديمة لا تقيّد هاتفك.

refusal-s-notice-missing = إشعار يجب أن يسبق غير موجود هنا.

refusal-s-notice-missing-next = ينتظره هذا الهاتف. وحتى ذلك الحين يبقى مفتوحًا.

refusal-s-notice-used = كان ذلك الإشعار لدفعة دفعتها.

refusal-s-notice-used-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-k-shape = كان شكل المفاتيح الجديدة خاطئًا.

refusal-k-shape-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-k-threshold = وقَّع المفاتيح الجديدة عدد قليل جدًا.

refusal-k-threshold-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-k-dup-signer = وقَّع الشخص نفسه المفاتيح الجديدة مرتين.

refusal-k-dup-signer-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-k-root-unknown = وقَّع غريبٌ المفاتيح الجديدة.

refusal-k-root-unknown-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-k-version-rollback = جاءت مفاتيح قديمة بعد الأحدث.

refusal-k-version-rollback-next = تبقى المفاتيح الأحدث.

refusal-k-version-gap = تنقص خطوة من المفاتيح الجديدة.

refusal-k-version-gap-next = سيطلبها هذا الهاتف.

refusal-k-void-dropped = أعادت المفاتيح الجديدة مفتاحًا أُلغي.

refusal-k-void-dropped-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-k-weak-key = كانت المفاتيح الجديدة ضعيفة جدًا.

refusal-k-weak-key-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-t-pay-host = عنوان الدفع ليس من عناوين جهة التمويل.

refusal-t-pay-host-next = لا تستخدم ذلك العنوان. اتصل واسأل كيف تدفع.

refusal-t-pay-qr = رمز الدفع لا يوافق الاسم والمبلغ.

refusal-t-pay-qr-next = لا تستخدم ذلك الرمز. اتصل واسأل كيف تدفع.

refusal-p-unknown-market = لا قواعد معروفة لهذا البلد.

refusal-p-unknown-market-next = لذلك لا شيء يستطيع تقييد هاتفك هنا.

refusal-p-not-allowed = القواعد هنا لا تسمح بهذا القيد.

refusal-p-not-allowed-next = يبقى هاتفك كما هو. لا يلزمك فعل شيء.

refusal-p-needs = تنقص ورقة تطلبها القواعد.

refusal-p-needs-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-p-profile = ذكر قيدٌ قواعد غير التي في عقدك.

refusal-p-profile-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-p-agreement = ذكر قيدٌ عقدًا غير عقدك.

refusal-p-agreement-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-p-evidence = الإشعارات والقيد لا تتوافق.

refusal-p-evidence-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-p-days = لم تتأخر الدفعة بما يكفي لقيد.

refusal-p-days-next = ما زال لديك وقت. ادفع قريبًا أو اتصل.

refusal-p-notice-count = إشعار يجب أن يسبق لم يُرسل.

refusal-p-notice-count-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-p-notice-early = أُرسل إشعار مبكرًا جدًا.

refusal-p-notice-early-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-p-notice-order = جاءت الإشعارات متقاربة جدًا.

refusal-p-notice-order-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-p-notice-modes = لم تُرسل الإشعارات بطرق كافية.

refusal-p-notice-modes-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-p-notice-gap = مضى وقت قليل جدًا بعد إشعار.

refusal-p-notice-gap-next = ما زال لديك وقت. ادفع قريبًا أو اتصل.

refusal-p-level = كان القيد أشد من المسموح.

refusal-p-level-next = لم يتغير شيء في هذا الهاتف. لا يلزمك فعل شيء.

refusal-p-hours = لم تكن ساعة يجوز فيها تقييد هاتف.

refusal-p-hours-next = قد تطلب جهة التمويل ذلك لاحقًا. ادفع قريبًا أو اتصل.

refusal-c-check-digit = رقم واحد من الرمز خاطئ.

refusal-c-check-digit-next = انظر إلى الأرقام واكتبها مجددًا.

refusal-c-wrong = هذا الرمز غير صحيح.

refusal-c-wrong-next = اطلب من جهة التمويل قراءته مجددًا.

refusal-c-wait = محاولات كثيرة جدًا.

refusal-c-wait-next = انتظر قليلًا، ثم حاول مجددًا.

refusal-c-used = استُخدم هذا الرمز من قبل.

refusal-c-used-next = اطلب رمزًا جديدًا.

refusal-c-closed = لا يمكن كتابة رمز الآن.

refusal-c-closed-next = اتصل مرة بشبكة Wi-Fi أو بيانات الهاتف، ثم حاول مجددًا.

refusal-n-no-effect = جاء أمر نُفِّذ من قبل.

refusal-n-no-effect-next = لا يلزمك فعل شيء.

refusal-m-not-locked = هذا الهاتف غير مقيَّد.

refusal-m-not-locked-next = لا يلزمك فعل شيء.

refusal-m-open = هاتفك مفتوح أصلًا.

refusal-m-open-next = لا يلزمك فعل شيء.

refusal-w-spent = انتهت الدقائق العشر للصور.

refusal-w-spent-next = صورك تبقى بأمان في هذا الهاتف. الدفع يفتحه.

refusal-o-used = استُخدم الفتح الطارئ.

refusal-o-used-next = مكالمات الطوارئ تعمل في كل وقت.

refusal-o-not-granted = القواعد هنا لا تمنح فتحًا طارئًا.

refusal-o-not-granted-next = مكالمات الطوارئ تعمل في كل وقت.

refusal-d-already = أخبرتنا من قبل أن هذا خطأ.

refusal-d-already-next = انتظر الجواب أو اتصل.

refusal-a-offline = لا توجد شبكة.

refusal-a-offline-next = شغِّل Wi-Fi أو بيانات الهاتف.

refusal-a-tls = الاتصال غير آمن.

refusal-a-tls-next = جرِّب شبكة Wi-Fi أخرى. سيسأل هذا الهاتف وحده مجددًا.

refusal-a-tls-time = قد تكون ساعة الهاتف خاطئة.

refusal-a-tls-time-next = اضبط التاريخ والوقت في الإعدادات.

refusal-a-wrong-server = أجاب شيء آخر، لا جهة التمويل.

refusal-a-wrong-server-next = جرِّب شبكة Wi-Fi أخرى، أو سجِّل الدخول إلى هذه.

refusal-a-http = في خادم جهة التمويل مشكلة.

refusal-a-http-next = لا يلزمك فعل شيء. سيسأل هذا الهاتف وحده مجددًا.

refusal-a-disk-full = ذاكرة الهاتف ممتلئة.

refusal-a-disk-full-next = لا يلزمك فعل شيء. مكالمات الطوارئ والدفع وفتح الهاتف ما زالت تعمل.

refusal-a-unreadable = لا يمكن قراءة ملف لهذا التطبيق.

refusal-a-unreadable-next = أطفئ الهاتف وشغِّله. إذا استمر ذلك، فاتصل.

refusal-a-store-busy = هذا التطبيق يعمل مرتين.

refusal-a-store-busy-next = أطفئ الهاتف وشغِّله.

refusal-a-enrol-code = لم يُقبل رمز المتجر.

refusal-a-enrol-code-next = اطلب رمزًا جديدًا من المتجر.

refusal-a-not-provisioned = هذا الهاتف غير مجهَّز لجهة تمويل.

refusal-a-not-provisioned-next = لا يلزمك فعل شيء. لا شيء هنا يستطيع تقييده.
