# review: machine 2026-11-25

# title · owner · max 48 characters
released-paid = आपका फ़ोन खुल गया। धन्यवाद।

# title when the limit was a mistake · owner · max 48 characters
released-error = आपका फ़ोन खुल गया। हमें खेद है।

# under it · owner · max 80 characters
released-error-why = रोक ग़लती से लगी थी। आपने कुछ ग़लत नहीं किया।

# title for all other reasons · owner · max 48 characters
released-open = आपका फ़ोन खुल गया।

# under the title · owner · max 60 characters
# $amount (String) - what was paid, e.g. Rs 3,250.00
# $date (String) - day of the payment, e.g. 9 May
released-sum = आपने { $date } को { $amount } दिए।

# under the title when no amount is known · owner · max 60 characters
# $date (String) - day, e.g. 9 May
released-on = रोक { $date } को हटी।

# primary button · owner · max 11 characters
released-leave = आगे बढ़ें

# under the title, after an agreed plan · owner · max 90 characters
released-plan = आपकी नई योजना है। यह फ़ोन उसे मानता है।

# under the title, after 30 days of silence · owner · max 90 characters
released-lapsed = 30 दिन तक ऋणदाता से कोई ख़बर नहीं आई। इसलिए रोक ख़त्म।
