# review: machine 2026-11-25

log-title = क्या-क्या हुआ

log-empty = अब तक कुछ नहीं हुआ।

log-lead = इस फ़ोन के सभी आदेश और इनकार। यह सूची कोई नहीं बदल सकता।

log-rollback = इस फ़ोन पर पुराना रिकॉर्ड वापस रखा गया। यह दर्ज हुआ है, इसकी कोई सज़ा नहीं।

log-when = { $date }, { $time }

log-count =
    { $count ->
        [one] { $shown } बार
       *[other] { $shown } बार
    }

log-enrolled = यह फ़ोन तैयार किया गया।

log-lost = रिकॉर्ड खो गया। फ़ोन खुला रहा।

log-keys = ऋणदाता की नई कुंजियाँ आईं।

log-notice = नोटिस: { $amount } बाकी है।

log-notice-detail = नोटिस { $no }, किस्त { $instalment } के लिए

log-terms = रकमें ताज़ा की गईं।

log-plan = नई योजना तय हुई।

log-lock = { $lender } ने यह फ़ोन सीमित किया।

log-lock-plain = यह फ़ोन सीमित किया गया।

log-lock-detail = पाबंदी { $lock }, स्तर { $level }

log-release = पाबंदी हटाई गई।

log-release-detail = पाबंदी { $lock }

log-grace = ऋणदाता ने { $time } और दिए।

log-settle = सब चुकता है। फ़ोन आपका है।

log-refused = इस फ़ोन ने एक आदेश नहीं माना।

log-refused-kind = इस फ़ोन ने एक आदेश नहीं माना: { $kind }।

log-kind-lock = पाबंदी

log-kind-release = पाबंदी हटाना

log-kind-terms = नई रकमें

log-kind-notice = नोटिस

log-kind-plan = नई योजना

log-kind-grace = और समय

log-kind-settle = सब चुकता

log-kind-keys = नई कुंजियाँ

log-kind-status = सवाल का जवाब

log-backup = आपने फ़ोटो कॉपी कीं। { $time } लगे।

log-paid = आपने कहा: मैंने भुगतान किया।

log-provisional = 60 मिनट में जवाब नहीं आया। फ़ोन खुल गया।

log-closed = दिया गया समय पूरा हुआ।

log-certificate = प्रमाणपत्र सहेजा गया।

log-call = किसी से बात करें

log-dispute = आपने कहा: यह गलती है।

log-hardship = आपने कहा: मैं अभी नहीं दे सकता।

log-give-back = आपने फ़ोन लौटाने को कहा।

log-opening = आपने फ़ोन 24 घंटे के लिए खोला।

log-code = सही कोड लिखा गया।

log-wrong-code = एक कोड आज़माया गया।

log-lapsed = 30 दिन तक कंपनी से कोई खबर नहीं। पाबंदी खत्म।

log-reminded = आपको भुगतान की याद दिलाई गई।
