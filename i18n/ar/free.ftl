# review: machine 2026-11-25

free-title = لا شيء تدفعه اليوم

free-title-asking = لحظة من فضلك

free-title-open = هاتفك مفتوح

free-lead = هاتفك يعمل كالمعتاد.

free-lead-asking = يسأل هذا الهاتف { $lender } عن الحال. يمكنك استخدامه في الأثناء.

free-lead-lost = ضاع سجل هذا الهاتف، لذلك يبقى مفتوحًا. وهو يطلب السجل من جديد.

free-next = الدفعة التالية

free-next-due = موعدها { $date }

free-next-line = { $amount }، موعدها { $date }

free-next-none = لم تبق أي دفعة.

free-may-title = ما يحق لهذا التطبيق

free-may = إذا بقيت دفعة متأخرة وأُرسلت إشعارات، يحق لشركة { $lender } تقييد هذا الهاتف. لا يقرأ صورًا ولا رسائل ولا أماكن.

free-dispute = أخبرتنا أن هذا خطأ. لا شيء مقيَّد حتى نجيب.

free-pay = ادفع

free-check = اسأل الآن مجددًا

free-call = تحدَّث إلى شخص

free-help = أسئلة

free-log = ماذا حدث

free-settings = الإعدادات

free-about = عن هذه الشاشة

free-late = دفعة متأخرة

free-late-due = كان موعدها { $date }.
