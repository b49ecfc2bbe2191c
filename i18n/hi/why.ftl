# review: machine 2026-11-25

# title · owner · max 28 characters
why-title = रोक क्यों लगी है

# first sentence when all five checks hold · owner · max 110 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
why-lead = { $lender } को इस फ़ोन पर रोक लगाने की अनुमति है। फ़ोन ने ख़ुद पाँच बातें जाँचीं।

# first sentence when one does not hold · owner · max 110 characters
why-lead-fails = यह फ़ोन नहीं जाँच सका कि रोक की अनुमति है।

# under it · owner · max 90 characters
why-fails-next = कॉल करके यह बताएँ। कारण लिखित में माँगें।

# heading · owner · max 34 characters
why-checks = क्या जाँचा गया

# part · owner · max 60 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
why-key = आदेश { $lender } से आया है।

# part · owner · max 60 characters
# $number (String) - the lender's contract number, e.g. A-1042
why-agreement = यह आपके करार { $number } से मेल खाता है।

# part · owner · max 80 characters
# $count (Number) - notices held, selects the plural, e.g. 2
# $shown (String) - the same as text, e.g. 2
# $date (String) - day of the last one, e.g. 27 April
why-notices =
    { $count ->
        [one] पहले { $shown } नोटिस आया, { $date } को।
       *[other] पहले { $shown } नोटिस आए, आख़िरी { $date } को।
    }

# part · owner · max 60 characters
# $count (Number) - days late, selects the plural, e.g. 10
# $shown (String) - the same as text, e.g. 10
why-days =
    { $count ->
        [one] भुगतान में { $shown } दिन की देर है।
       *[other] भुगतान में { $shown } दिन की देर है।
    }

# part · owner · max 60 characters
# $market (String) - name of the market, e.g. Demo
why-level = स्तर और समय { $market } के नियमों से मेल खाते हैं।

# beside a part that holds · owner · max 18 characters
why-checked = जाँचा गया

# beside a part that does not · owner · max 18 characters
why-not-checked = नहीं जाँचा गया

# heading · owner · max 34 characters
why-rule-title = जिस नियम पर आपने हस्ताक्षर किए

# line · owner · max 60 characters
# $number (String) - the lender's contract number, e.g. A-1042
# $date (String) - day of signing, e.g. 4 January
why-number = करार { $number }, हस्ताक्षर { $date }

# line · owner · max 34 characters
# $clause (String) - id of the clause, e.g. 7.2
why-clause = नियम { $clause }

# row · owner · max 18 characters
why-log = क्या-क्या हुआ

# row · owner · max 18 characters
why-call = किसी से बात करें

# row · owner · max 18 characters
why-mistake = आपको इस रोक पर आपत्ति है
