# review: machine 2026-11-30

lender-sandbox = यह अभ्यास है: यहाँ असली पैसा नहीं जाता। यह पेज केवल दिखाता है कि भुगतान कैसे होता है।

lender-languages = भाषा

lender-pay-title = { $payee } को भुगतान

lender-due = अभी देना है

lender-payee = पैसे किसे मिलेंगे

lender-check = नाम जाँचें। फ़ोन पर भी यही नाम और यही रकम दिखनी चाहिए।

lender-due-since = किस्त { $no }, { $date } तक देनी थी

lender-due-several =
    { $count ->
        [one] { $shown } किस्त, { $date } तक देनी थी
       *[other] { $shown } किस्तें, पहली { $date } तक देनी थी
    }

lender-fee = इसमें { $fee } तय किया गया शुल्क है।

lender-pay = { $amount } का भुगतान करें

lender-fail = नाकाम भुगतान आज़माएँ

lender-next-heading = आगे क्या होगा

lender-next-receipt = अगले पेज पर रसीद मिलेगी। उसे सँभालकर रखें।

lender-next-release = हम फ़ोन को तुरंत बताते हैं कि आपने भुगतान कर दिया।

lender-next-unlock = इंटरनेट मिलते ही फ़ोन अपने आप खुलता है। कोई कोड नहीं चाहिए।

lender-safe-heading = सुरक्षित भुगतान करें

lender-safe-secret = हम कभी पिन, पासवर्ड या संदेश में आया कोड नहीं माँगते।

lender-safe-seller = जो कहे कि वह फ़ोन खोल देगा, उसे कभी पैसे न दें।

lender-safe-call = पक्का नहीं? अभी पैसे न दें। पहले हमें कॉल करें।

lender-sums = पूरी कीमत

lender-sum-paid = अब तक दिया

lender-sum-left = देना बाकी

lender-sum-total = कुल

lender-progress = { $total } में से { $paid } दिए गए

lender-instalments = किस्तें

lender-column-no = नंबर

lender-column-due = तारीख

lender-column-amount = रकम

lender-column-state = स्थिति

lender-state-paid = दे दी

lender-state-late = अभी देनी है

lender-state-open = बाद में

lender-state-part = { $state }, { $left } बाकी

lender-nothing = अभी कुछ नहीं देना है

lender-nothing-next = किस्त { $no }, रकम { $amount }, { $date } तक देनी है।

lender-settled = अब कुछ देना बाकी नहीं

lender-settled-free = यह अनुबंध पूरा हो गया। { $lender } इस फ़ोन पर फिर कभी रोक नहीं लगा सकता।

lender-paid-title = भुगतान मिल गया

lender-receipt = रसीद

lender-receipt-amount = रकम

lender-receipt-payee = किसे दिए

lender-receipt-date = कब दिए

lender-receipt-number = रसीद नंबर

lender-receipt-address = पता

lender-receipt-keep = यह रसीद रखें: पेज सहेजें, छापें, या इसका नंबर लिख लें।

lender-paid-phone = हमने फ़ोन को बता दिया है। उस पर रोक है तो इंटरनेट मिलते ही वह अपने आप खुलता है।

lender-paid-still = 10 मिनट बाद भी रोक है? हमें कॉल करें और रसीद नंबर बताएँ।

lender-back-title = यह भुगतान वापस ले लिया गया

lender-back-date = कब वापस लिया गया

lender-back-owed = यह रकम फिर देनी है। फ़ोन जैसा है वैसा रहेगा: नई रोक से पहले आपको बताया जाएगा।

lender-back-call = आपने ऐसा नहीं कहा था? बैंक से पूछें, या हमें कॉल करें और रसीद नंबर बताएँ।

lender-refund-amount = इसमें से वापस मिला

lender-refund-date = कब वापस मिला

lender-paid-more = देखें कि कितना देना बाकी है

lender-failed-title = भुगतान नहीं हुआ

lender-failed = कोई पैसा नहीं कटा। अभी फिर कोशिश कर सकते हैं। फिर भी न हो तो हमें कॉल करें।

lender-stale-title = रकम फिर से जाँचें

lender-stale = यह पेज बहुत देर से खुला था, या रकम बदल गई। कोई पैसा नहीं कटा। अब भुगतान कर सकते हैं।

lender-unknown-title = यह लिंक काम नहीं करता

lender-unknown-spelling = पते का हर अक्षर फ़ोन पर दिख रहे पते से मिलाएँ।

lender-unknown-newer = लिंक पुराना हो सकता है। फ़ोन पर “भुगतान करें” खोलें: वहाँ नया लिंक है।

lender-unknown-sent = क्या यह लिंक किसी ने आपको भेजा? पैसे न दें। फ़ोन पर दिख रहा लिंक चलाएँ।

lender-trouble-title = हमारे यहाँ कुछ गड़बड़ हुई

lender-trouble-once = पैसे दो बार नहीं कटते। पेज फिर खोलें: वह दिखाता है कि कितना देना बाकी है।

lender-trouble-number = फिर ऐसा हो? हमें कॉल करें और यह नंबर बताएँ: { $number }

lender-contact = किसी से बात करें

lender-hours = समय: { $hours }

lender-licence = लाइसेंस { $licence }

lender-code-where = फ़ोन पर “इंटरनेट नहीं?” छुएँ। कोड सुनें और वहाँ लिखें।

lender-code-digits = कोड यह है, चार-चार अंक:

lender-code-opens = इससे फ़ोन 3 दिन खुलता है। रकम फिर भी देनी है।

lender-code-ends = इससे यह रोक हट जाती है।

lender-code-once = यह एक बार चलता है, केवल इसी फ़ोन पर। इसके पैसे नहीं लगते।
