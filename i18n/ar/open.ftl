# review: machine 2026-11-25

open-title = هاتفك مفتوح

open-until = مفتوح حتى

open-within = مفتوح لمدة

open-grace = أعطتك { $lender } وقتًا إضافيًا.

open-provisional = لم يصلنا جواب خلال 60 دقيقة. لذلك هاتفك مفتوح ونحن نبحث.

open-opening = فتحته لحالة طارئة. يمكنك ذلك مرة واحدة.

open-code = الرمز الذي كتبته صحيح.

open-after = ثم يعود القيد، إلا إذا وُجدت الدفعة.

open-pay = ادفع

open-call = تحدَّث إلى شخص

open-log = ماذا حدث
