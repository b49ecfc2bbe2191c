# review: machine 2026-11-25

# title · owner · max 28 characters
open-title = هاتفك مفتوح

# above the big clock time · owner · max 24 characters
open-until = مفتوح حتى

# above the big figure when no clock is known · owner · max 24 characters
open-within = مفتوح لمدة

# reason · owner · max 80 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
open-grace = أعطتك { $lender } وقتًا إضافيًا.

# reason · owner · max 110 characters
open-provisional = لم يصلنا جواب خلال 60 دقيقة. لذلك هاتفك مفتوح ونحن نبحث.

# reason · owner · max 80 characters
open-opening = فتحته لحالة طارئة. يمكنك ذلك مرة واحدة.

# reason · owner · max 80 characters
open-code = الرمز الذي كتبته صحيح.

# under the reason · owner · max 90 characters
open-after = ثم يعود القيد، إلا إذا وُجدت الدفعة.

# row and primary button · owner · max 11 characters
open-pay = ادفع

# row · owner · max 18 characters
open-call = تحدَّث إلى شخص

# row · owner · max 18 characters
open-log = ماذا حدث
