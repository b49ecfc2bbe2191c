# review: machine 2026-11-25

settled-title = सब चुकता है। यह फ़ोन आपका है।

settled-lead = { $lender } अब कभी इस फ़ोन पर रोक नहीं लगा सकता।

settled-lead-plain = अब कोई इस फ़ोन पर रोक नहीं लगा सकता।

settled-on = { $date } को पूरा भुगतान हुआ।

settled-certificate = अपना प्रमाणपत्र संभालकर रखें। वह साबित करता है कि फ़ोन का पैसा चुकता है।

settled-telling = ऋणदाता को बताया जा रहा है। आपको कुछ नहीं करना है।

settled-log = क्या-क्या हुआ

settled-about = इस स्क्रीन के बारे में

settled-leave = आगे बढ़ें
