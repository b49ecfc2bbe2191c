# review: machine 2026-11-25

dial-title = दूसरा नंबर

dial-empty = नंबर लिखें

dial-field = नंबर

dial-erase = आख़िरी अंक मिटाएँ

dial-star = स्टार

dial-hash = हैश

dial-call = कॉल करें
