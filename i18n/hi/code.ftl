# review: machine 2026-11-25


code-title = कोड से खोलें

code-lead = हमें कॉल करके यह पढ़ें:

code-empty = बताए गए अंक लिखें

code-field = कोड

code-check = जाँचें

code-gives = 12 अंक फ़ोन 3 दिन खोलते हैं। 16 अंक रोक हटाते हैं।

code-gives-time = 12 अंक फ़ोन 3 दिन खोलते हैं।

code-gives-release = 16 अंक रोक हटाते हैं।

code-wait = वह कोड ग़लत था। { $time } बाद फिर लिख सकते हैं।

code-closed = बहुत बार ग़लत कोड। { $lender } को कॉल करें या भुगतान करें: फ़ोन अपने आप खुलता है।

code-call = किसी से बात करें

code-wifi = Wi-Fi और सेटिंग
