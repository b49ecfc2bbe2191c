# review: machine 2026-11-25

# title · owner · max 28 characters
log-title = ماذا حدث

# when there is nothing · owner · max 60 characters
log-empty = لم يحدث شيء حتى الآن.

# under the title · owner · max 110 characters
log-lead = كل الأوامر وما رُفض، بترتيب وصولها إلى هذا الهاتف. لا أحد يستطيع تغيير هذه القائمة.

# notice when an older record was put back · owner · max 110 characters
log-rollback = أُعيدت نسخة أقدم من سجل هذا الهاتف. لا يُحسب عليك شيء.

# line above an entry · owner · max 40 characters
# $date (String) - day, e.g. 3 May
# $time (String) - clock time, e.g. 13:20
log-when = { $date }، { $time }

# after an entry that came more than once · owner · max 24 characters
# $count (Number) - how often, selects the plural, e.g. 3
# $shown (String) - the same as text, e.g. 3
log-count =
    { $count ->
        [zero] { $shown } مرة
        [one] مرة واحدة
        [two] مرتان
        [few] { $shown } مرات
        [many] { $shown } مرة
       *[other] { $shown } مرة
    }

# entry · owner · max 60 characters
log-enrolled = جُهِّز هذا الهاتف.

# entry · owner · max 80 characters
log-lost = ضاع السجل. بقي الهاتف مفتوحًا.

# entry · owner · max 60 characters
log-keys = حُدِّثت مفاتيح التوقيع لجهة التمويل.

# entry · owner · max 90 characters
# $amount (String) - amount, e.g. Rs 3,250.00
log-notice = إشعار: تأخر { $amount }.

# under it · owner · max 60 characters
# $no (String) - number of the notice, e.g. 1
# $instalment (String) - number of the instalment, e.g. 4
log-notice-detail = إشعار { $no } للدفعة { $instalment }

# entry · owner · max 60 characters
log-terms = حُدِّثت المبالغ.

# entry · owner · max 60 characters
log-plan = اتُّفق على خطة جديدة.

# entry · owner · max 60 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
log-lock = قيَّدت { $lender } هذا الهاتف.

# entry when the name is gone · owner · max 60 characters
log-lock-plain = قُيِّد هذا الهاتف.

# under it · owner · max 40 characters
# $lock (String) - number of the lock, e.g. 1
# $level (String) - level, e.g. 3
log-lock-detail = القيد رقم { $lock }، الدرجة { $level }

# entry · owner · max 60 characters
log-release = رُفع القيد.

# under it · owner · max 40 characters
# $lock (String) - number of the lock, e.g. 1
log-release-detail = القيد رقم { $lock }

# entry · owner · max 60 characters
# $time (String) - duration, e.g. 24 hours
log-grace = أعطتك جهة التمويل { $time } إضافية.

# entry · owner · max 60 characters
log-settle = دُفع كل شيء. الهاتف لك.

# entry · owner · max 60 characters
log-refused = رفض هذا الهاتف أمرًا.

# entry, where the kind of order could be read · owner · max 60 characters
# $kind (String) - kind of order, e.g. limit
log-refused-kind = رفض هذا الهاتف أمرًا: { $kind }.

# kind of order · owner · max 24 characters
log-kind-lock = قيد

# kind of order · owner · max 24 characters
log-kind-release = رفع القيد

# kind of order · owner · max 24 characters
log-kind-terms = مبالغ جديدة

# kind of order · owner · max 24 characters
log-kind-notice = إشعار

# kind of order · owner · max 24 characters
log-kind-plan = خطة جديدة

# kind of order · owner · max 24 characters
log-kind-grace = وقت إضافي

# kind of order · owner · max 24 characters
log-kind-settle = دُفع كل شيء

# kind of order · owner · max 24 characters
log-kind-keys = مفاتيح جديدة

# kind of order · owner · max 24 characters
log-kind-status = جواب عن سؤال

# entry · owner · max 60 characters
# $time (String) - duration used so far, e.g. 2 minutes
log-backup = استخدمت { $time } للصور.

# entry · owner · max 60 characters
log-paid = قلت: لقد دفعت.

# entry · owner · max 80 characters
log-provisional = لا جواب خلال 60 دقيقة. فُتح الهاتف.

# entry · owner · max 60 characters
log-closed = انتهى الوقت الموعود.

# entry · owner · max 60 characters
log-certificate = حُفظت الشهادة.

# entry · owner · max 60 characters
log-dispute = قلت: هذا خطأ.

# entry · owner · max 60 characters
log-hardship = قلت: لا أستطيع الدفع الآن.

# entry · owner · max 60 characters
log-give-back = طلبت إعادة الهاتف.

# entry · owner · max 60 characters
log-opening = فتحت الهاتف 24 ساعة.

# entry · owner · max 60 characters
log-code = كُتب رمز صحيح.

# entry · owner · max 60 characters
log-wrong-code = جُرِّب رمز.

# entry · owner · max 60 characters
log-lapsed = لا خبر من جهة التمويل 30 يومًا. انتهى القيد.

# entry · owner · max 60 characters
log-reminded = ذُكِّرت بالدفع.

# instead of the day, before any clock was known · owner · max 34 characters
log-no-date = التاريخ غير معروف
