# review: machine 2026-11-25

# title · owner · max 48 characters
released-paid = هاتفك مفتوح. شكرًا لك.

# title when the limit was a mistake · owner · max 48 characters
released-error = هاتفك مفتوح. نحن آسفون.

# under it · owner · max 80 characters
released-error-why = كان القيد خطأً. لم تفعل شيئًا خطأ.

# title for all other reasons · owner · max 48 characters
released-open = هاتفك مفتوح.

# under the title · owner · max 60 characters
# $amount (String) - what was paid, e.g. Rs 3,250.00
# $date (String) - day of the payment, e.g. 9 May
released-sum = دفعت { $amount } في { $date }.

# under the title when no amount is known · owner · max 60 characters
# $date (String) - day, e.g. 9 May
released-on = رُفع القيد في { $date }.

# primary button · owner · max 11 characters
released-leave = متابعة

# under the title, after an agreed plan · owner · max 90 characters
released-plan = لديك خطة جديدة. هذا الهاتف يتبعها.

# under the title, after 30 days of silence · owner · max 90 characters
released-lapsed = لم نسمع من جهة التمويل 30 يومًا. لذلك انتهى القيد.
