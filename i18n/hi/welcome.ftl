# review: machine 2026-11-25

# title · owner · max 28 characters
welcome-title = स्वागत है

# first sentence · owner · max 110 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
welcome-lead = आप यह फ़ोन { $lender } से किस्तों में ख़रीद रहे हैं। पहले इसे पढ़ लें।

# first sentence before the lender is known · owner · max 110 characters
welcome-lead-plain = आप यह फ़ोन किस्तों में ख़रीद रहे हैं। पहले इसे पढ़ लें।

# first sentence when the phone was not set up for a lender · owner · max 110 characters
welcome-lead-none = यह फ़ोन किसी ऋणदाता के लिए तैयार नहीं है। यहाँ इस पर कोई रोक नहीं लग सकती।

# heading · owner · max 34 characters
welcome-can-title = क्या हो सकता है

# point · owner · max 110 characters
welcome-can-limit = किस्त समय पर न दी जाए, तो ऋणदाता इस फ़ोन पर रोक लगा सकता है।

# point · owner · max 110 characters
welcome-can-notice = पहले नोटिस आते हैं। भुगतान से फ़ोन अपने-आप खुलता है।

# heading · owner · max 34 characters
welcome-safe-title = क्या आपका रहता है

# point · owner · max 110 characters
welcome-safe-calls = इमरजेंसी कॉल हर समय चलती हैं।

# point · owner · max 110 characters
welcome-safe-private = आपकी फ़ोटो, संदेश, संपर्क या जगह कोई नहीं पढ़ता।

# point · owner · max 110 characters
welcome-safe-log = ऋणदाता जो भी करता है, वह आप यहाँ पढ़ सकते हैं।

# heading · owner · max 34 characters
welcome-rule-title = जिस नियम पर आप हस्ताक्षर करते हैं

# line · owner · max 60 characters
# $number (String) - the lender's contract number, e.g. A-1042
welcome-number = करार { $number }

# line · owner · max 80 characters
# $count (Number) - number of payments, selects the plural, e.g. 12
# $shown (String) - the same as text, e.g. 12
# $total (String) - price in all, e.g. Rs 39,000.00
welcome-sum =
    { $count ->
        [one] { $shown } किस्त, कुल { $total }
       *[other] { $shown } किस्तें, कुल { $total }
    }

# line · owner · max 80 characters
# $clause (String) - id of the clause, e.g. 7.2
welcome-clause = नियम { $clause } ऋणदाता को इस फ़ोन पर रोक लगाने देता है।

# primary button · owner · max 11 characters
welcome-agree = मैं सहमत हूँ

# under the rule · owner · max 110 characters
welcome-not = सहमत नहीं? तो यहीं रुकें और दुकान से बात करें।

# while the phone is being enrolled · owner · max 60 characters
welcome-waiting = तैयारी हो रही है। थोड़ा समय लगेगा।

# row · owner · max 18 characters
welcome-settings = सेटिंग

# row · owner · max 18 characters
welcome-about = इस स्क्रीन के बारे में

# primary button until the end of the page was reached · owner · max 12 characters
welcome-read-on = आगे पढ़ें
