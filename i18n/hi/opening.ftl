# review: machine 2026-11-25


opening-title = इमरजेंसी में खोलें

opening-time = फ़ोन इतनी देर खुलता है

opening-once = यह एक बार हो सकता है।

opening-lead = नेटवर्क या भुगतान नहीं चाहिए। किसी की मंज़ूरी नहीं चाहिए।

opening-after = फिर रोक लौट आती है। जो देना है वह उतना ही रहता है।

opening-start = अभी खोलें

opening-backup = मेरी फ़ोटो बचाएँ
