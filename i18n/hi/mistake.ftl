# review: machine 2026-11-25


# title · owner · max 28 characters
mistake-title = आपको इस रोक पर आपत्ति है

# over the choices · owner · max 60 characters
mistake-lead = क्या ग़लत है, चुनें।

# choice · owner · max 34 characters
mistake-paid = मैंने पहले ही भुगतान किया

# choice · owner · max 34 characters
mistake-plan = मेरी नई योजना है

# choice · owner · max 34 characters
mistake-loan = यह मेरा कर्ज़ नहीं है

# choice · owner · max 34 characters
mistake-told = मुझे बताया नहीं गया

# under the choices · owner · max 140 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
mistake-then = भेजते ही रोक हल्की हो जाती है। { $lender } को आपको जवाब देना होगा।

# primary button · owner · max 11 characters
mistake-send = भेजें

# after it was sent · owner · max 140 characters
mistake-sent = हमने आपका संदेश रखा है और भेजते हैं। हमें कॉल भी करें।

# after it was sent, while the limit is lighter · owner · max 140 characters
mistake-sent-lighter = आपने बता दिया। हमारे जवाब तक रोक हल्की है।

# row · owner · max 18 characters
mistake-call = किसी से बात करें

# row · owner · max 18 characters
mistake-log = क्या-क्या हुआ
