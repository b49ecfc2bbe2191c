# review: machine 2026-11-25

why-title = रोक क्यों लगी है

why-lead = { $lender } को इस फ़ोन पर रोक लगाने की अनुमति है। फ़ोन ने ख़ुद पाँच बातें जाँचीं।

why-lead-fails = यह फ़ोन नहीं जाँच सका कि रोक की अनुमति है।

why-fails-next = कॉल करके यह बताएँ। कारण लिखित में माँगें।

why-checks = क्या जाँचा गया

why-key = आदेश { $lender } से आया है।

why-agreement = यह आपके करार { $number } से मेल खाता है।

why-notices =
    { $count ->
        [one] पहले { $shown } नोटिस आया, { $date } को।
       *[other] पहले { $shown } नोटिस आए, आख़िरी { $date } को।
    }

why-days =
    { $count ->
        [one] भुगतान में { $shown } दिन की देर है।
       *[other] भुगतान में { $shown } दिन की देर है।
    }

why-level = स्तर और समय { $market } के नियमों से मेल खाते हैं।

why-checked = जाँचा गया

why-not-checked = नहीं जाँचा गया

why-rule-title = जिस नियम पर आपने हस्ताक्षर किए

why-number = करार { $number }, हस्ताक्षर { $date }

why-clause = नियम { $clause }

why-log = क्या-क्या हुआ

why-call = किसी से बात करें

why-mistake = आपको इस रोक पर आपत्ति है

why-pay = भुगतान करें
