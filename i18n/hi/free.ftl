# review: machine 2026-11-25

# title · owner · max 28 characters
free-title = आज कुछ नहीं देना है

# title while the phone asks how things stand · owner · max 28 characters
free-title-asking = एक पल रुकिए

# title when a payment is late but nothing is limited · owner · max 28 characters
free-title-open = आपका फ़ोन खुला है

# first sentence · owner · max 60 characters
free-lead = आपका फ़ोन हमेशा की तरह चलता है।

# first sentence while the phone asks · owner · max 90 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
free-lead-asking = फ़ोन { $lender } से हाल पूछ रहा है। तब तक आप इसे चला सकते हैं।

# first sentence after the phone's record was lost · owner · max 110 characters
free-lead-lost = इस फ़ोन का रिकॉर्ड खो गया, इसलिए यह खुला है। यह फिर से रिकॉर्ड माँग रहा है।

# above the next amount · owner · max 24 characters
free-next = अगली किस्त

# under the next amount · owner · max 34 characters
# $date (String) - day it is due, e.g. 2 June
free-next-due = { $date } तक देनी है

# when all instalments are paid · owner · max 60 characters
free-next-none = कोई किस्त बाकी नहीं।

# heading · owner · max 34 characters
free-may-title = यह ऐप क्या कर सकता है

# text · owner · max 240 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
free-may = किस्त में देर हो और नोटिस भेजे जा चुके हों, तो { $lender } इस फ़ोन पर रोक लगा सकता है। यह ऐप फ़ोटो, संदेश या जगह नहीं पढ़ता।

# while a dispute runs · owner · max 110 characters
free-dispute = आपने इस रोक पर आपत्ति की है। हमारे जवाब तक कोई रोक नहीं है।

# primary button · owner · max 11 characters
free-pay = भुगतान करें

# row · owner · max 18 characters
free-check = अभी फिर पूछें

# row · owner · max 18 characters
free-call = किसी से बात करें

# row · owner · max 18 characters
free-help = सवाल

# row · owner · max 18 characters
free-log = क्या-क्या हुआ

# row · owner · max 18 characters
free-settings = सेटिंग

# row · owner · max 18 characters
free-about = इस स्क्रीन के बारे में

# above the amount when its day is past · owner · max 24 characters
free-late = जिस किस्त में देर हुई

# under the amount when its day is past · owner · max 40 characters
# $date (String) - day it was due, e.g. 3 May
free-late-due = { $date } तक देनी थी।
