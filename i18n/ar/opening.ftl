# review: machine 2026-11-25


opening-title = افتح لحالة طارئة

opening-time = يفتح الهاتف لمدة

opening-once = يمكنك هذا مرة واحدة.

opening-lead = لا تحتاج إلى شبكة ولا إلى دفع. لا يلزم أن يوافق أحد.

opening-after = ثم يعود القيد. ما عليك يبقى كما هو.

opening-start = افتح الآن

opening-backup = احفظ صوري
