# review: machine 2026-11-25

about-title = इस स्क्रीन के बारे में

about-what = Latchkey उन फ़ोनों की स्क्रीन है जो किस्तों में ख़रीदे जाते हैं।

about-open = इसका कोड खुला है। कोई भी जाँच सकता है कि यह क्या करता है।

about-version = संस्करण { $version }

about-licences = लाइसेंस

about-licences-text = Latchkey: MIT या Apache 2.0। अक्षर: Noto Sans, OFL 1.1। चित्रण: Slint, royalty-free licence 2.0।

about-made = इससे बनाया गया
