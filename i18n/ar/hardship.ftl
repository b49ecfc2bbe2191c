# review: machine 2026-11-25


hardship-title = لا أستطيع الدفع الآن

hardship-lead = ما الذي يساعدك؟

hardship-less = أدفع أقل كل شهر

hardship-later = أدفع لاحقًا

hardship-give-back = أعيد الهاتف وأنهي القرض

hardship-binds = إذا وافقت شركة { $lender } فإن هذا الهاتف يتبع الخطة الجديدة. لا تستطيع شركة { $lender } تغييرها وحدها.

hardship-send = إرسال

hardship-sent = حفظنا رسالتك ونرسلها. اتصل بنا أيضًا.

hardship-call = تحدَّث إلى شخص
