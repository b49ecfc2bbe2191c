# review: machine 2026-11-25

why-title = لماذا هو مقيَّد

why-lead = يحق لشركة { $lender } تقييد هذا الهاتف. تحقَّق الهاتف بنفسه من خمسة أمور.

why-lead-fails = لم يستطع هذا الهاتف التحقق من أن القيد مسموح.

why-fails-next = اتصل وقل ذلك. اطلب السبب مكتوبًا.

why-checks = ما الذي جرى التحقق منه

why-key = الأمر من { $lender }.

why-agreement = يوافق عقدك { $number }.

why-notices =
    { $count ->
        [zero] لم يأت إشعار قبله، حتى { $date }.
        [one] جاء إشعار واحد قبله، في { $date }.
        [two] جاء إشعاران قبله، آخرهما في { $date }.
        [few] جاءت { $shown } إشعارات قبله، آخرها في { $date }.
        [many] جاء { $shown } إشعارًا قبله، آخرها في { $date }.
       *[other] جاء { $shown } إشعار قبله، آخرها في { $date }.
    }

why-days =
    { $count ->
        [zero] تأخرت الدفعة { $shown } يومًا.
        [one] تأخرت الدفعة يومًا واحدًا.
        [two] تأخرت الدفعة يومين.
        [few] تأخرت الدفعة { $shown } أيام.
        [many] تأخرت الدفعة { $shown } يومًا.
       *[other] تأخرت الدفعة { $shown } يوم.
    }

why-level = الدرجة والساعة توافقان قواعد { $market }.

why-checked = جرى التحقق

why-not-checked = لم يجر التحقق

why-rule-title = القاعدة التي وقَّعت عليها

why-number = العقد { $number }، وُقِّع في { $date }

why-clause = القاعدة { $clause }

why-log = ماذا حدث

why-call = تحدَّث إلى شخص

why-mistake = هذا خطأ

why-pay = ادفع
