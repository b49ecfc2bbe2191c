# review: machine 2026-11-25

# title · owner · max 28 characters
log-title = क्या-क्या हुआ

# when there is nothing · owner · max 60 characters
log-empty = अब तक कुछ नहीं हुआ।

# under the title · owner · max 110 characters
log-lead = सभी आदेश और इनकार, जिस क्रम में इस फ़ोन को मिले। यह सूची कोई नहीं बदल सकता।

# notice when an older record was put back · owner · max 110 characters
log-rollback = इस फ़ोन के रिकॉर्ड की पुरानी प्रति वापस रखी गई। इसका कोई दोष आप पर नहीं।

# line above an entry · owner · max 40 characters
# $date (String) - day, e.g. 3 May
# $time (String) - clock time, e.g. 13:20
log-when = { $date }, { $time }

# after an entry that came more than once · owner · max 24 characters
# $count (Number) - how often, selects the plural, e.g. 3
# $shown (String) - the same as text, e.g. 3
log-count =
    { $count ->
        [one] { $shown } बार
       *[other] { $shown } बार
    }

# entry · owner · max 60 characters
log-enrolled = यह फ़ोन तैयार किया गया।

# entry · owner · max 80 characters
log-lost = रिकॉर्ड खो गया। फ़ोन खुला रहा।

# entry · owner · max 60 characters
log-keys = ऋणदाता की हस्ताक्षर-कुंजियाँ बदली गईं।

# entry · owner · max 90 characters
# $amount (String) - amount, e.g. Rs 3,250.00
log-notice = नोटिस: { $amount } देने में देर हुई।

# under it · owner · max 60 characters
# $no (String) - number of the notice, e.g. 1
# $instalment (String) - number of the instalment, e.g. 4
log-notice-detail = नोटिस { $no }, किस्त { $instalment } के लिए

# entry · owner · max 60 characters
log-terms = रकमें ताज़ा की गईं।

# entry · owner · max 60 characters
log-plan = नई योजना तय हुई।

# entry · owner · max 60 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
log-lock = { $lender } ने इस फ़ोन पर रोक लगाई।

# entry when the name is gone · owner · max 60 characters
log-lock-plain = इस फ़ोन पर रोक लगी।

# under it · owner · max 40 characters
# $lock (String) - number of the lock, e.g. 1
# $level (String) - level, e.g. 3
log-lock-detail = रोक नंबर { $lock }, स्तर { $level }

# entry · owner · max 60 characters
log-release = रोक हटाई गई।

# under it · owner · max 40 characters
# $lock (String) - number of the lock, e.g. 1
log-release-detail = रोक नंबर { $lock }

# entry · owner · max 60 characters
# $time (String) - duration, e.g. 24 hours
log-grace = ऋणदाता ने { $time } और दिए।

# entry · owner · max 60 characters
log-settle = सब चुकता है। फ़ोन आपका है।

# entry · owner · max 60 characters
log-refused = इस फ़ोन ने एक आदेश नहीं माना।

# entry, where the kind of order could be read · owner · max 60 characters
# $kind (String) - kind of order, e.g. limit
log-refused-kind = इस फ़ोन ने एक आदेश नहीं माना: { $kind }।

# kind of order · owner · max 24 characters
log-kind-lock = रोक

# kind of order · owner · max 24 characters
log-kind-release = रोक हटाना

# kind of order · owner · max 24 characters
log-kind-terms = नई रकमें

# kind of order · owner · max 24 characters
log-kind-notice = नोटिस

# kind of order · owner · max 24 characters
log-kind-plan = नई योजना

# kind of order · owner · max 24 characters
log-kind-grace = और समय

# kind of order · owner · max 24 characters
log-kind-settle = सब चुकता

# kind of order · owner · max 24 characters
log-kind-keys = नई कुंजियाँ

# kind of order · owner · max 24 characters
log-kind-status = सवाल का जवाब

# entry · owner · max 60 characters
# $time (String) - duration used so far, e.g. 2 minutes
log-backup = आपने फ़ोटो के लिए { $time } लगाए।

# entry · owner · max 60 characters
log-paid = आपने कहा: मैंने भुगतान किया।

# entry · owner · max 80 characters
log-provisional = 60 मिनट में जवाब नहीं आया। फ़ोन खुल गया।

# entry · owner · max 60 characters
log-closed = दिया गया समय पूरा हुआ।

# entry · owner · max 60 characters
log-certificate = प्रमाणपत्र सहेजा गया।

# entry · owner · max 60 characters
log-dispute = आपने इस रोक पर आपत्ति की।

# entry · owner · max 60 characters
log-hardship = आपने कहा: मैं अभी नहीं दे सकता।

# entry · owner · max 60 characters
log-give-back = आपने फ़ोन लौटाने को कहा।

# entry · owner · max 60 characters
log-opening = आपने फ़ोन 24 घंटे के लिए खोला।

# entry · owner · max 60 characters
log-code = सही कोड लिखा गया।

# entry · owner · max 60 characters
log-wrong-code = एक कोड आज़माया गया।

# entry · owner · max 60 characters
log-lapsed = 30 दिन तक ऋणदाता से कोई ख़बर नहीं। रोक ख़त्म।

# entry · owner · max 60 characters
log-reminded = आपको भुगतान की याद दिलाई गई।

# instead of the day, before any clock was known · owner · max 34 characters
log-no-date = तारीख़ पता नहीं
