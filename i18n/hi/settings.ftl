# review: machine 2026-11-25

settings-title = सेटिंग

settings-size = अक्षरों का आकार

settings-size-100 = सामान्य

settings-size-130 = बड़ा

settings-size-160 = और बड़ा

settings-size-200 = सबसे बड़ा

settings-display = रूप

settings-light = हल्का

settings-dark = गहरा

settings-sun = तेज़ धूप के लिए

settings-private = रकम छिपाएँ

settings-private-why = ताकि पास बैठा कोई न पढ़े

settings-phone = यह फ़ोन

settings-wifi = Wi-Fi

settings-mobile-data = मोबाइल डेटा

settings-reader = स्क्रीन रीडर

settings-sound = आवाज़

settings-language = भाषा

settings-about = इस स्क्रीन के बारे में

settings-preview = फ़ोन पर यहाँ { $what } खुलता है।
