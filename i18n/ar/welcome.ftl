# review: machine 2026-11-25

# title · owner · max 28 characters
welcome-title = أهلًا بك

# first sentence · owner · max 110 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
welcome-lead = أنت تشتري هذا الهاتف من { $lender } بالتقسيط. اقرأ هذا أولًا من فضلك.

# first sentence before the lender is known · owner · max 110 characters
welcome-lead-plain = أنت تشتري هذا الهاتف بالتقسيط. اقرأ هذا أولًا من فضلك.

# first sentence when the phone was not set up for a lender · owner · max 110 characters
welcome-lead-none = هذا الهاتف غير مجهَّز لجهة تمويل. لا شيء هنا يستطيع تقييده.

# heading · owner · max 34 characters
welcome-can-title = ما قد يحدث

# point · owner · max 110 characters
welcome-can-limit = إذا بقيت دفعة متأخرة، يحق لجهة التمويل تقييد هذا الهاتف.

# point · owner · max 110 characters
welcome-can-notice = تأتي الإشعارات أولًا. والدفع يفتح الهاتف وحده.

# heading · owner · max 34 characters
welcome-safe-title = ما يبقى لك

# point · owner · max 110 characters
welcome-safe-calls = مكالمات الطوارئ تعمل في كل وقت.

# point · owner · max 110 characters
welcome-safe-private = لا أحد يقرأ صورك أو رسائلك أو جهات اتصالك أو أماكنك.

# point · owner · max 110 characters
welcome-safe-log = تقرأ هنا كل ما تفعله جهة التمويل.

# heading · owner · max 34 characters
welcome-rule-title = القاعدة التي توقِّع عليها

# line · owner · max 60 characters
# $number (String) - the lender's contract number, e.g. A-1042
welcome-number = العقد { $number }

# line · owner · max 80 characters
# $count (Number) - number of payments, selects the plural, e.g. 12
# $shown (String) - the same as text, e.g. 12
# $total (String) - price in all, e.g. Rs 39,000.00
welcome-sum =
    { $count ->
        [zero] { $shown } دفعة، المجموع { $total }
        [one] دفعة واحدة، المجموع { $total }
        [two] دفعتان، المجموع { $total }
        [few] { $shown } دفعات، المجموع { $total }
        [many] { $shown } دفعة، المجموع { $total }
       *[other] { $shown } دفعة، المجموع { $total }
    }

# line · owner · max 80 characters
# $clause (String) - id of the clause, e.g. 7.2
welcome-clause = القاعدة { $clause } تتيح لجهة التمويل تقييد هذا الهاتف.

# primary button · owner · max 11 characters
welcome-agree = أوافق

# under the rule · owner · max 110 characters
welcome-not = لا توافق؟ توقف هنا وتحدَّث إلى المتجر.

# while the phone is being enrolled · owner · max 60 characters
welcome-waiting = يجري التجهيز. لحظة من فضلك.

# row · owner · max 18 characters
welcome-settings = الإعدادات

# row · owner · max 18 characters
welcome-about = عن هذه الشاشة

# primary button until the end of the page was reached · owner · max 12 characters
welcome-read-on = تابع القراءة
