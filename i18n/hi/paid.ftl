# review: machine 2026-11-25

# title · owner · max 28 characters
paid-title = मैंने भुगतान किया

# above the big clock time · owner · max 24 characters
paid-by = हम इस समय तक जवाब देंगे

# above the big figure when no clock is known · owner · max 24 characters
paid-within = हम इतने समय में जवाब देंगे

# under the big clock time · owner · max 60 characters
paid-no-answer = तब तक जवाब नहीं? आपका फ़ोन 24 घंटे के लिए खुलेगा।

# first step · owner · max 34 characters
# $time (String) - clock time, e.g. 13:20
paid-told = आपने { $time } बजे बताया

# first step when no clock is known · owner · max 34 characters
paid-told-plain = आपने हमें बताया

# second step · owner · max 34 characters
paid-look = हम भुगतान ढूँढ रहे हैं

# third step · owner · max 34 characters
paid-open = फ़ोन खुलता है

# under the steps: what was found so far · owner · max 90 characters
paid-answer-asking = अभी पूछ रहे हैं। अक्सर कुछ मिनट लगते हैं।

# under the steps · owner · max 90 characters
paid-answer-none = अभी भुगतान नहीं मिला। हम बार-बार देख रहे हैं।

# under the steps · owner · max 90 characters
paid-answer-offline = नेटवर्क नहीं है। समय फिर भी चल रहा है।

# under the steps, once the wait of this limit was used · owner · max 140 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
# $reference (String) - number to say, e.g. 4F7K 92
paid-answer-spent = इस रोक के 60 मिनट एक बार लग चुके हैं। भुगतान मिलते ही हम फिर भी फ़ोन खोलते हैं। { $lender } को कॉल करें और { $reference } बताएँ।

# beside the clock · owner · max 30 characters
# $count (Number) - minutes, selects the plural, e.g. 43
# $shown (String) - the same minutes as text, e.g. 43
paid-minutes =
    { $count ->
        [one] { $shown } मिनट बाकी
       *[other] { $shown } मिनट बाकी
    }

# primary button · owner · max 11 characters
paid-call = कॉल करें

# row · owner · max 18 characters
paid-row-again = अभी फिर पूछें

# row · owner · max 18 characters
paid-row-works = अभी क्या चलता है

# row · owner · max 18 characters
paid-row-pay = कोड दिखाएँ

# row, when the wait was used · owner · max 18 characters
paid-row-call = किसी से बात करें
