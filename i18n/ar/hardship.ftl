# review: machine 2026-11-25


# title · owner · max 28 characters
hardship-title = لا أستطيع الدفع الآن

# over the choices · owner · max 60 characters
hardship-lead = ما الذي يساعدك؟

# choice · owner · max 44 characters
hardship-less = أدفع أقل كل شهر

# choice · owner · max 44 characters
hardship-later = أدفع لاحقًا

# choice · owner · max 44 characters
hardship-give-back = أعيد الهاتف وأنهي القرض

# under the choices · owner · max 160 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
hardship-binds = إذا وافقت شركة { $lender } فإن هذا الهاتف يتبع الخطة الجديدة. لا تستطيع شركة { $lender } تغييرها وحدها.

# primary button · owner · max 11 characters
hardship-send = إرسال

# after it was sent · owner · max 140 characters
hardship-sent = حفظنا رسالتك ونرسلها. اتصل بنا أيضًا.

# row · owner · max 18 characters
hardship-call = تحدَّث إلى شخص
