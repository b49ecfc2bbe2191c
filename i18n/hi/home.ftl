# review: machine 2026-11-25

home-title = इस फ़ोन पर रोक लगी है

home-comfort = इमरजेंसी कॉल चलती हैं। आपकी फ़ोटो सुरक्षित हैं।

home-owe = { $lender } को देना है

home-due = { $date } तक देना था।

home-opens = भुगतान होते ही फ़ोन खुलता है।

home-reason = { $lender } की एक किस्त में देर हो गई है।

home-pay = भुगतान करें

home-paid = मैंने भुगतान किया

home-claim = हम देख रहे हैं। जवाब { $time } तक।

home-claim-spent = आप इसे एक बार चला चुके हैं

home-more = भुगतान के और तरीके

home-call = किसी से बात करें

home-backup = मेरी फ़ोटो बचाएँ

home-backup-left = कॉपी के लिए { $left }

home-backup-spent = 10 मिनट पूरे हो गए

home-why = रोक क्यों लगी है

home-help = सवाल

home-log = क्या-क्या हुआ

home-settings = Wi-Fi और सेटिंग

home-about = इस स्क्रीन के बारे में

home-amount = देने की रकम

home-amount-show = देखने के लिए छुएँ

home-scan = दूसरे फ़ोन से स्कैन करें। नाम जाँचें:

home-title-reminder = एक किस्त में देर हुई

home-ends = भुगतान होते ही यह सूचना हट जाती है।

home-leave = मेरे फ़ोन पर जाएँ

home-pay-row = भुगतान करें

home-go-on = आगे बढ़ें

home-go-on-why = कॉल, संदेश और कुछ ऐप

home-mistake = आपको इस रोक पर आपत्ति है

home-mistake-sent = आपने बताया। रोक हल्की है।

home-hardship = मैं अभी नहीं दे सकता

home-opening = 24 घंटे खोलें

home-opening-once = इमरजेंसी में, एक बार

home-code = इंटरनेट नहीं?

home-code-why = हॉटलाइन से कोड लें
