# review: machine 2026-11-25

paid-title = मैंने भुगतान किया

paid-by = हम इस समय तक जवाब देंगे

paid-within = हम इतने समय में जवाब देंगे

paid-no-answer = तब तक जवाब नहीं? आपका फ़ोन 24 घंटे के लिए खुलेगा।

paid-told = आपने { $time } बजे बताया

paid-told-plain = आपने हमें बताया

paid-look = हम भुगतान ढूँढ रहे हैं

paid-open = फ़ोन खुलता है

paid-answer-asking = अभी पूछ रहे हैं। अक्सर कुछ मिनट लगते हैं।

paid-answer-none = अभी भुगतान नहीं मिला। हम बार-बार देख रहे हैं।

paid-answer-offline = नेटवर्क नहीं है। समय फिर भी चल रहा है।

paid-answer-spent = इस रोक के 60 मिनट एक बार लग चुके हैं। भुगतान मिलते ही हम फिर भी फ़ोन खोलते हैं। { $lender } को कॉल करें और { $reference } बताएँ।

paid-minutes =
    { $count ->
        [one] { $shown } मिनट बाकी
       *[other] { $shown } मिनट बाकी
    }

paid-call = कॉल करें

paid-row-again = अभी फिर पूछें

paid-row-works = अभी क्या चलता है

paid-row-pay = कोड दिखाएँ

paid-row-call = किसी से बात करें
