# review: machine 2026-11-25

# title · owner · max 28 characters
settings-title = सेटिंग

# heading · owner · max 34 characters
settings-size = अक्षरों का आकार

# choice · owner · max 18 characters
settings-size-100 = सामान्य

# choice · owner · max 18 characters
settings-size-130 = बड़ा

# choice · owner · max 18 characters
settings-size-160 = और बड़ा

# choice · owner · max 18 characters
settings-size-200 = सबसे बड़ा

# heading · owner · max 34 characters
settings-display = रूप

# choice · owner · max 18 characters
settings-light = हल्का

# choice · owner · max 18 characters
settings-dark = गहरा

# choice · owner · max 18 characters
settings-sun = तेज़ धूप के लिए

# row that switches · owner · max 18 characters
settings-private = रकम छिपाएँ

# row, under its label · owner · max 60 characters
settings-private-why = ताकि पास बैठा कोई न पढ़े

# heading · owner · max 34 characters
settings-phone = यह फ़ोन

# row · owner · max 18 characters
settings-wifi = Wi-Fi

# row · owner · max 18 characters
settings-mobile-data = मोबाइल डेटा

# row · owner · max 18 characters
settings-reader = स्क्रीन रीडर

# row · owner · max 18 characters
settings-sound = आवाज़

# row · owner · max 18 characters
settings-language = भाषा

# row · owner · max 18 characters
settings-about = इस स्क्रीन के बारे में

# notice after a tap on a desktop · owner · max 90 characters
# $what (String) - label of the row, e.g. Wi-Fi
settings-preview = फ़ोन पर यहाँ { $what } खुलता है।
