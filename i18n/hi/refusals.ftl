# review: machine 2026-11-25

# log and notices · owner · max 80 characters
refusal-e-too-large = एक आदेश बहुत लंबा था।

# next step of it · owner · max 100 characters
refusal-e-too-large-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-e-shape = एक आदेश का रूप ग़लत था।

# next step of it · owner · max 100 characters
refusal-e-shape-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-e-base64 = एक आदेश पढ़ा नहीं जा सका।

# next step of it · owner · max 100 characters
refusal-e-base64-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-e-header = एक आदेश का शीर्ष ग़लत था।

# next step of it · owner · max 100 characters
refusal-e-header-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-e-alg = एक आदेश पर ऐसे हस्ताक्षर थे जिन पर यह फ़ोन भरोसा नहीं करता।

# next step of it · owner · max 100 characters
refusal-e-alg-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-e-typ = एक आदेश ऐसी किस्म का था जिसे यह फ़ोन नहीं जानता।

# next step of it · owner · max 100 characters
refusal-e-typ-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-e-kid = एक आदेश पर ऐसी कुंजी के हस्ताक्षर थे जो मान्य नहीं।

# next step of it · owner · max 100 characters
refusal-e-kid-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-e-role = एक आदेश पर दूसरे काम की कुंजी के हस्ताक्षर थे।

# next step of it · owner · max 100 characters
refusal-e-role-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-e-signature = एक आदेश के हस्ताक्षर झूठे थे।

# next step of it · owner · max 100 characters
refusal-e-signature-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-e-claims = एक आदेश में ऐसी बातें थीं जो यह फ़ोन नहीं मान सकता।

# next step of it · owner · max 100 characters
refusal-e-claims-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-b-aud = एक आदेश फ़ोनों के लिए नहीं था।

# next step of it · owner · max 100 characters
refusal-b-aud-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-b-iss = एक आदेश किसी दूसरे ऋणदाता से आया।

# next step of it · owner · max 100 characters
refusal-b-iss-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-b-sub = एक आदेश किसी दूसरे फ़ोन के लिए था।

# next step of it · owner · max 100 characters
refusal-b-sub-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-f-no-anchor = एक आदेश तब आया जब फ़ोन को समय पता नहीं था।

# next step of it · owner · max 100 characters
refusal-f-no-anchor-next = फ़ोन समय पूछकर फिर कोशिश करेगा।

# log and notices · owner · max 80 characters
refusal-f-iat-future = एक आदेश की तारीख़ आगे की थी।

# next step of it · owner · max 100 characters
refusal-f-iat-future-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-f-expired = एक आदेश बहुत पुराना था।

# next step of it · owner · max 100 characters
refusal-f-expired-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-f-keys-expired = ऋणदाता की कुंजियाँ पुरानी हो गई हैं।

# next step of it · owner · max 100 characters
refusal-f-keys-expired-next = ऋणदाता को उन्हें नया करना होगा। तब तक कोई नई रोक नहीं लग सकती।

# log and notices · owner · max 80 characters
refusal-f-terms-stale = नई रकमों के बाद पुरानी रकमें आईं।

# next step of it · owner · max 100 characters
refusal-f-terms-stale-next = नई रकमें बनी रहेंगी।

# log and notices · owner · max 80 characters
refusal-f-jti-seen = यह और समय पहले दिया जा चुका है।

# next step of it · owner · max 100 characters
refusal-f-jti-seen-next = अगर और समय का वादा था, तो कॉल करें।

# log and notices · owner · max 80 characters
refusal-f-nonce = ऐसा जवाब आया जो फ़ोन ने नहीं माँगा था।

# next step of it · owner · max 100 characters
refusal-f-nonce-next = फ़ोन फिर पूछेगा।

# log and notices · owner · max 80 characters
refusal-s-settled = सब चुकता है। अब कोई आदेश नहीं चलता।

# next step of it · owner · max 100 characters
refusal-s-settled-next = यह फ़ोन आपका है। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-s-lock-superseded = एक पुरानी रोक फिर भेजी गई।

# next step of it · owner · max 100 characters
refusal-s-lock-superseded-next = वह हटी रहेगी। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-s-lock-far = एक रोक का नंबर सही नहीं हो सकता।

# next step of it · owner · max 100 characters
refusal-s-lock-far-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-s-lock-unknown = ऐसी रोक के लिए समय आया जो यहाँ नहीं है।

# next step of it · owner · max 100 characters
refusal-s-lock-unknown-next = फ़ोन बाद में फिर कोशिश करेगा।

# log and notices · owner · max 80 characters
refusal-s-open = फ़ोन दिए गए समय तक खुला है।

# next step of it · owner · max 100 characters
refusal-s-open-next = वादा बना रहेगा। ऋणदाता बाद में फिर पूछ सकता है।

# log and notices · owner · max 80 characters
refusal-s-plan = इस किस्त के लिए आपकी नई योजना है।

# next step of it · owner · max 100 characters
refusal-s-plan-next = योजना ही मान्य है। पुरानी किस्त से फ़ोन पर रोक नहीं लग सकती।

# log and notices · owner · max 80 characters
refusal-s-notice-missing = जो नोटिस पहले आना चाहिए, वह यहाँ नहीं है।

# next step of it · owner · max 100 characters
refusal-s-notice-missing-next = फ़ोन उसका इंतज़ार करता है। तब तक वह खुला रहेगा।

# log and notices · owner · max 80 characters
refusal-s-notice-used = वह नोटिस उस किस्त का था जो आप दे चुके हैं।

# next step of it · owner · max 100 characters
refusal-s-notice-used-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-k-shape = नई कुंजियों का रूप ग़लत था।

# next step of it · owner · max 100 characters
refusal-k-shape-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-k-threshold = नई कुंजियों पर बहुत कम लोगों के हस्ताक्षर थे।

# next step of it · owner · max 100 characters
refusal-k-threshold-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-k-dup-signer = नई कुंजियों पर एक ही व्यक्ति ने दो बार हस्ताक्षर किए।

# next step of it · owner · max 100 characters
refusal-k-dup-signer-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-k-root-unknown = नई कुंजियों पर किसी अनजान के हस्ताक्षर थे।

# next step of it · owner · max 100 characters
refusal-k-root-unknown-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-k-version-rollback = नई कुंजियों के बाद पुरानी कुंजियाँ आईं।

# next step of it · owner · max 100 characters
refusal-k-version-rollback-next = नई कुंजियाँ बनी रहेंगी।

# log and notices · owner · max 80 characters
refusal-k-version-gap = नई कुंजियों की एक कड़ी नहीं है।

# next step of it · owner · max 100 characters
refusal-k-version-gap-next = फ़ोन उसे माँगेगा।

# log and notices · owner · max 80 characters
refusal-k-void-dropped = नई कुंजियाँ हटाई गई कुंजी वापस लाती थीं।

# next step of it · owner · max 100 characters
refusal-k-void-dropped-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-k-weak-key = नई कुंजियाँ बहुत कमज़ोर थीं।

# next step of it · owner · max 100 characters
refusal-k-weak-key-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-t-pay-host = भुगतान का पता ऋणदाता के पतों में से नहीं है।

# next step of it · owner · max 100 characters
refusal-t-pay-host-next = उस पते का उपयोग न करें। कॉल करके पूछें कि भुगतान कैसे करें।

# log and notices · owner · max 80 characters
refusal-t-pay-qr = भुगतान कोड नाम और रकम से मेल नहीं खाता।

# next step of it · owner · max 100 characters
refusal-t-pay-qr-next = उस कोड का उपयोग न करें। कॉल करके पूछें कि भुगतान कैसे करें।

# log and notices · owner · max 80 characters
refusal-p-unknown-market = इस देश के नियम पता नहीं हैं।

# next step of it · owner · max 100 characters
refusal-p-unknown-market-next = इसलिए यहाँ आपके फ़ोन पर रोक नहीं लग सकती।

# log and notices · owner · max 80 characters
refusal-p-not-allowed = यहाँ के नियम यह रोक नहीं लगाने देते।

# next step of it · owner · max 100 characters
refusal-p-not-allowed-next = आपका फ़ोन जैसा है वैसा रहेगा। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-needs = नियमों में माँगा गया एक काग़ज़ नहीं है।

# next step of it · owner · max 100 characters
refusal-p-needs-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-profile = एक रोक में आपके करार से अलग नियम थे।

# next step of it · owner · max 100 characters
refusal-p-profile-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-agreement = एक रोक में आपका नहीं, कोई और करार था।

# next step of it · owner · max 100 characters
refusal-p-agreement-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-evidence = नोटिस और रोक आपस में मेल नहीं खाते।

# next step of it · owner · max 100 characters
refusal-p-evidence-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-days = किस्त में इतनी देर नहीं हुई कि रोक लगे।

# next step of it · owner · max 100 characters
refusal-p-days-next = आपके पास अभी समय है। जल्द भुगतान करें, या कॉल करें।

# log and notices · owner · max 80 characters
refusal-p-notice-count = जो नोटिस पहले आना चाहिए, वह नहीं भेजा गया।

# next step of it · owner · max 100 characters
refusal-p-notice-count-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-notice-early = एक नोटिस बहुत जल्दी भेजा गया।

# next step of it · owner · max 100 characters
refusal-p-notice-early-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-notice-order = नोटिस बहुत पास-पास आए।

# next step of it · owner · max 100 characters
refusal-p-notice-order-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-notice-modes = नोटिस काफ़ी तरीकों से नहीं भेजे गए।

# next step of it · owner · max 100 characters
refusal-p-notice-modes-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-notice-gap = नोटिस के बाद बहुत कम समय बीता।

# next step of it · owner · max 100 characters
refusal-p-notice-gap-next = आपके पास अभी समय है। जल्द भुगतान करें, या कॉल करें।

# log and notices · owner · max 80 characters
refusal-p-level = रोक अनुमति से ज़्यादा सख़्त थी।

# next step of it · owner · max 100 characters
refusal-p-level-next = इस फ़ोन पर कुछ नहीं बदला। आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-p-hours = यह वह समय नहीं था जब फ़ोन पर रोक लग सकती है।

# next step of it · owner · max 100 characters
refusal-p-hours-next = ऋणदाता बाद में फिर पूछ सकता है। जल्द भुगतान करें, या कॉल करें।

# log and notices · owner · max 80 characters
refusal-c-check-digit = कोड का एक अंक ग़लत है।

# next step of it · owner · max 100 characters
refusal-c-check-digit-next = अंक देखें और फिर से लिखें।

# log and notices · owner · max 80 characters
refusal-c-wrong = यह कोड सही नहीं है।

# next step of it · owner · max 100 characters
refusal-c-wrong-next = ऋणदाता से कहें कि फिर से पढ़ें।

# log and notices · owner · max 80 characters
refusal-c-wait = बहुत बार कोशिश हुई।

# next step of it · owner · max 100 characters
refusal-c-wait-next = थोड़ा रुकें, फिर कोशिश करें।

# log and notices · owner · max 80 characters
refusal-c-used = यह कोड पहले इस्तेमाल हो चुका है।

# next step of it · owner · max 100 characters
refusal-c-used-next = नया कोड माँगें।

# log and notices · owner · max 80 characters
refusal-c-closed = अभी कोई कोड नहीं लिखा जा सकता।

# next step of it · owner · max 100 characters
refusal-c-closed-next = एक बार Wi-Fi या मोबाइल डेटा से जुड़ें, फिर कोशिश करें।

# log and notices · owner · max 80 characters
refusal-n-no-effect = ऐसा आदेश आया जो पहले ही पूरा हो चुका था।

# next step of it · owner · max 100 characters
refusal-n-no-effect-next = आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-m-not-locked = इस फ़ोन पर रोक नहीं है।

# next step of it · owner · max 100 characters
refusal-m-not-locked-next = आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-m-open = आपका फ़ोन पहले से खुला है।

# next step of it · owner · max 100 characters
refusal-m-open-next = आपको कुछ नहीं करना है।

# log and notices · owner · max 80 characters
refusal-w-spent = फ़ोटो के 10 मिनट पूरे हो गए।

# next step of it · owner · max 100 characters
refusal-w-spent-next = आपकी फ़ोटो इस फ़ोन में सुरक्षित हैं। भुगतान से फ़ोन खुलता है।

# log and notices · owner · max 80 characters
refusal-o-used = इमरजेंसी में खोलना एक बार हो चुका है।

# next step of it · owner · max 100 characters
refusal-o-used-next = इमरजेंसी कॉल फिर भी हर समय चलती हैं।

# log and notices · owner · max 80 characters
refusal-o-not-granted = यहाँ के नियम इमरजेंसी में खोलने नहीं देते।

# next step of it · owner · max 100 characters
refusal-o-not-granted-next = इमरजेंसी कॉल फिर भी हर समय चलती हैं।

# log and notices · owner · max 80 characters
refusal-d-already = आप पहले ही बता चुके हैं कि यह ग़लती है।

# next step of it · owner · max 100 characters
refusal-d-already-next = जवाब का इंतज़ार करें, या कॉल करें।

# log and notices · owner · max 80 characters
refusal-a-offline = नेटवर्क नहीं है।

# next step of it · owner · max 100 characters
refusal-a-offline-next = Wi-Fi या मोबाइल डेटा चालू करें।

# log and notices · owner · max 80 characters
refusal-a-tls = कनेक्शन सुरक्षित नहीं है।

# next step of it · owner · max 100 characters
refusal-a-tls-next = दूसरा Wi-Fi आज़माएँ। फ़ोन अपने-आप फिर पूछेगा।

# log and notices · owner · max 80 characters
refusal-a-tls-time = फ़ोन की घड़ी ग़लत हो सकती है।

# next step of it · owner · max 100 characters
refusal-a-tls-time-next = सेटिंग में तारीख़ और समय ठीक करें।

# log and notices · owner · max 80 characters
refusal-a-wrong-server = ऋणदाता के बदले किसी और ने जवाब दिया।

# next step of it · owner · max 100 characters
refusal-a-wrong-server-next = दूसरा Wi-Fi आज़माएँ, या इस Wi-Fi में साइन इन करें।

# log and notices · owner · max 80 characters
refusal-a-http = ऋणदाता के सर्वर में समस्या है।

# next step of it · owner · max 100 characters
refusal-a-http-next = आपको कुछ नहीं करना है। फ़ोन अपने-आप फिर पूछेगा।

# log and notices · owner · max 80 characters
refusal-a-disk-full = फ़ोन की जगह भर गई है।

# next step of it · owner · max 100 characters
refusal-a-disk-full-next = आपको कुछ नहीं करना है। इमरजेंसी कॉल, भुगतान और फ़ोन का खुलना फिर भी चलता है।

# log and notices · owner · max 80 characters
refusal-a-unreadable = इस ऐप की एक फ़ाइल पढ़ी नहीं जा सकती।

# next step of it · owner · max 100 characters
refusal-a-unreadable-next = फ़ोन बंद करके चालू करें। फिर भी हो, तो कॉल करें।

# log and notices · owner · max 80 characters
refusal-a-store-busy = यह ऐप दो बार चल रहा है।

# next step of it · owner · max 100 characters
refusal-a-store-busy-next = फ़ोन बंद करके चालू करें।

# log and notices · owner · max 80 characters
refusal-a-enrol-code = दुकान का कोड नहीं माना गया।

# next step of it · owner · max 100 characters
refusal-a-enrol-code-next = दुकान से नया कोड माँगें।

# log and notices · owner · max 80 characters
refusal-a-not-provisioned = यह फ़ोन किसी ऋणदाता के लिए तैयार नहीं है।

# next step of it · owner · max 100 characters
refusal-a-not-provisioned-next = आपको कुछ नहीं करना है। यहाँ इस पर कोई रोक नहीं लग सकती।
