# review: machine 2026-11-25

# title · owner · max 28 characters
backup-title = मेरी फ़ोटो बचाएँ

# first sentence before the start · owner · max 60 characters
backup-lead = फ़ोटो को कार्ड, स्टिक या फ़ाइल में कॉपी करें।

# above the big figure · owner · max 24 characters
backup-time = बचा समय

# above the big figure before the start · owner · max 24 characters
backup-have = आपका कुल समय

# under it, before and during · owner · max 60 characters
backup-stays = कॉपी के दौरान रोक बनी रहती है।

# before the start · owner · max 90 characters
backup-keeps = आप रुककर बाद में जारी रख सकते हैं। बचा हुआ समय आपका रहता है।

# during · owner · max 60 characters
# $time (String) - clock time, e.g. 14:07
backup-ends = कॉपी { $time } बजे ख़त्म होगी।

# during · owner · max 40 characters
# $done (String) - photos copied, e.g. 412
# $all (String) - photos in all, e.g. 980
backup-saved = { $all } में से { $done } सहेजी गईं

# during · owner · max 60 characters
# $place (String) - where the copies go, e.g. SD card
backup-place = यहाँ कॉपी हो रही है: { $place }

# during, while no place was chosen · owner · max 60 characters
backup-no-place = चुनें कि फ़ोटो कहाँ कॉपी हों।

# when the time is over · owner · max 60 characters
backup-spent = 10 मिनट पूरे हो गए।

# under it · owner · max 110 characters
backup-spent-next = आपकी फ़ोटो इस फ़ोन में सुरक्षित हैं। भुगतान से फ़ोन खुलता है।

# the figure, spoken only · owner · max 60 characters
# $minutes (Number) - whole minutes, selects the plural, e.g. 9
# $shown (String) - the same minutes as text, e.g. 9
# $seconds (String) - seconds as text, e.g. 41
backup-spoken =
    { $minutes ->
        [one] { $shown } मिनट और { $seconds } सेकंड बाकी
       *[other] { $shown } मिनट और { $seconds } सेकंड बाकी
    }

# primary button before · owner · max 18 characters
backup-start = कॉपी शुरू करें

# primary button before, when some of the time was used · owner · max 18 characters
backup-go-on = कॉपी जारी रखें

# primary button before and during, while no place was chosen · owner · max 18 characters
backup-choose = जगह चुनें

# row during · owner · max 18 characters
backup-stop = अभी रोकें

# primary button when the time is over · owner · max 11 characters
backup-pay = भुगतान करें

# the bar, spoken only · owner · max 40 characters
backup-bar = बीता समय

# row before the start, when a place was chosen · owner · max 18 characters
backup-other = दूसरी जगह

# before the start · owner · max 90 characters
backup-not-yet = समय तभी शुरू होता है जब आप “कॉपी शुरू करें” छुएँ।

# notice after a tap on a desktop · owner · max 90 characters
backup-preview = फ़ोन पर आप यहाँ कार्ड या स्टिक चुनते हैं।

# before the start, when a place was chosen · owner · max 60 characters
# $place (String) - where the copies go, e.g. SD card
backup-place-ready = फ़ोटो यहाँ जाएँगी: { $place }
