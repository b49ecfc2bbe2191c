# review: machine 2026-11-25

log-title = ماذا حدث

log-empty = لم يحدث شيء حتى الآن.

log-lead = كل الأوامر وما رُفض، بترتيب وصولها إلى هذا الهاتف. لا أحد يستطيع تغيير هذه القائمة.

log-rollback = أُعيدت نسخة أقدم من سجل هذا الهاتف. لا يُحسب عليك شيء.

log-when = { $date }، { $time }

log-count =
    { $count ->
        [zero] { $shown } مرة
        [one] مرة واحدة
        [two] مرتان
        [few] { $shown } مرات
        [many] { $shown } مرة
       *[other] { $shown } مرة
    }

log-enrolled = جُهِّز هذا الهاتف.

log-lost = ضاع السجل. بقي الهاتف مفتوحًا.

log-keys = حُدِّثت مفاتيح التوقيع لجهة التمويل.

log-notice = إشعار: تأخر { $amount }.

log-notice-detail = إشعار { $no } للدفعة { $instalment }

log-terms = حُدِّثت المبالغ.

log-plan = اتُّفق على خطة جديدة.

log-lock = قيَّدت { $lender } هذا الهاتف.

log-lock-plain = قُيِّد هذا الهاتف.

log-lock-detail = القيد رقم { $lock }، الدرجة { $level }

log-release = رُفع القيد.

log-release-detail = القيد رقم { $lock }

log-grace = أعطتك جهة التمويل { $time } إضافية.

log-settle = دُفع كل شيء. الهاتف لك.

log-refused = رفض هذا الهاتف أمرًا.

log-refused-kind = رفض هذا الهاتف أمرًا: { $kind }.

log-kind-lock = قيد

log-kind-release = رفع القيد

log-kind-terms = مبالغ جديدة

log-kind-notice = إشعار

log-kind-plan = خطة جديدة

log-kind-grace = وقت إضافي

log-kind-settle = دُفع كل شيء

log-kind-keys = مفاتيح جديدة

log-kind-status = جواب عن سؤال

log-backup = استخدمت { $time } للصور.

log-paid = قلت: لقد دفعت.

log-provisional = لا جواب خلال 60 دقيقة. فُتح الهاتف.

log-closed = انتهى الوقت الموعود.

log-certificate = حُفظت الشهادة.

log-call = تحدَّث إلى شخص

log-dispute = قلت: هذا خطأ.

log-hardship = قلت: لا أستطيع الدفع الآن.

log-give-back = طلبت إعادة الهاتف.

log-opening = فتحت الهاتف 24 ساعة.

log-code = كُتب رمز صحيح.

log-wrong-code = جُرِّب رمز.

log-lapsed = لا خبر من جهة التمويل 30 يومًا. انتهى القيد.

log-reminded = ذُكِّرت بالدفع.

log-no-date = التاريخ غير معروف
