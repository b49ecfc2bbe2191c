# review: machine 2026-11-25


# title · owner · max 28 characters
code-title = الفتح برمز

# over the numbers to read out · owner · max 34 characters
code-lead = اتصل بنا واقرأ هذا:

# in the empty field · owner · max 34 characters
code-empty = اكتب الأرقام التي يقولونها

# spoken name of the field · owner · max 34 characters
code-field = الرمز

# primary button · owner · max 11 characters
code-check = تحقَّق

# under the pad · owner · max 110 characters
code-gives = 12 رقمًا تفتح الهاتف 3 أيام. 16 رقمًا تنهي القيد.

# under the pad, when only time can be given · owner · max 110 characters
code-gives-time = 12 رقمًا تفتح الهاتف 3 أيام.

# under the pad, when only the limit can be ended · owner · max 110 characters
code-gives-release = 16 رقمًا تنهي القيد.

# instead of the pad · owner · max 110 characters
# $time (String) - duration, e.g. 5 minutes
code-wait = كان الرمز خطأ. يمكنك المحاولة بعد { $time }.

# instead of the pad, after 100 wrong codes · owner · max 140 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
code-closed = رموز خاطئة كثيرة. اتصل بشركة { $lender } أو ادفع: الهاتف يفتح وحده.

# row · owner · max 18 characters
code-call = تحدَّث إلى شخص

# row · owner · max 18 characters
code-wifi = Wi-Fi والإعدادات
