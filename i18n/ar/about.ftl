# review: machine 2026-11-25

about-title = عن هذه الشاشة

about-what = Latchkey هي شاشة الهواتف التي تُدفع بالتقسيط.

about-open = شيفرتها مفتوحة. يستطيع أي شخص أن يتحقق مما تفعله.

about-version = الإصدار { $version }

about-licences = التراخيص

about-licences-text = Latchkey: MIT أو Apache 2.0. الحروف: Noto Sans، OFL 1.1. الرسم: Slint، royalty-free licence 2.0.

about-made = رُسمت بواسطة
