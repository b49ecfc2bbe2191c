# review: machine 2026-11-30

# line on top of every page of a sandbox · payer · max 120 characters
lender-sandbox = यह अभ्यास है: यहाँ असली पैसा नहीं जाता। यह पेज केवल दिखाता है कि भुगतान कैसे होता है।

# name of the row of languages, spoken only · payer · max 30 characters
lender-languages = भाषा

# title of the page · payer · max 60 characters
# $payee (String) - who gets the money, e.g. Sandbox Lender
lender-pay-title = { $payee } को भुगतान

# above the amount · payer · max 40 characters
lender-due = अभी देना है

# above the name of who gets the money · payer · max 40 characters
lender-payee = पैसे किसे मिलेंगे

# under the name · payer · max 90 characters
lender-check = नाम जाँचें। फ़ोन पर भी यही नाम और यही रकम दिखनी चाहिए।

# under the amount · payer · max 80 characters
# $no (String) - number of the instalment, e.g. 4
# $date (String) - day it was due, e.g. 3 May 2026
lender-due-since = किस्त { $no }, { $date } तक देनी थी

# under the amount, several instalments · payer · max 80 characters
# $count (Number) - how many are due, selects the plural, e.g. 2
# $shown (String) - the same count as text, e.g. 2
# $date (String) - day the first was due, e.g. 3 May 2026
lender-due-several =
    { $count ->
        [one] { $shown } किस्त, { $date } तक देनी थी
       *[other] { $shown } किस्तें, पहली { $date } तक देनी थी
    }

# under the amount, when an agreed fee is part of it · payer · max 80 characters
# $fee (String) - the fee, e.g. Rs. 100.00
lender-fee = इसमें { $fee } तय किया गया शुल्क है।

# button that pays · payer · max 30 characters
# $amount (String) - sum, e.g. Rs. 3,250.00
lender-pay = { $amount } का भुगतान करें

# button that lets the payment fail, sandbox only · payer · max 30 characters
lender-fail = नाकाम भुगतान आज़माएँ

# in the place of the button, where the money is paid elsewhere · payer · max 120 characters
lender-pay-elsewhere = अपने अनुबंध के अनुसार भुगतान करें, और भुगतान के साथ अनुबंध का नंबर लिखें।

# heading · payer · max 40 characters
lender-next-heading = आगे क्या होगा

# list under it · payer · max 100 characters
lender-next-receipt = अगले पेज पर रसीद मिलेगी। उसे सँभालकर रखें।

# list under it · payer · max 100 characters
lender-next-release = हम फ़ोन को तुरंत बताते हैं कि आपने भुगतान कर दिया।

# list under it · payer · max 100 characters
lender-next-unlock = इंटरनेट मिलते ही फ़ोन अपने आप खुलता है। कोई कोड नहीं चाहिए।

# heading · payer · max 40 characters
lender-safe-heading = सुरक्षित भुगतान करें

# list under it · payer · max 100 characters
lender-safe-secret = हम कभी पिन, पासवर्ड या संदेश में आया कोड नहीं माँगते।

# list under it · payer · max 100 characters
lender-safe-seller = जो कहे कि वह फ़ोन खोल देगा, उसे कभी पैसे न दें।

# list under it · payer · max 100 characters
lender-safe-call = पक्का नहीं? अभी पैसे न दें। पहले हमें कॉल करें।

# heading over the sums of the contract · payer · max 40 characters
lender-sums = पूरी कीमत

# one of the sums · payer · max 24 characters
lender-sum-paid = अब तक दिया

# one of the sums · payer · max 24 characters
lender-sum-left = देना बाकी

# one of the sums · payer · max 24 characters
lender-sum-total = कुल

# the bar over the sums, spoken only · payer · max 120 characters
# $paid (String) - paid so far, e.g. Rs. 9,750.00
# $total (String) - price in all, e.g. Rs. 39,000.00
lender-progress = { $total } में से { $paid } दिए गए

# heading of the table · payer · max 40 characters
lender-instalments = किस्तें

# column, spoken only · payer · max 16 characters
lender-column-no = नंबर

# column, spoken only · payer · max 16 characters
lender-column-due = तारीख

# column, spoken only · payer · max 16 characters
lender-column-amount = रकम

# column, spoken only · payer · max 16 characters
lender-column-state = स्थिति

# state of an instalment · payer · max 16 characters
lender-state-paid = दे दी

# state of an instalment · payer · max 16 characters
lender-state-late = अभी देनी है

# state of an instalment · payer · max 16 characters
lender-state-open = बाद में

# state of an instalment of which a part is paid · payer · max 40 characters
# $state (String) - its state, e.g. Due now
# $left (String) - what is left of it, e.g. Rs. 1,250.00
lender-state-part = { $state }, { $left } बाकी

# heading when nothing is due · payer · max 60 characters
lender-nothing = अभी कुछ नहीं देना है

# under it · payer · max 80 characters
# $no (String) - number of the instalment, e.g. 5
# $date (String) - day it is due, e.g. 2 June 2026
# $amount (String) - sum, e.g. Rs. 3,250.00
lender-nothing-next = किस्त { $no }, रकम { $amount }, { $date } तक देनी है।

# heading when the contract is over · payer · max 60 characters
lender-settled = अब कुछ देना बाकी नहीं

# under it · payer · max 120 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
lender-settled-free = यह अनुबंध पूरा हो गया। { $lender } इस फ़ोन पर फिर कभी रोक नहीं लगा सकता।

# title after a payment · payer · max 60 characters
lender-paid-title = भुगतान मिल गया

# name of the paper · payer · max 30 characters
lender-receipt = रसीद

# row of the receipt · payer · max 24 characters
lender-receipt-amount = रकम

# row of the receipt · payer · max 24 characters
lender-receipt-payee = किसे दिए

# row of the receipt · payer · max 24 characters
lender-receipt-date = कब दिए

# row of the receipt · payer · max 24 characters
lender-receipt-number = रसीद नंबर

# row of the receipt · payer · max 24 characters
lender-receipt-address = पता

# under the receipt · payer · max 120 characters
lender-receipt-keep = यह रसीद रखें: पेज सहेजें, छापें, या इसका नंबर लिख लें।

# what happens next, on the receipt · payer · max 120 characters
lender-paid-phone = हमने फ़ोन को बता दिया है। उस पर रोक है तो इंटरनेट मिलते ही वह अपने आप खुलता है।

# what happens next, on the receipt · payer · max 120 characters
lender-paid-still = 10 मिनट बाद भी रोक है? हमें कॉल करें और रसीद नंबर बताएँ।

# title of a receipt whose payment was taken back · payer · max 60 characters
lender-back-title = यह भुगतान वापस ले लिया गया

# row of such a receipt · payer · max 24 characters
lender-back-date = कब वापस लिया गया

# what happens next, on such a receipt · payer · max 120 characters
lender-back-owed = यह रकम फिर देनी है। फ़ोन जैसा है वैसा रहेगा: नई रोक से पहले आपको बताया जाएगा।

# what to do, on such a receipt · payer · max 120 characters
lender-back-call = आपने ऐसा नहीं कहा था? बैंक से पूछें, या हमें कॉल करें और रसीद नंबर बताएँ।

# row of a receipt of which a part was given back · payer · max 24 characters
lender-refund-amount = इसमें से वापस मिला

# row of a receipt of which a part was given back · payer · max 24 characters
lender-refund-date = कब वापस मिला

# link to the page that shows what is left · payer · max 40 characters
lender-paid-more = देखें कि कितना देना बाकी है

# heading on top after a failed payment · payer · max 60 characters
lender-failed-title = भुगतान नहीं हुआ

# under it · payer · max 120 characters
lender-failed = कोई पैसा नहीं कटा। अभी फिर कोशिश कर सकते हैं। फिर भी न हो तो हमें कॉल करें।

# heading on top when the form was too old · payer · max 60 characters
lender-stale-title = रकम फिर से जाँचें

# under it · payer · max 120 characters
lender-stale = यह पेज बहुत देर से खुला था, या रकम बदल गई। कोई पैसा नहीं कटा। अब भुगतान कर सकते हैं।

# title of an unknown link · payer · max 60 characters
lender-unknown-title = यह लिंक काम नहीं करता

# what to do, on the page of an unknown link · payer · max 100 characters
lender-unknown-spelling = पते का हर अक्षर फ़ोन पर दिख रहे पते से मिलाएँ।

# what to do, on the page of an unknown link · payer · max 100 characters
lender-unknown-newer = लिंक पुराना हो सकता है। फ़ोन पर “भुगतान करें” खोलें: वहाँ नया लिंक है।

# what to do, on the page of an unknown link · payer · max 100 characters
lender-unknown-sent = क्या यह लिंक किसी ने आपको भेजा? पैसे न दें। फ़ोन पर दिख रहा लिंक चलाएँ।

# title when something went wrong with us · payer · max 60 characters
lender-trouble-title = हमारे यहाँ कुछ गड़बड़ हुई

# what to do, when something went wrong with us · payer · max 120 characters
lender-trouble-once = पैसे दो बार नहीं कटते। पेज फिर खोलें: वह दिखाता है कि कितना देना बाकी है।

# what to do, when something went wrong with us · payer · max 100 characters
# $number (String) - number of the request, e.g. K7QF92MD4XTP
lender-trouble-number = फिर ऐसा हो? हमें कॉल करें और यह नंबर बताएँ: { $number }

# heading over the hotline on every page · payer · max 60 characters
lender-contact = किसी से बात करें

# the hotline's hours · payer · max 80 characters
# $hours (String) - when somebody answers, as the lender writes it, e.g. Mon–Fri 9–17
lender-hours = समय: { $hours }

# the lender's licence, at the foot · payer · max 60 characters
# $licence (String) - its number, e.g. SANDBOX-0000
lender-licence = लाइसेंस { $licence }

# said by the hotline before a code · owner · max 120 characters
lender-code-where = फ़ोन पर “इंटरनेट नहीं?” छुएँ। कोड सुनें और वहाँ लिखें।

# said by the hotline right before the digits · owner · max 60 characters
lender-code-digits = कोड यह है, चार-चार अंक:

# said by the hotline after a code of slot 1 to 3 · owner · max 100 characters
lender-code-opens = इससे फ़ोन 3 दिन खुलता है। रकम फिर भी देनी है।

# said by the hotline after a code of slot 4 · owner · max 100 characters
lender-code-ends = इससे यह रोक हट जाती है।

# said by the hotline at the end · owner · max 100 characters
lender-code-once = यह एक बार चलता है, केवल इसी फ़ोन पर। इसके पैसे नहीं लगते।
