# review: machine 2026-11-25

dial-title = رقم آخر

dial-empty = اكتب الرقم

dial-field = الرقم

dial-erase = احذف آخر رقم

dial-star = نجمة

dial-hash = مربع

dial-call = اتصل
