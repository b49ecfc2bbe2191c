# review: machine 2026-11-25

welcome-title = स्वागत है

welcome-lead = आप यह फ़ोन { $lender } से किस्तों में ख़रीद रहे हैं। पहले इसे पढ़ लें।

welcome-lead-plain = आप यह फ़ोन किस्तों में ख़रीद रहे हैं। पहले इसे पढ़ लें।

welcome-lead-none = यह फ़ोन किसी ऋणदाता के लिए तैयार नहीं है। यहाँ इस पर कोई रोक नहीं लग सकती।

welcome-can-title = क्या हो सकता है

welcome-can-limit = किस्त समय पर न दी जाए, तो ऋणदाता इस फ़ोन पर रोक लगा सकता है।

welcome-can-notice = पहले नोटिस आते हैं। भुगतान से फ़ोन अपने-आप खुलता है।

welcome-safe-title = क्या आपका रहता है

welcome-safe-calls = इमरजेंसी कॉल हर समय चलती हैं।

welcome-safe-private = आपकी फ़ोटो, संदेश, संपर्क या जगह कोई नहीं पढ़ता।

welcome-safe-log = ऋणदाता जो भी करता है, वह आप यहाँ पढ़ सकते हैं।

welcome-rule-title = जिस नियम पर आप हस्ताक्षर करते हैं

welcome-number = करार { $number }

welcome-sum =
    { $count ->
        [one] { $shown } किस्त, कुल { $total }
       *[other] { $shown } किस्तें, कुल { $total }
    }

welcome-clause = नियम { $clause } ऋणदाता को इस फ़ोन पर रोक लगाने देता है।

welcome-agree = मैं सहमत हूँ

welcome-not = सहमत नहीं? तो यहीं रुकें और दुकान से बात करें।

welcome-waiting = तैयारी हो रही है। थोड़ा समय लगेगा।

welcome-settings = सेटिंग

welcome-about = इस स्क्रीन के बारे में

welcome-read-on = आगे पढ़ें
