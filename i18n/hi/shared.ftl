# review: machine 2026-11-25

shared-sandbox = यह अभ्यास है। यहाँ कोई पैसा असली नहीं है।

shared-preview = यह झलक है। किसी फ़ोन पर रोक नहीं है।

shared-day-month = { $day } { $month }

shared-month-day = { $month } { $day }

shared-date-year = { $date } { $year }

shared-date-time = { $date }, { $time }

shared-month-1 = जनवरी

shared-month-2 = फ़रवरी

shared-month-3 = मार्च

shared-month-4 = अप्रैल

shared-month-5 = मई

shared-month-6 = जून

shared-month-7 = जुलाई

shared-month-8 = अगस्त

shared-month-9 = सितंबर

shared-month-10 = अक्टूबर

shared-month-11 = नवंबर

shared-month-12 = दिसंबर

shared-minutes =
    { $count ->
        [one] { $shown } मिनट
       *[other] { $shown } मिनट
    }

shared-hours =
    { $count ->
        [one] { $shown } घंटा
       *[other] { $shown } घंटे
    }

shared-days =
    { $count ->
        [one] { $shown } दिन
       *[other] { $shown } दिन
    }

shared-rupees =
    { $count ->
        [one] { $shown } रुपया
       *[other] { $shown } रुपये
    }

shared-money-spoken = { $shown } { $code }

shared-back-to = वापस: { $page }

shared-fault = { $what } { $next }

shared-seconds =
    { $count ->
        [one] { $shown } सेकंड
       *[other] { $shown } सेकंड
    }

shared-and = { $first } · { $second }
