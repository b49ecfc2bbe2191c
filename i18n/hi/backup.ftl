# review: machine 2026-11-25

backup-title = मेरी फ़ोटो बचाएँ

backup-lead = फ़ोटो को कार्ड, स्टिक या फ़ाइल में कॉपी करें।

backup-time = बचा समय

backup-have = आपका कुल समय

backup-stays = कॉपी के दौरान रोक बनी रहती है।

backup-keeps = आप रुककर बाद में जारी रख सकते हैं। बचा हुआ समय आपका रहता है।

backup-ends = कॉपी { $time } बजे ख़त्म होगी।

backup-saved = { $all } में से { $done } सहेजी गईं

backup-place = यहाँ कॉपी हो रही है: { $place }

backup-no-place = चुनें कि फ़ोटो कहाँ कॉपी हों।

backup-spent = 10 मिनट पूरे हो गए।

backup-spent-next = आपकी फ़ोटो इस फ़ोन में सुरक्षित हैं। भुगतान से फ़ोन खुलता है।

backup-spoken =
    { $minutes ->
        [one] { $shown } मिनट और { $seconds } सेकंड बाकी
       *[other] { $shown } मिनट और { $seconds } सेकंड बाकी
    }

backup-start = कॉपी शुरू करें

backup-go-on = कॉपी जारी रखें

backup-choose = जगह चुनें

backup-stop = अभी रोकें

backup-pay = भुगतान करें

backup-bar = बीता समय

backup-other = दूसरी जगह

backup-not-yet = समय तभी शुरू होता है जब आप “कॉपी शुरू करें” छुएँ।

backup-preview = फ़ोन पर आप यहाँ कार्ड या स्टिक चुनते हैं।

backup-place-ready = फ़ोटो यहाँ जाएँगी: { $place }
