# review: machine 2026-11-25


code-title = الفتح برمز

code-lead = اتصل بنا واقرأ هذا:

code-empty = اكتب الأرقام التي يقولونها

code-field = الرمز

code-check = تحقَّق

code-gives = 12 رقمًا تفتح الهاتف 3 أيام. 16 رقمًا تنهي القيد.

code-gives-time = 12 رقمًا تفتح الهاتف 3 أيام.

code-gives-release = 16 رقمًا تنهي القيد.

code-wait = كان الرمز خطأ. يمكنك المحاولة بعد { $time }.

code-closed = رموز خاطئة كثيرة. اتصل بشركة { $lender } أو ادفع: الهاتف يفتح وحده.

code-call = تحدَّث إلى شخص

code-wifi = Wi-Fi والإعدادات
