# review: machine 2026-11-25


# title · owner · max 28 characters
opening-title = इमरजेंसी में खोलें

# over the big figure · owner · max 34 characters
opening-time = फ़ोन इतनी देर खुलता है

# under the big figure · owner · max 60 characters
opening-once = यह एक बार हो सकता है।

# sentence · owner · max 110 characters
opening-lead = नेटवर्क या भुगतान नहीं चाहिए। किसी की मंज़ूरी नहीं चाहिए।

# second sentence · owner · max 110 characters
opening-after = फिर रोक लौट आती है। जो देना है वह उतना ही रहता है।

# primary button · owner · max 11 characters
opening-start = अभी खोलें

# row · owner · max 18 characters
opening-backup = मेरी फ़ोटो बचाएँ
