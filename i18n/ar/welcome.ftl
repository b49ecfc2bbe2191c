# review: machine 2026-11-25

welcome-title = أهلًا بك

welcome-lead = أنت تشتري هذا الهاتف من { $lender } بالتقسيط. اقرأ هذا أولًا من فضلك.

welcome-lead-plain = أنت تشتري هذا الهاتف بالتقسيط. اقرأ هذا أولًا من فضلك.

welcome-lead-none = هذا الهاتف غير مجهَّز لجهة تمويل. لا شيء هنا يستطيع تقييده.

welcome-can-title = ما قد يحدث

welcome-can-limit = إذا بقيت دفعة متأخرة، يحق لجهة التمويل تقييد هذا الهاتف.

welcome-can-notice = تأتي الإشعارات أولًا. والدفع يفتح الهاتف وحده.

welcome-safe-title = ما يبقى لك

welcome-safe-calls = مكالمات الطوارئ تعمل في كل وقت.

welcome-safe-private = لا أحد يقرأ صورك أو رسائلك أو جهات اتصالك أو أماكنك.

welcome-safe-log = تقرأ هنا كل ما تفعله جهة التمويل.

welcome-rule-title = القاعدة التي توقِّع عليها

welcome-number = العقد { $number }

welcome-sum =
    { $count ->
        [zero] { $shown } دفعة، المجموع { $total }
        [one] دفعة واحدة، المجموع { $total }
        [two] دفعتان، المجموع { $total }
        [few] { $shown } دفعات، المجموع { $total }
        [many] { $shown } دفعة، المجموع { $total }
       *[other] { $shown } دفعة، المجموع { $total }
    }

welcome-clause = القاعدة { $clause } تتيح لجهة التمويل تقييد هذا الهاتف.

welcome-agree = أوافق

welcome-not = لا توافق؟ توقف هنا وتحدَّث إلى المتجر.

welcome-waiting = يجري التجهيز. لحظة من فضلك.

welcome-settings = الإعدادات

welcome-about = عن هذه الشاشة

welcome-read-on = تابع القراءة
