# review: machine 2026-11-25

open-title = आपका फ़ोन खुला है

open-until = इस समय तक खुला

open-within = इतने समय खुला

open-grace = { $lender } ने आपको और समय दिया।

open-provisional = 60 मिनट में जवाब नहीं आया। इसलिए जब तक हम देखते हैं, फ़ोन खुला है।

open-opening = आपने इसे इमरजेंसी में खोला। यह एक बार हो सकता है।

open-code = आपका लिखा कोड सही था।

open-after = उसके बाद रोक लौटती है, जब तक भुगतान न मिले।

open-pay = भुगतान करें

open-call = किसी से बात करें

open-log = क्या-क्या हुआ
