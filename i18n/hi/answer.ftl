# review: machine 2026-11-25

# row · owner · max 18 characters
answer-call-row = किसी से बात करें

# row · owner · max 18 characters
answer-why = रोक क्यों लगी है

# row · owner · max 18 characters
answer-pay = कोड दिखाएँ

# row that leads to the page where it is said · owner · max 18 characters
answer-send = यहाँ बताएँ
