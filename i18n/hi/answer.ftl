# review: machine 2026-11-25

answer-call = कॉल करें

answer-call-row = किसी से बात करें

answer-why = यह सीमित क्यों है

answer-pay = कोड दिखाएँ
