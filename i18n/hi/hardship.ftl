# review: machine 2026-11-25


# title · owner · max 28 characters
hardship-title = मैं अभी नहीं दे सकता

# over the choices · owner · max 60 characters
hardship-lead = आपकी मदद कैसे हो?

# choice · owner · max 44 characters
hardship-less = हर महीने कम देना

# choice · owner · max 44 characters
hardship-later = बाद में देना

# choice · owner · max 44 characters
hardship-give-back = फ़ोन लौटाकर कर्ज़ बंद करना

# under the choices · owner · max 160 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
hardship-binds = { $lender } मान जाए, तो यह फ़ोन नई योजना मानता है। { $lender } अकेले इसे बदल नहीं सकता।

# primary button · owner · max 11 characters
hardship-send = भेजें

# after it was sent · owner · max 140 characters
hardship-sent = हमने आपका संदेश रखा है और भेजते हैं। हमें कॉल भी करें।

# row · owner · max 18 characters
hardship-call = किसी से बात करें
