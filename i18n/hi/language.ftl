# review: machine 2026-11-25

language-title = भाषा

language-spoken = इस फ़ोन को { $language } में पढ़ें

language-note = रकमें और नंबर हर भाषा में एक जैसे दिखते हैं।
