# review: machine 2026-11-25


mistake-title = आपको इस रोक पर आपत्ति है

mistake-lead = क्या ग़लत है, चुनें।

mistake-paid = मैंने पहले ही भुगतान किया

mistake-plan = मेरी नई योजना है

mistake-loan = यह मेरा कर्ज़ नहीं है

mistake-told = मुझे बताया नहीं गया

mistake-then = भेजते ही रोक हल्की हो जाती है। { $lender } को आपको जवाब देना होगा।

mistake-send = भेजें

mistake-sent = हमने आपका संदेश रखा है और भेजते हैं। हमें कॉल भी करें।

mistake-sent-lighter = आपने बता दिया। हमारे जवाब तक रोक हल्की है।

mistake-call = किसी से बात करें

mistake-log = क्या-क्या हुआ
