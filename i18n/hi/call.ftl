# review: machine 2026-11-25

call-title = किसी से बात करें

call-call = कॉल करें

call-spoken = { $label } को कॉल करें, { $number }

call-hotline = हॉटलाइन

call-hours = खुला: { $hours }

call-reference = यह नंबर बताएँ

call-none = अभी कोई नंबर पता नहीं। जिस दुकान से फ़ोन लिया, वहाँ पूछें।

call-write = लिखें या मिलें

call-licence = लाइसेंस { $licence }

call-complain = शिकायत करनी हो तो

call-maker = फ़ोन बनाने वाली कंपनी

call-maker-lead = फ़ोन से जुड़े सवालों के लिए। कंपनी रोक नहीं हटा सकती।

call-maker-uk = उदाहरण: यूनाइटेड किंगडम

call-maker-world = उदाहरण: दूसरे देश

call-maker-centre = सर्विस सेंटर

call-maker-centre-bring = ख़रीद का सबूत और अपना पहचान पत्र साथ लाएँ।
