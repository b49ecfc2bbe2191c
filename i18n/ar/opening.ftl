# review: machine 2026-11-25


# title · owner · max 28 characters
opening-title = افتح لحالة طارئة

# over the big figure · owner · max 34 characters
opening-time = يفتح الهاتف لمدة

# under the big figure · owner · max 60 characters
opening-once = يمكنك هذا مرة واحدة.

# sentence · owner · max 110 characters
opening-lead = لا تحتاج إلى شبكة ولا إلى دفع. لا يلزم أن يوافق أحد.

# second sentence · owner · max 110 characters
opening-after = ثم يعود القيد. ما عليك يبقى كما هو.

# primary button · owner · max 11 characters
opening-start = افتح الآن

# row · owner · max 18 characters
opening-backup = احفظ صوري
