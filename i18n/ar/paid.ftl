# review: machine 2026-11-25

paid-title = لقد دفعت

paid-by = نجيبك قبل

paid-within = نجيبك خلال

paid-no-answer = لا إجابة حتى ذلك الوقت؟ يُفتح هاتفك 24 ساعة.

paid-told = أخبرتنا الساعة { $time }

paid-told-plain = أخبرتنا

paid-look = نبحث عن الدفعة

paid-open = يُفتح الهاتف

paid-answer-asking = نسأل الآن. يستغرق هذا غالبًا بضع دقائق.

paid-answer-none = لم نجد الدفعة بعد. نواصل البحث.

paid-answer-offline = لا توجد شبكة. الوقت يمضي على أي حال.

paid-answer-spent = استُخدمت الستون دقيقة مرة لهذا القيد. ومع ذلك نفتح هاتفك عندما نجد الدفعة. اتصل بشركة { $lender } واذكر { $reference }.

paid-minutes =
    { $count ->
        [zero] بقيت { $shown } دقيقة
        [one] بقيت دقيقة واحدة
        [two] بقيت دقيقتان
        [few] بقيت { $shown } دقائق
        [many] بقيت { $shown } دقيقة
       *[other] بقيت { $shown } دقيقة
    }

paid-call = اتصل

paid-row-again = اسأل الآن مجددًا

paid-row-works = ما الذي يعمل الآن

paid-row-pay = اعرض الرمز

paid-row-call = تحدَّث إلى شخص
