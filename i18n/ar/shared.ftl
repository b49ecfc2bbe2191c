# review: machine 2026-11-25

shared-sandbox = هذا تدريب. لا مال حقيقي هنا.

shared-preview = هذه معاينة. لا يوجد هاتف مقيَّد.

shared-day-month = { $day } { $month }

shared-month-day = { $month } { $day }

shared-date-year = { $date } { $year }

shared-date-time = { $date }، { $time }

shared-month-1 = يناير

shared-month-2 = فبراير

shared-month-3 = مارس

shared-month-4 = أبريل

shared-month-5 = مايو

shared-month-6 = يونيو

shared-month-7 = يوليو

shared-month-8 = أغسطس

shared-month-9 = سبتمبر

shared-month-10 = أكتوبر

shared-month-11 = نوفمبر

shared-month-12 = ديسمبر

shared-minutes =
    { $count ->
        [zero] { $shown } دقيقة
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $shown } دقائق
        [many] { $shown } دقيقة
       *[other] { $shown } دقيقة
    }

shared-hours =
    { $count ->
        [zero] { $shown } ساعة
        [one] ساعة واحدة
        [two] ساعتان
        [few] { $shown } ساعات
        [many] { $shown } ساعة
       *[other] { $shown } ساعة
    }

shared-days =
    { $count ->
        [zero] { $shown } يومًا
        [one] يوم واحد
        [two] يومان
        [few] { $shown } أيام
        [many] { $shown } يومًا
       *[other] { $shown } يوم
    }

shared-rupees =
    { $count ->
        [zero] { $shown } روبية
        [one] { $shown } روبية
        [two] { $shown } روبية
        [few] { $shown } روبيات
        [many] { $shown } روبية
       *[other] { $shown } روبية
    }

shared-money-spoken = { $shown } { $code }

shared-back-to = رجوع إلى: { $page }

shared-fault = { $what } { $next }

shared-seconds =
    { $count ->
        [zero] { $shown } ثانية
        [one] ثانية واحدة
        [two] ثانيتان
        [few] { $shown } ثوانٍ
        [many] { $shown } ثانية
       *[other] { $shown } ثانية
    }

shared-and = { $first } · { $second }
