# review: machine 2026-11-25

free-title = आज कुछ नहीं देना है

free-title-asking = एक पल रुकिए

free-title-open = आपका फ़ोन खुला है

free-lead = आपका फ़ोन हमेशा की तरह चलता है।

free-lead-asking = फ़ोन { $lender } से हाल पूछ रहा है। तब तक आप इसे चला सकते हैं।

free-lead-lost = इस फ़ोन का रिकॉर्ड खो गया, इसलिए यह खुला है। यह फिर से रिकॉर्ड माँग रहा है।

free-next = अगली किस्त

free-next-due = { $date } तक देनी है

free-next-line = { $amount }, { $date } तक

free-next-none = कोई किस्त बाकी नहीं।

free-may-title = यह ऐप क्या कर सकता है

free-may = किस्त में देर हो और नोटिस भेजे जा चुके हों, तो { $lender } इस फ़ोन पर रोक लगा सकता है। यह ऐप फ़ोटो, संदेश या जगह नहीं पढ़ता।

free-dispute = आपने इस रोक पर आपत्ति की है। हमारे जवाब तक कोई रोक नहीं है।

free-pay = भुगतान करें

free-check = अभी फिर पूछें

free-call = किसी से बात करें

free-help = सवाल

free-log = क्या-क्या हुआ

free-settings = सेटिंग

free-about = इस स्क्रीन के बारे में

free-late = जिस किस्त में देर हुई

free-late-due = { $date } तक देनी थी।
