# review: machine 2026-11-25

# title · owner · max 28 characters
about-title = इस स्क्रीन के बारे में

# first sentence · owner · max 110 characters
about-what = Latchkey उन फ़ोनों की स्क्रीन है जो किस्तों में ख़रीदे जाते हैं।

# second sentence · owner · max 110 characters
about-open = इसका कोड खुला है। कोई भी जाँच सकता है कि यह क्या करता है।

# line · owner · max 34 characters
# $version (String) - version number, e.g. 0.1.0
about-version = संस्करण { $version }

# heading · owner · max 34 characters
about-licences = लाइसेंस

# text · owner · max 240 characters
about-licences-text = Latchkey: MIT या Apache 2.0। अक्षर: Noto Sans, OFL 1.1। चित्रण: Slint, royalty-free licence 2.0।

# heading · owner · max 34 characters
about-made = इससे बनाया गया
