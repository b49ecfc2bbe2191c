# review: machine 2026-11-25

# title · owner · max 28 characters
paid-title = لقد دفعت

# above the big clock time · owner · max 24 characters
paid-by = نجيبك قبل

# above the big figure when no clock is known · owner · max 24 characters
paid-within = نجيبك خلال

# under the big clock time · owner · max 60 characters
paid-no-answer = لا إجابة حتى ذلك الوقت؟ يُفتح هاتفك 24 ساعة.

# first step · owner · max 34 characters
# $time (String) - clock time, e.g. 13:20
paid-told = أخبرتنا الساعة { $time }

# first step when no clock is known · owner · max 34 characters
paid-told-plain = أخبرتنا

# second step · owner · max 34 characters
paid-look = نبحث عن الدفعة

# third step · owner · max 34 characters
paid-open = يُفتح الهاتف

# under the steps: what was found so far · owner · max 90 characters
paid-answer-asking = نسأل الآن. يستغرق هذا غالبًا بضع دقائق.

# under the steps · owner · max 90 characters
paid-answer-none = لم نجد الدفعة بعد. نواصل البحث.

# under the steps · owner · max 90 characters
paid-answer-offline = لا توجد شبكة. الوقت يمضي على أي حال.

# under the steps, once the wait of this limit was used · owner · max 140 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
# $reference (String) - number to say, e.g. 4F7K 92
paid-answer-spent = استُخدمت الستون دقيقة مرة لهذا القيد. ومع ذلك نفتح هاتفك عندما نجد الدفعة. اتصل بشركة { $lender } واذكر { $reference }.

# beside the clock · owner · max 30 characters
# $count (Number) - minutes, selects the plural, e.g. 43
# $shown (String) - the same minutes as text, e.g. 43
paid-minutes =
    { $count ->
        [zero] بقيت { $shown } دقيقة
        [one] بقيت دقيقة واحدة
        [two] بقيت دقيقتان
        [few] بقيت { $shown } دقائق
        [many] بقيت { $shown } دقيقة
       *[other] بقيت { $shown } دقيقة
    }

# primary button · owner · max 11 characters
paid-call = اتصل

# row · owner · max 18 characters
paid-row-again = اسأل الآن مجددًا

# row · owner · max 18 characters
paid-row-works = ما الذي يعمل الآن

# row · owner · max 18 characters
paid-row-pay = اعرض الرمز

# row, when the wait was used · owner · max 18 characters
paid-row-call = تحدَّث إلى شخص
