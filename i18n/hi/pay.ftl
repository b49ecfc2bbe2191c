# review: machine 2026-11-25

# title · owner · max 28 characters
pay-title = भुगतान करें

# under the code · owner · max 44 characters
pay-check-name = भुगतान से पहले नाम जाँचें।

# under the code · owner · max 80 characters
pay-scan = कोड को दूसरे फ़ोन से स्कैन करें, या भुगतान केंद्र पर दिखाएँ।

# the code itself, spoken only · owner · max 120 characters
pay-code = भुगतान कोड। इसे दूसरे फ़ोन से स्कैन करें, या नीचे का पता खोलें।

# above the address · owner · max 60 characters
pay-address = या दूसरे फ़ोन पर यह पता खोलें:

# above the reference · owner · max 34 characters
pay-reference = आपका भुगतान नंबर

# under the reference · owner · max 90 characters
pay-opens = पैसे देते ही फ़ोन खुलता है। खोलने का कोड किसी से न लें, उसकी ज़रूरत नहीं।

# near the end · owner · max 110 characters
pay-never = यह स्क्रीन कभी कार्ड नंबर, पिन या पासवर्ड नहीं माँगती।

# near the end · owner · max 80 characters
# $paid (String) - paid so far, e.g. Rs 9,750.00
# $total (String) - price in all, e.g. Rs 39,000.00
# $left (String) - left to pay, e.g. Rs 29,250.00
pay-progress = आपने { $total } में से { $paid } दे दिए हैं। { $left } बाकी हैं।

# beside the amount when it is not fresh · owner · max 24 characters
# $when (String) - day or clock time, e.g. 09:40
pay-as-of = { $when } की रकम

# in place of the code when none may be shown · owner · max 60 characters
pay-refused = अभी कोई सुरक्षित कोड नहीं दिखाया जा सकता।

# under it · owner · max 90 characters
pay-refused-next = “कॉल करें” छुएँ और पूछें कि भुगतान कैसे करें। केवल वहाँ दिखाया गया नंबर चलाएँ।

# primary button · owner · max 11 characters
pay-paid = मैंने भुगतान किया

# primary button when no code may be shown · owner · max 11 characters
pay-call = कॉल करें

# row · owner · max 18 characters
pay-row-call = किसी से बात करें

# row · owner · max 18 characters
pay-row-safe = क्या यह सुरक्षित है?

# above the rows, while it was not said yet · owner · max 110 characters
pay-once = “मैंने भुगतान किया” तभी छुएँ जब भुगतान कर चुके हों। यह एक ही बार चलता है।
