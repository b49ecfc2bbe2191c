# review: machine 2026-11-25

language-title = اللغة

language-spoken = اقرأ هذا الهاتف باللغة { $language }

language-note = المبالغ والأرقام تبدو هي نفسها في كل لغة.
