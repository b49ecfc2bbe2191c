# review: machine 2026-11-25

answer-call = اتصل

answer-call-row = تحدَّث إلى شخص

answer-why = لماذا هو مقيَّد

answer-pay = اعرض الرمز

answer-send = قلها هنا
