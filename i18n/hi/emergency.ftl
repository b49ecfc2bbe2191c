# review: machine 2026-11-25

emergency-title = इमरजेंसी

emergency-all = हर इमरजेंसी

emergency-police = पुलिस

emergency-ambulance = एम्बुलेंस

emergency-fire = दमकल

emergency-spoken = { $who } को कॉल करें, { $number }

emergency-free = ये कॉल मुफ़्त हैं। ये हमेशा चलती हैं।

emergency-another = दूसरा नंबर

emergency-preview = यह केवल झलक है। कोई कॉल नहीं होती।
