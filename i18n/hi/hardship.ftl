# review: machine 2026-11-25


hardship-title = मैं अभी नहीं दे सकता

hardship-lead = आपकी मदद कैसे हो?

hardship-less = हर महीने कम देना

hardship-later = बाद में देना

hardship-give-back = फ़ोन लौटाकर कर्ज़ बंद करना

hardship-binds = { $lender } मान जाए, तो यह फ़ोन नई योजना मानता है। { $lender } अकेले इसे बदल नहीं सकता।

hardship-send = भेजें

hardship-sent = हमने आपका संदेश रखा है और भेजते हैं। हमें कॉल भी करें।

hardship-call = किसी से बात करें
