# review: machine 2026-11-25

released-paid = आपका फ़ोन खुल गया। धन्यवाद।

released-error = आपका फ़ोन खुल गया। हमें खेद है।

released-error-why = रोक ग़लती से लगी थी। आपने कुछ ग़लत नहीं किया।

released-open = आपका फ़ोन खुल गया।

released-sum = आपने { $date } को { $amount } दिए।

released-on = रोक { $date } को हटी।

released-leave = आगे बढ़ें

released-plan = आपकी नई योजना है। यह फ़ोन उसे मानता है।

released-lapsed = 30 दिन तक ऋणदाता से कोई ख़बर नहीं आई। इसलिए रोक ख़त्म।
