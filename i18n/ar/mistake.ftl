# review: machine 2026-11-25


# title · owner · max 28 characters
mistake-title = هذا خطأ

# over the choices · owner · max 60 characters
mistake-lead = اختر ما هو الخطأ.

# choice · owner · max 34 characters
mistake-paid = دفعتُ من قبل

# choice · owner · max 34 characters
mistake-plan = لدي خطة جديدة

# choice · owner · max 34 characters
mistake-loan = هذا ليس قرضي

# choice · owner · max 34 characters
mistake-told = لم يخبرني أحد

# under the choices · owner · max 140 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
mistake-then = أرسل هذا فيخف القيد فورًا. على شركة { $lender } أن ترد عليك.

# primary button · owner · max 11 characters
mistake-send = إرسال

# after it was sent · owner · max 140 characters
mistake-sent = حفظنا رسالتك ونرسلها. اتصل بنا أيضًا.

# after it was sent, while the limit is lighter · owner · max 140 characters
mistake-sent-lighter = لقد أخبرتنا. القيد أخف حتى نرد.

# row · owner · max 18 characters
mistake-call = تحدَّث إلى شخص

# row · owner · max 18 characters
mistake-log = ماذا حدث
