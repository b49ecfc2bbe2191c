# review: machine 2026-11-25

# title · owner · max 28 characters
about-title = عن هذه الشاشة

# first sentence · owner · max 110 characters
about-what = Latchkey هي شاشة الهواتف التي تُدفع بالتقسيط.

# second sentence · owner · max 110 characters
about-open = شيفرتها مفتوحة. يستطيع أي شخص أن يتحقق مما تفعله.

# line · owner · max 34 characters
# $version (String) - version number, e.g. 0.1.0
about-version = الإصدار { $version }

# heading · owner · max 34 characters
about-licences = التراخيص

# text · owner · max 240 characters
about-licences-text = Latchkey: MIT أو Apache 2.0. الحروف: Noto Sans، OFL 1.1. الرسم: Slint، royalty-free licence 2.0.

# heading · owner · max 34 characters
about-made = رُسمت بواسطة
