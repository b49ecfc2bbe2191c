# review: machine 2026-11-25

frame-emergency = आपातकाल
    .spoken = आपातकालीन कॉल

frame-back = वापस

frame-language = भाषा बदलें

frame-size = अक्षरों का आकार, रूप और सेटिंग
