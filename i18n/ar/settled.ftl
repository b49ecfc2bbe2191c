# review: machine 2026-11-25

settled-title = دُفع كل شيء. هذا الهاتف لك.

settled-lead = لن تستطيع { $lender } تقييد هذا الهاتف أبدًا بعد الآن.

settled-lead-plain = لا أحد يستطيع تقييد هذا الهاتف بعد الآن.

settled-on = دُفع كاملًا في { $date }.

settled-certificate = احتفظ بشهادتك. إنها تثبت أن ثمن الهاتف مدفوع.

settled-telling = نخبر جهة التمويل الآن. لا يلزمك فعل شيء.

settled-log = ماذا حدث

settled-about = عن هذه الشاشة

settled-leave = متابعة
