# review: machine 2026-11-25

# title · owner · max 28 characters
call-title = किसी से बात करें

# primary button · owner · max 11 characters
call-call = कॉल करें

# row of a hotline, spoken only · owner · max 60 characters
# $label (String) - name of the line, e.g. Hotline
# $number (String) - digits, e.g. +94 11 000 0000
call-spoken = { $label } को कॉल करें, { $number }

# row of a hotline that has no label of its own · owner · max 18 characters
call-hotline = हॉटलाइन

# under the name · owner · max 60 characters
# $hours (String) - opening hours as the lender gives them, e.g. Mon to Sat, 8:00 to 18:00
call-hours = खुला: { $hours }

# above the reference · owner · max 34 characters
call-reference = यह नंबर बताएँ

# in place of the hotlines before any is known · owner · max 80 characters
call-none = अभी कोई नंबर पता नहीं। जिस दुकान से फ़ोन लिया, वहाँ पूछें।

# heading · owner · max 34 characters
call-write = लिखें या मिलें

# under the address · owner · max 60 characters
# $licence (String) - number of the licence, e.g. CB-1042
call-licence = लाइसेंस { $licence }

# heading · owner · max 34 characters
call-complain = शिकायत करनी हो तो

# heading · owner · max 34 characters
call-maker = फ़ोन बनाने वाली कंपनी

# text under that heading · owner · max 120 characters
call-maker-lead = फ़ोन से जुड़े सवालों के लिए। कंपनी रोक नहीं हटा सकती।

# row of a sandbox, place · owner · max 34 characters
call-maker-uk = उदाहरण: यूनाइटेड किंगडम

# row of a sandbox, place · owner · max 34 characters
call-maker-world = उदाहरण: दूसरे देश

# row, heading of the next text · owner · max 24 characters
call-maker-centre = सर्विस सेंटर

# row · owner · max 80 characters
call-maker-centre-bring = ख़रीद का सबूत और अपना पहचान पत्र साथ लाएँ।
