# review: machine 2026-11-25

answer-call = कॉल करें

answer-call-row = किसी से बात करें

answer-why = रोक क्यों लगी है

answer-pay = कोड दिखाएँ

answer-send = यहाँ बताएँ
