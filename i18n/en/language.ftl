# review: native 2026-11-25

### Languages, each named in itself.

# title · owner · max 28 characters
language-title = Language

# row, spoken only · owner · max 60 characters
# $language (String) - name of the language in itself, e.g. English
language-spoken = Read this phone in { $language }

# under the rows · owner · max 110 characters
language-note = Amounts and numbers look the same in every language.
