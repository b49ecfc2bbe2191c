# review: machine 2026-11-25


# title · owner · max 28 characters
code-title = कोड से खोलें

# over the numbers to read out · owner · max 34 characters
code-lead = हमें कॉल करके यह पढ़ें:

# in the empty field · owner · max 34 characters
code-empty = बताए गए अंक लिखें

# spoken name of the field · owner · max 34 characters
code-field = कोड

# primary button · owner · max 11 characters
code-check = जाँचें

# under the pad · owner · max 110 characters
code-gives = 12 अंक फ़ोन 3 दिन खोलते हैं। 16 अंक रोक हटाते हैं।

# under the pad, when only time can be given · owner · max 110 characters
code-gives-time = 12 अंक फ़ोन 3 दिन खोलते हैं।

# under the pad, when only the limit can be ended · owner · max 110 characters
code-gives-release = 16 अंक रोक हटाते हैं।

# instead of the pad · owner · max 110 characters
# $time (String) - duration, e.g. 5 minutes
code-wait = वह कोड ग़लत था। { $time } बाद फिर लिख सकते हैं।

# instead of the pad, after 100 wrong codes · owner · max 140 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
code-closed = बहुत बार ग़लत कोड। { $lender } को कॉल करें या भुगतान करें: फ़ोन अपने आप खुलता है।

# row · owner · max 18 characters
code-call = किसी से बात करें

# row · owner · max 18 characters
code-wifi = Wi-Fi और सेटिंग
