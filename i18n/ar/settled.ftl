# review: machine 2026-11-25

# title · owner · max 48 characters
settled-title = دُفع كل شيء. هذا الهاتف لك.

# first sentence · owner · max 80 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
settled-lead = لن تستطيع { $lender } تقييد هذا الهاتف أبدًا بعد الآن.

# first sentence when the name is gone · owner · max 60 characters
settled-lead-plain = لا أحد يستطيع تقييد هذا الهاتف بعد الآن.

# second sentence · owner · max 60 characters
# $date (String) - day of settlement, e.g. 9 May 2027
settled-on = دُفع كاملًا في { $date }.

# third sentence · owner · max 90 characters
settled-certificate = احتفظ بشهادتك. إنها تثبت أن ثمن الهاتف مدفوع.

# while the lender was not told yet · owner · max 90 characters
settled-telling = نخبر جهة التمويل الآن. لا يلزمك فعل شيء.

# row · owner · max 18 characters
settled-log = ماذا حدث

# row · owner · max 18 characters
settled-about = عن هذه الشاشة

# primary button · owner · max 11 characters
settled-leave = متابعة
