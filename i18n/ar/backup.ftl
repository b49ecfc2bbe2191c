# review: machine 2026-11-25

# title · owner · max 28 characters
backup-title = احفظ صوري

# first sentence before the start · owner · max 60 characters
backup-lead = انسخ الصور إلى بطاقة أو ذاكرة USB أو ملف.

# above the big figure · owner · max 24 characters
backup-time = الوقت المتبقي

# above the big figure before the start · owner · max 24 characters
backup-have = وقتك كله

# under it, before and during · owner · max 60 characters
backup-stays = يبقى القيد أثناء النسخ.

# before the start · owner · max 90 characters
backup-keeps = يمكنك التوقف والمتابعة لاحقًا. الوقت الذي لا تستخدمه يبقى لك.

# during · owner · max 60 characters
# $time (String) - clock time, e.g. 14:07
backup-ends = ينتهي النسخ الساعة { $time }.

# during · owner · max 40 characters
# $done (String) - photos copied, e.g. 412
# $all (String) - photos in all, e.g. 980
backup-saved = حُفظ { $done } من { $all }

# during · owner · max 60 characters
# $place (String) - where the copies go, e.g. SD card
backup-place = النسخ إلى { $place }

# during, while no place was chosen · owner · max 60 characters
backup-no-place = اختر مكان النسخ.

# when the time is over · owner · max 60 characters
backup-spent = انتهت الدقائق العشر.

# under it · owner · max 110 characters
backup-spent-next = صورك تبقى في هذا الهاتف بأمان. الدفع يفتحه.

# the figure, spoken only · owner · max 60 characters
# $minutes (Number) - whole minutes, selects the plural, e.g. 9
# $shown (String) - the same minutes as text, e.g. 9
# $seconds (String) - seconds as text, e.g. 41
backup-spoken =
    { $minutes ->
        [zero] بقيت { $shown } دقيقة و{ $seconds } ثانية
        [one] بقيت دقيقة واحدة و{ $seconds } ثانية
        [two] بقيت دقيقتان و{ $seconds } ثانية
        [few] بقيت { $shown } دقائق و{ $seconds } ثانية
        [many] بقيت { $shown } دقيقة و{ $seconds } ثانية
       *[other] بقيت { $shown } دقيقة و{ $seconds } ثانية
    }

# primary button before · owner · max 18 characters
backup-start = ابدأ النسخ

# primary button before, when some of the time was used · owner · max 18 characters
backup-go-on = تابع النسخ

# primary button before and during, while no place was chosen · owner · max 18 characters
backup-choose = اختر المكان

# row during · owner · max 18 characters
backup-stop = توقف الآن

# primary button when the time is over · owner · max 11 characters
backup-pay = ادفع

# the bar, spoken only · owner · max 40 characters
backup-bar = الوقت المستخدم

# row before the start, when a place was chosen · owner · max 18 characters
backup-other = مكان آخر

# before the start · owner · max 90 characters
backup-not-yet = يبدأ الوقت فقط عندما تلمس «ابدأ النسخ».

# notice after a tap on a desktop · owner · max 90 characters
backup-preview = على الهاتف تختار هنا البطاقة أو ذاكرة USB.

# before the start, when a place was chosen · owner · max 60 characters
# $place (String) - where the copies go, e.g. SD card
backup-place-ready = تُنسخ الصور إلى { $place }.
