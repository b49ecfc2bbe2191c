# review: machine 2026-11-25


mistake-title = هذا خطأ

mistake-lead = اختر ما هو الخطأ.

mistake-paid = دفعتُ من قبل

mistake-plan = لدي خطة جديدة

mistake-loan = هذا ليس قرضي

mistake-told = لم يخبرني أحد

mistake-then = أرسل هذا فيخف القيد فورًا. على شركة { $lender } أن ترد عليك.

mistake-send = إرسال

mistake-sent = حفظنا رسالتك ونرسلها. اتصل بنا أيضًا.

mistake-sent-lighter = لقد أخبرتنا. القيد أخف حتى نرد.

mistake-call = تحدَّث إلى شخص

mistake-log = ماذا حدث
