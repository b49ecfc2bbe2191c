# review: machine 2026-11-25

# row · owner · max 18 characters
answer-call-row = تحدَّث إلى شخص

# row · owner · max 18 characters
answer-why = لماذا هو مقيَّد

# row · owner · max 18 characters
answer-pay = اعرض الرمز

# row that leads to the page where it is said · owner · max 18 characters
answer-send = قلها هنا
