# review: machine 2026-11-25

released-paid = هاتفك مفتوح. شكرًا لك.

released-error = هاتفك مفتوح. نحن آسفون.

released-error-why = كان القيد خطأً. لم تفعل شيئًا خطأ.

released-open = هاتفك مفتوح.

released-sum = دفعت { $amount } في { $date }.

released-on = رُفع القيد في { $date }.

released-leave = متابعة

released-plan = لديك خطة جديدة. هذا الهاتف يتبعها.

released-lapsed = لم نسمع من جهة التمويل 30 يومًا. لذلك انتهى القيد.
