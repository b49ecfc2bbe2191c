# review: machine 2026-11-25

log-title = क्या-क्या हुआ

log-empty = अब तक कुछ नहीं हुआ।

log-lead = सभी आदेश और इनकार, जिस क्रम में इस फ़ोन को मिले। यह सूची कोई नहीं बदल सकता।

log-rollback = इस फ़ोन के रिकॉर्ड की पुरानी प्रति वापस रखी गई। इसका कोई दोष आप पर नहीं।

log-when = { $date }, { $time }

log-count =
    { $count ->
        [one] { $shown } बार
       *[other] { $shown } बार
    }

log-enrolled = यह फ़ोन तैयार किया गया।

log-lost = रिकॉर्ड खो गया। फ़ोन खुला रहा।

log-keys = ऋणदाता की हस्ताक्षर-कुंजियाँ बदली गईं।

log-notice = नोटिस: { $amount } देने में देर हुई।

log-notice-detail = नोटिस { $no }, किस्त { $instalment } के लिए

log-terms = रकमें ताज़ा की गईं।

log-plan = नई योजना तय हुई।

log-lock = { $lender } ने इस फ़ोन पर रोक लगाई।

log-lock-plain = इस फ़ोन पर रोक लगी।

log-lock-detail = रोक नंबर { $lock }, स्तर { $level }

log-release = रोक हटाई गई।

log-release-detail = रोक नंबर { $lock }

log-grace = ऋणदाता ने { $time } और दिए।

log-settle = सब चुकता है। फ़ोन आपका है।

log-refused = इस फ़ोन ने एक आदेश नहीं माना।

log-refused-kind = इस फ़ोन ने एक आदेश नहीं माना: { $kind }।

log-kind-lock = रोक

log-kind-release = रोक हटाना

log-kind-terms = नई रकमें

log-kind-notice = नोटिस

log-kind-plan = नई योजना

log-kind-grace = और समय

log-kind-settle = सब चुकता

log-kind-keys = नई कुंजियाँ

log-kind-status = सवाल का जवाब

log-backup = आपने फ़ोटो के लिए { $time } लगाए।

log-paid = आपने कहा: मैंने भुगतान किया।

log-provisional = 60 मिनट में जवाब नहीं आया। फ़ोन खुल गया।

log-closed = दिया गया समय पूरा हुआ।

log-certificate = प्रमाणपत्र सहेजा गया।

log-call = किसी से बात करें

log-dispute = आपने इस रोक पर आपत्ति की।

log-hardship = आपने कहा: मैं अभी नहीं दे सकता।

log-give-back = आपने फ़ोन लौटाने को कहा।

log-opening = आपने फ़ोन 24 घंटे के लिए खोला।

log-code = सही कोड लिखा गया।

log-wrong-code = एक कोड आज़माया गया।

log-lapsed = 30 दिन तक ऋणदाता से कोई ख़बर नहीं। रोक ख़त्म।

log-reminded = आपको भुगतान की याद दिलाई गई।

log-no-date = तारीख़ पता नहीं
