# review: machine 2026-11-25

# title · owner · max 28 characters
help-title = सवाल

# question · owner · max 34 characters
help-q-virus = क्या यह वायरस है?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-virus =
    नहीं। यह वायरस नहीं है।
    आप यह फ़ोन { $lender } से किस्तों में ख़रीद रहे हैं। एक किस्त में देर हो गई है, इसलिए फ़ोन पर रोक लगी है। भुगतान से फ़ोन खुलता है।

# question · owner · max 34 characters
help-q-open = मेरा फ़ोन कैसे खुलेगा?

# answer · owner · max 400 characters
help-a-open =
    “भुगतान करें” छुएँ। कोड को दूसरे फ़ोन से स्कैन करें, या भुगतान केंद्र पर दिखाएँ।

    फ़ोन अपने-आप खुलता है। न खोलने का कोड चाहिए, न दुकान, न मिस्त्री।

    भुगतान कर दिया? तब “मैंने भुगतान किया” छुएँ। यह एक बार हो सकता है। 60 मिनट में जवाब नहीं? आपका फ़ोन 24 घंटे के लिए खुलता है।

# question · owner · max 34 characters
help-q-works = अभी क्या चलता है?

# answer · owner · max 400 characters
help-a-works =
    इमरजेंसी कॉल, और आने वाली कॉल। सरकारी चेतावनियाँ। ऋणदाता को कॉल।
    Wi-Fi और मोबाइल डेटा। भाषा, अक्षरों का आकार, स्क्रीन रीडर और आवाज़। आप फ़ोन बंद कर सकते हैं।
    आप 10 मिनट तक अपनी फ़ोटो कॉपी कर सकते हैं।

# question · owner · max 34 characters
help-q-allowed = क्या यह नियम से है?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-allowed =
    { $lender } इस फ़ोन पर रोक केवल उस नियम से लगा सकता है जिस पर आपने हस्ताक्षर किए। पहले नोटिस आना ज़रूरी है।
    मानने से पहले यह फ़ोन पाँच बातें जाँचता है। उन्हें पढ़ने के लिए “रोक क्यों लगी है” छुएँ।

# question · owner · max 34 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-q-sees = { $lender } क्या देख सकता है?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-sees =
    { $lender } देखता है कि फ़ोन नेट पर है या नहीं, उस पर रोक है या नहीं, और जो आप यहाँ बताते हैं।
    वह आपकी फ़ोटो, संदेश, संपर्क, कॉल या जगह नहीं देख सकता।
    वह न सुन सकता है, न कैमरे से देख सकता है, न आपकी चीज़ें मिटा सकता है।

# question · owner · max 34 characters
help-q-photos = क्या मेरी फ़ोटो सुरक्षित हैं?

# answer · owner · max 400 characters
help-a-photos =
    हाँ। वे इसी फ़ोन में रहती हैं। इस स्क्रीन से उन्हें कोई नहीं देख सकता।
    कॉपी करने के लिए “मेरी फ़ोटो बचाएँ” छुएँ। आपके पास 10 मिनट हैं।

# question · owner · max 34 characters
help-q-mistake = आपको इस रोक पर आपत्ति है

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-mistake =
    भुगतान कर चुके हैं? “मैंने भुगतान किया” छुएँ।
    कोई और बात है? “आपको इस रोक पर आपत्ति है” छुएँ और बताएँ कि क्या ग़लत है। रोक तुरंत हल्की हो जाती है, जब तक { $lender } जवाब न दे।
    अगर हमसे ग़लती हुई, तो रोक हटेगी और हम माफ़ी माँगेंगे।

# question · owner · max 34 characters
help-q-hard = मैं अभी नहीं दे सकता

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-hard =
    “मैं अभी नहीं दे सकता” छुएँ। हर महीने कम या बाद में देने को कहें। फिर { $lender } को कॉल करें।
    जिस योजना पर आप राज़ी हों, वह पुरानी से ऊपर है। यह फ़ोन उसे मानता है।

# question · owner · max 34 characters
help-q-return = क्या मैं फ़ोन लौटा सकता हूँ?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-return =
    अक्सर हाँ। “मैं अभी नहीं दे सकता” छुएँ, फिर “फ़ोन लौटाकर कर्ज़ बंद करना”। { $lender } बताएगा कैसे।
    पहले अपनी फ़ोटो कॉपी करें। लिखित लें कि अब कितना देना है।

# question · owner · max 34 characters
help-q-scam = कोई पैसे लेकर खोलने को कहे तो?

# answer · owner · max 400 characters
help-a-scam =
    उसे पैसे न दें। कोई इसे खोलने का तरीका नहीं बेच सकता। ऐसे बहुत-से लोग ठग होते हैं।
    अपना फ़ोन, कोई कोड या पासवर्ड न दें। उनका भेजा कुछ इंस्टॉल न करें।
    केवल उसी नाम को भुगतान करें जो कोड के ऊपर लिखा है।

# question · owner · max 34 characters
help-q-card = कार्ड या पिन कौन माँगता है?

# answer · owner · max 400 characters
help-a-card =
    यह स्क्रीन कभी कार्ड नंबर, पिन या पासवर्ड नहीं माँगती।
    आप दूसरे फ़ोन पर या भुगतान केंद्र पर भुगतान करते हैं। कोई कॉल करके पिन माँगे, तो फ़ोन काट दें।

# question · owner · max 34 characters
help-q-reset = फ़ोन रीसेट करूँ तो?

# answer where a reset does not remove the limit · owner · max 400 characters
help-a-reset-stays =
    रीसेट से रोक नहीं हटती। आपकी फ़ोटो और फ़ाइलें मिट जाती हैं।
    भुगतान से फ़ोन खुलता है और आपकी चीज़ें बनी रहती हैं।

# answer where a reset may remove the limit · owner · max 400 characters
help-a-reset-owes =
    रीसेट से आपकी फ़ोटो और फ़ाइलें मिट जाती हैं। जो देना है, वह ख़त्म नहीं होता।
    भुगतान से फ़ोन खुलता है और आपकी चीज़ें बनी रहती हैं।

# question · owner · max 34 characters
help-q-account = यह साइन इन भी माँगता है

# answer · owner · max 400 characters
help-a-account =
    वह दूसरा लॉक है। वह आपके अपने खाते का है, ऋणदाता का नहीं।
    उसका पासवर्ड दूसरे फ़ोन या कंप्यूटर पर बदलें। फिर यहाँ साइन इन करें।

# question · owner · max 34 characters
help-q-imei = क्या नेटवर्क इसे ब्लॉक कर सकता है?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-imei =
    हर फ़ोन का एक नंबर होता है, IMEI। कुछ देशों में ब्लॉक किए गए IMEI पर कोई सिम नहीं चलती।
    यह रोक वैसा ब्लॉक नहीं है। { $lender } से पूछें कि आपका IMEI दर्ज कराया गया या नहीं।

# question · owner · max 34 characters
help-q-credit = मेरे क्रेडिट रिकॉर्ड का क्या?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-credit =
    कुछ देशों में देर से हुए भुगतान दर्ज होते हैं। तब दूसरे ऋणदाता उन्हें कुछ साल तक देखते हैं।
    { $lender } से पूछें कि क्या दर्ज हुआ और भुगतान के बाद कब हटेगा।

# question · owner · max 34 characters
help-q-shop = क्या दुकान इसे हटा सकती है?

# answer · owner · max 400 characters
help-a-shop =
    नहीं। सर्विस सेंटर फ़ोन ठीक कर सकता है, यह रोक नहीं हटा सकता।
    मरम्मत के लिए ख़रीद का सबूत और पहचान पत्र साथ ले जाएँ।

# question · owner · max 34 characters
help-q-used = मैंने इसे किसी से ख़रीदा

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-used =
    तो शायद यह पैसा आपको नहीं देना है। { $lender } को कॉल करके बताएँ।
    ख़रीद का सबूत संभालकर रखें। कॉल करने से पहले किसी और के लिए पैसे न दें।

# question · owner · max 34 characters
help-q-offline = मेरे पास इंटरनेट नहीं है

# answer · owner · max 400 characters
help-a-offline =
    “Wi-Fi और सेटिंग” छुएँ। आप किसी भी Wi-Fi से जुड़ सकते हैं, या मोबाइल डेटा चालू कर सकते हैं।
    हॉटलाइन आपको एक कोड बता सकती है, जिसे आप यहाँ लिखें।
    बहुत दिन इंटरनेट नहीं? केवल इस वजह से रोक कभी नहीं बढ़ती।
