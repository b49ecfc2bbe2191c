# review: machine 2026-11-25

# title · owner · max 28 characters
home-title = इस फ़ोन पर रोक लगी है

# under the title: what still works comes first · owner · max 48 characters
home-comfort = इमरजेंसी कॉल चलती हैं। आपकी फ़ोटो सुरक्षित हैं।

# on the slip, above the amount · owner · max 34 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
home-owe = { $lender } को देना है

# on the slip, under the amount · owner · max 30 characters
# $date (String) - day it was due, e.g. 3 May
home-due = { $date } तक देना था।

# on the slip, under the due day · owner · max 34 characters
home-opens = भुगतान होते ही फ़ोन खुलता है।

# on the slip when the amount is hidden or not known · owner · max 60 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
home-reason = { $lender } की एक किस्त में देर हो गई है।

# primary button · owner · max 11 characters
home-pay = भुगतान करें

# row, and primary button while the code stands on this page · owner · max 18 characters
home-paid = मैंने भुगतान किया

# row, under its label while "I have paid" runs · owner · max 40 characters
# $time (String) - clock time, e.g. 14:20
home-claim = हम देख रहे हैं। जवाब { $time } तक।

# row, under its label once the wait of this limit was used · owner · max 40 characters
home-claim-spent = आप इसे एक बार चला चुके हैं

# row, while the code stands on this page: address and number of the payment · owner · max 18 characters
home-more = भुगतान के और तरीके

# row · owner · max 18 characters
home-call = किसी से बात करें

# row · owner · max 18 characters
home-backup = मेरी फ़ोटो बचाएँ

# row, under its label · owner · max 40 characters
# $left (String) - what is left of the 10 minutes, e.g. 10 minutes
home-backup-left = कॉपी के लिए { $left }

# row, under its label · owner · max 40 characters
home-backup-spent = 10 मिनट पूरे हो गए

# row · owner · max 18 characters
home-why = रोक क्यों लगी है

# row · owner · max 18 characters
home-help = सवाल

# row · owner · max 18 characters
home-log = क्या-क्या हुआ

# row · owner · max 18 characters
home-settings = Wi-Fi और सेटिंग

# row · owner · max 18 characters
home-about = इस स्क्रीन के बारे में

# row, takes the place of the amount while it is hidden · owner · max 18 characters
home-amount = देने की रकम

# row, under its label while the amount is hidden · owner · max 20 characters
home-amount-show = देखने के लिए छुएँ

# above the code, where the code stands on this page · owner · max 44 characters
home-scan = दूसरे फ़ोन से स्कैन करें। नाम जाँचें:

# title of a reminder · owner · max 28 characters
home-title-reminder = एक किस्त में देर हुई

# under the due day of a reminder · owner · max 44 characters
home-ends = भुगतान होते ही यह सूचना हट जाती है।

# primary button of a reminder · owner · max 16 characters
home-leave = मेरे फ़ोन पर जाएँ

# row of a reminder · owner · max 18 characters
home-pay-row = भुगतान करें

# row, where calls and some apps stay usable · owner · max 18 characters
home-go-on = आगे बढ़ें

# row, under its label · owner · max 40 characters
home-go-on-why = कॉल, संदेश और कुछ ऐप

# row · owner · max 18 characters
home-mistake = आपको इस रोक पर आपत्ति है

# row, under its label, once it was said · owner · max 40 characters
home-mistake-sent = आपने बताया। रोक हल्की है।

# row · owner · max 18 characters
home-hardship = मैं अभी नहीं दे सकता

# row · owner · max 18 characters
home-opening = 24 घंटे खोलें

# row, under its label · owner · max 40 characters
home-opening-once = इमरजेंसी में, एक बार

# row · owner · max 18 characters
home-code = इंटरनेट नहीं?

# row, under its label · owner · max 40 characters
home-code-why = हॉटलाइन से कोड लें
