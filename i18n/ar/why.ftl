# review: machine 2026-11-25

# title · owner · max 28 characters
why-title = لماذا هو مقيَّد

# first sentence when all five checks hold · owner · max 110 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
why-lead = يحق لشركة { $lender } تقييد هذا الهاتف. تحقَّق الهاتف بنفسه من خمسة أمور.

# first sentence when one does not hold · owner · max 110 characters
why-lead-fails = لم يستطع هذا الهاتف التحقق من أن القيد مسموح.

# under it · owner · max 90 characters
why-fails-next = اتصل وقل ذلك. اطلب السبب مكتوبًا.

# heading · owner · max 34 characters
why-checks = ما الذي جرى التحقق منه

# part · owner · max 60 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
why-key = الأمر من { $lender }.

# part · owner · max 60 characters
# $number (String) - the lender's contract number, e.g. A-1042
why-agreement = يوافق عقدك { $number }.

# part · owner · max 80 characters
# $count (Number) - notices held, selects the plural, e.g. 2
# $shown (String) - the same as text, e.g. 2
# $date (String) - day of the last one, e.g. 27 April
why-notices =
    { $count ->
        [zero] لم يأت إشعار قبله، حتى { $date }.
        [one] جاء إشعار واحد قبله، في { $date }.
        [two] جاء إشعاران قبله، آخرهما في { $date }.
        [few] جاءت { $shown } إشعارات قبله، آخرها في { $date }.
        [many] جاء { $shown } إشعارًا قبله، آخرها في { $date }.
       *[other] جاء { $shown } إشعار قبله، آخرها في { $date }.
    }

# part · owner · max 60 characters
# $count (Number) - days late, selects the plural, e.g. 10
# $shown (String) - the same as text, e.g. 10
why-days =
    { $count ->
        [zero] تأخرت الدفعة { $shown } يومًا.
        [one] تأخرت الدفعة يومًا واحدًا.
        [two] تأخرت الدفعة يومين.
        [few] تأخرت الدفعة { $shown } أيام.
        [many] تأخرت الدفعة { $shown } يومًا.
       *[other] تأخرت الدفعة { $shown } يوم.
    }

# part · owner · max 60 characters
# $market (String) - name of the market, e.g. Demo
why-level = الدرجة والساعة توافقان قواعد { $market }.

# beside a part that holds · owner · max 18 characters
why-checked = جرى التحقق

# beside a part that does not · owner · max 18 characters
why-not-checked = لم يجر التحقق

# heading · owner · max 34 characters
why-rule-title = القاعدة التي وقَّعت عليها

# line · owner · max 60 characters
# $number (String) - the lender's contract number, e.g. A-1042
# $date (String) - day of signing, e.g. 4 January
why-number = العقد { $number }، وُقِّع في { $date }

# line · owner · max 34 characters
# $clause (String) - id of the clause, e.g. 7.2
why-clause = القاعدة { $clause }

# row · owner · max 18 characters
why-log = ماذا حدث

# row · owner · max 18 characters
why-call = تحدَّث إلى شخص

# row · owner · max 18 characters
why-mistake = هذا خطأ
