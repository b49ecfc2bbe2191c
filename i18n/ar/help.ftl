# review: machine 2026-11-25

# title · owner · max 28 characters
help-title = أسئلة

# question · owner · max 34 characters
help-q-virus = هل هذا فيروس؟

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-virus =
    لا. هذا ليس فيروسًا.
    أنت تشتري هذا الهاتف من { $lender } بالتقسيط. تأخرت دفعة، لذلك الهاتف مقيَّد. الدفع يفتح الهاتف.

# question · owner · max 34 characters
help-q-open = كيف أفتح هاتفي؟

# answer · owner · max 400 characters
help-a-open =
    المس «ادفع». صوِّر الرمز بهاتف آخر، أو اعرضه في نقطة دفع.

    يُفتح الهاتف وحده. لا تحتاج إلى رمز فتح ولا متجر ولا فني.

    هل دفعت؟ المس إذن «لقد دفعت». يمكنك هذا مرة واحدة. لا جواب خلال 60 دقيقة؟ يُفتح هاتفك 24 ساعة.

# question · owner · max 34 characters
help-q-works = ما الذي يعمل الآن؟

# answer · owner · max 400 characters
help-a-works =
    مكالمات الطوارئ والمكالمات الواردة. التنبيهات العامة. الاتصال بجهة التمويل.
    Wi-Fi وبيانات الهاتف. اللغة وحجم الخط وقارئ الشاشة والصوت. يمكنك إطفاء الهاتف.
    يمكنك نسخ صورك لمدة 10 دقائق.

# question · owner · max 34 characters
help-q-allowed = هل هذا مسموح؟

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-allowed =
    لا يحق لشركة { $lender } تقييد هذا الهاتف إلا بقاعدة وقَّعت عليها. ويجب أن تسبقها إشعارات.
    هذا الهاتف يتحقق من خمسة أمور قبل أن يطيع. المس «لماذا هو مقيَّد» لقراءتها.

# question · owner · max 34 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-q-sees = ماذا ترى { $lender }؟

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-sees =
    ترى { $lender } هل الهاتف متصل بالشبكة، وهل هو مقيَّد، وما تخبرها به هنا.
    لا ترى صورك ولا رسائلك ولا جهات اتصالك ولا مكالماتك ولا أماكنك.
    لا تستطيع التنصت، ولا النظر من الكاميرا، ولا حذف أشيائك.

# question · owner · max 34 characters
help-q-photos = هل صوري بأمان؟

# answer · owner · max 400 characters
help-a-photos =
    نعم. تبقى في هذا الهاتف. لا أحد يراها عبر هذه الشاشة.
    لنسخها، المس «احفظ صوري». لديك 10 دقائق.

# question · owner · max 34 characters
help-q-mistake = هذا خطأ

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-mistake =
    هل دفعت من قبل؟ المس «لقد دفعت».
    هل الأمر غير ذلك؟ المس «هذا خطأ» واذكر ما هو الخطأ. يخف القيد فورًا حتى ترد شركة { $lender }.
    إذا كنا مخطئين، يُرفع القيد ونعتذر لك.

# question · owner · max 34 characters
help-q-hard = لا أستطيع الدفع الآن

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-hard =
    المس «لا أستطيع الدفع». اطلب أن تدفع أقل كل شهر، أو أن تدفع لاحقًا. ثم اتصل بشركة { $lender }.
    الخطة التي تتفقون عليها أقوى من القديمة. هذا الهاتف يتبعها.

# question · owner · max 34 characters
help-q-return = هل يمكنني إعادة الهاتف؟

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-return =
    غالبًا نعم. المس «لا أستطيع الدفع» ثم «أعيد الهاتف». شركة { $lender } تخبرك كيف.
    انسخ صورك أولًا. خذ ورقة مكتوبًا فيها ما بقي عليك.

# question · owner · max 34 characters
help-q-scam = أحدهم يعرض فتحه

# answer · owner · max 400 characters
help-a-scam =
    لا تدفع له. لا أحد يستطيع أن يبيعك فتح الهاتف. كثير من هذه العروض سرقة.
    لا تعطِ هاتفك أو رمزًا أو كلمة مرور. لا تثبِّت ما يرسلونه.
    ادفع فقط للاسم المكتوب فوق الرمز.

# question · owner · max 34 characters
help-q-card = من يطلب بطاقتي أو رقمي السري؟

# answer · owner · max 400 characters
help-a-card =
    هذه الشاشة لا تطلب أبدًا رقم بطاقة أو رقمًا سريًا أو كلمة مرور.
    تدفع على هاتف آخر أو في نقطة دفع. إذا اتصل أحد وطلب الرقم السري، فأغلق الخط.

# question · owner · max 34 characters
help-q-reset = ماذا لو أعدت ضبط الهاتف؟

# answer where a reset does not remove the limit · owner · max 400 characters
help-a-reset-stays =
    إعادة الضبط لا ترفع القيد. وهي تحذف صورك وملفاتك.
    الدفع يفتح الهاتف ويحفظ أشياءك.

# answer where a reset may remove the limit · owner · max 400 characters
help-a-reset-owes =
    إعادة الضبط تحذف صورك وملفاتك. ولا تُنهي ما عليك.
    الدفع يفتح الهاتف ويحفظ أشياءك.

# question · owner · max 34 characters
help-q-account = يطلب مني تسجيل الدخول أيضًا

# answer · owner · max 400 characters
help-a-account =
    هذا قفل آخر. إنه لحسابك أنت، لا لجهة التمويل.
    غيِّر كلمة المرور على هاتف أو حاسوب آخر. ثم سجِّل الدخول هنا.

# question · owner · max 34 characters
help-q-imei = هل تستطيع الشبكة حظره؟

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-imei =
    لكل هاتف رقم اسمه IMEI. في بعض البلدان لا يعمل أي خط في هاتف محظور الرقم.
    هذا القيد ليس حظرًا كهذا. اسأل { $lender } هل بُلِّغ عن رقم IMEI الخاص بك.

# question · owner · max 34 characters
help-q-credit = ماذا عن سجلي الائتماني؟

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-credit =
    في بعض البلدان تُسجَّل الدفعات المتأخرة. ثم تراها جهات تمويل أخرى لعدة سنوات.
    اسأل { $lender } ماذا سُجِّل، ومتى يُمحى بعد أن تدفع.

# question · owner · max 34 characters
help-q-shop = هل يستطيع متجر إزالته؟

# answer · owner · max 400 characters
help-a-shop =
    لا. مركز الصيانة يصلح الهاتف، لكنه لا يستطيع رفع هذا القيد.
    للإصلاح، أحضر إثبات الشراء وبطاقة هويتك.

# question · owner · max 34 characters
help-q-used = اشتريته من شخص آخر

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-used =
    إذن ربما ليس هذا الدين عليك. اتصل بشركة { $lender } وأخبرها.
    احتفظ بما يثبت أنك اشتريته. لا تدفع عن غيرك قبل أن تتصل.

# question · owner · max 34 characters
help-q-offline = ليس لدي إنترنت

# answer · owner · max 400 characters
help-a-offline =
    المس «Wi-Fi والإعدادات». يمكنك الاتصال بأي Wi-Fi، أو تشغيل بيانات الهاتف.
    يمكن للخط الساخن أن يقرأ لك رمزًا تكتبه هنا.
    لا إنترنت لمدة طويلة؟ هذا وحده لا يزيد القيد أبدًا.
