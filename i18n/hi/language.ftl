# review: machine 2026-11-25

# title · owner · max 28 characters
language-title = भाषा

# row, spoken only · owner · max 60 characters
# $language (String) - name of the language in itself, e.g. English
language-spoken = इस फ़ोन को { $language } में पढ़ें

# under the rows · owner · max 110 characters
language-note = रकमें और नंबर हर भाषा में एक जैसे दिखते हैं।
