# review: machine 2026-11-25

# title · owner · max 28 characters
open-title = आपका फ़ोन खुला है

# above the big clock time · owner · max 24 characters
open-until = इस समय तक खुला

# above the big figure when no clock is known · owner · max 24 characters
open-within = इतने समय खुला

# reason · owner · max 80 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
open-grace = { $lender } ने आपको और समय दिया।

# reason · owner · max 110 characters
open-provisional = 60 मिनट में जवाब नहीं आया। इसलिए जब तक हम देखते हैं, फ़ोन खुला है।

# reason · owner · max 80 characters
open-opening = आपने इसे इमरजेंसी में खोला। यह एक बार हो सकता है।

# reason · owner · max 80 characters
open-code = आपका लिखा कोड सही था।

# under the reason · owner · max 90 characters
open-after = उसके बाद रोक लौटती है, जब तक भुगतान न मिले।

# row and primary button · owner · max 11 characters
open-pay = भुगतान करें

# row · owner · max 18 characters
open-call = किसी से बात करें

# row · owner · max 18 characters
open-log = क्या-क्या हुआ
