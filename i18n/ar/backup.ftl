# review: machine 2026-11-25

backup-title = احفظ صوري

backup-lead = انسخ الصور إلى بطاقة أو ذاكرة USB أو ملف.

backup-time = الوقت المتبقي

backup-have = وقتك كله

backup-stays = يبقى القيد أثناء النسخ.

backup-keeps = يمكنك التوقف والمتابعة لاحقًا. الوقت الذي لا تستخدمه يبقى لك.

backup-ends = ينتهي النسخ الساعة { $time }.

backup-saved = حُفظ { $done } من { $all }

backup-place = النسخ إلى { $place }

backup-no-place = اختر مكان النسخ.

backup-spent = انتهت الدقائق العشر.

backup-spent-next = صورك تبقى في هذا الهاتف بأمان. الدفع يفتحه.

backup-spoken =
    { $minutes ->
        [zero] بقيت { $shown } دقيقة و{ $seconds } ثانية
        [one] بقيت دقيقة واحدة و{ $seconds } ثانية
        [two] بقيت دقيقتان و{ $seconds } ثانية
        [few] بقيت { $shown } دقائق و{ $seconds } ثانية
        [many] بقيت { $shown } دقيقة و{ $seconds } ثانية
       *[other] بقيت { $shown } دقيقة و{ $seconds } ثانية
    }

backup-start = ابدأ النسخ

backup-go-on = تابع النسخ

backup-choose = اختر المكان

backup-stop = توقف الآن

backup-pay = ادفع

backup-bar = الوقت المستخدم

backup-other = مكان آخر

backup-not-yet = يبدأ الوقت فقط عندما تلمس «ابدأ النسخ».

backup-preview = على الهاتف تختار هنا البطاقة أو ذاكرة USB.

backup-place-ready = تُنسخ الصور إلى { $place }.
