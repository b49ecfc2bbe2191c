# review: machine 2026-11-25

# title · owner · max 48 characters
settled-title = सब चुकता है। यह फ़ोन आपका है।

# first sentence · owner · max 80 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
settled-lead = { $lender } अब कभी इस फ़ोन पर रोक नहीं लगा सकता।

# first sentence when the name is gone · owner · max 60 characters
settled-lead-plain = अब कोई इस फ़ोन पर रोक नहीं लगा सकता।

# second sentence · owner · max 60 characters
# $date (String) - day of settlement, e.g. 9 May 2027
settled-on = { $date } को पूरा भुगतान हुआ।

# third sentence · owner · max 90 characters
settled-certificate = अपना प्रमाणपत्र संभालकर रखें। वह साबित करता है कि फ़ोन का पैसा चुकता है।

# while the lender was not told yet · owner · max 90 characters
settled-telling = ऋणदाता को बताया जा रहा है। आपको कुछ नहीं करना है।

# row · owner · max 18 characters
settled-log = क्या-क्या हुआ

# row · owner · max 18 characters
settled-about = इस स्क्रीन के बारे में

# primary button · owner · max 11 characters
settled-leave = आगे बढ़ें
