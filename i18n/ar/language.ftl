# review: machine 2026-11-25

# title · owner · max 28 characters
language-title = اللغة

# row, spoken only · owner · max 60 characters
# $language (String) - name of the language in itself, e.g. English
language-spoken = اقرأ هذا الهاتف باللغة { $language }

# under the rows · owner · max 110 characters
language-note = المبالغ والأرقام تبدو هي نفسها في كل لغة.
