# review: machine 2026-11-25

# line on every page of a sandbox · owner · max 36 characters
shared-sandbox = यह अभ्यास है। यहाँ कोई पैसा असली नहीं है।

# line on every page of a preview · owner · max 36 characters
shared-preview = यह झलक है। किसी फ़ोन पर रोक नहीं है।

# day without year, where the day comes first · owner · max 24 characters
# $day (String) - day of the month, e.g. 3
# $month (String) - name of the month, e.g. May
shared-day-month = { $day } { $month }

# day without year, where the month comes first · owner · max 24 characters
# $day (String) - day of the month, e.g. 3
# $month (String) - name of the month, e.g. May
shared-month-day = { $month } { $day }

# day with year · owner · max 34 characters
# $date (String) - day and month, e.g. 3 May
# $year (String) - year, e.g. 2027
shared-date-year = { $date } { $year }

# time on another day · owner · max 34 characters
# $date (String) - day and month, e.g. 3 May
# $time (String) - clock time, e.g. 14:20
shared-date-time = { $date }, { $time }

# month in a date · owner · max 12 characters
shared-month-1 = जनवरी

# month in a date · owner · max 12 characters
shared-month-2 = फ़रवरी

# month in a date · owner · max 12 characters
shared-month-3 = मार्च

# month in a date · owner · max 12 characters
shared-month-4 = अप्रैल

# month in a date · owner · max 12 characters
shared-month-5 = मई

# month in a date · owner · max 12 characters
shared-month-6 = जून

# month in a date · owner · max 12 characters
shared-month-7 = जुलाई

# month in a date · owner · max 12 characters
shared-month-8 = अगस्त

# month in a date · owner · max 12 characters
shared-month-9 = सितंबर

# month in a date · owner · max 12 characters
shared-month-10 = अक्टूबर

# month in a date · owner · max 12 characters
shared-month-11 = नवंबर

# month in a date · owner · max 12 characters
shared-month-12 = दिसंबर

# duration · owner · max 24 characters
# $count (Number) - minutes, selects the plural, e.g. 10
# $shown (String) - the same as text, e.g. 10
shared-minutes =
    { $count ->
        [one] { $shown } मिनट
       *[other] { $shown } मिनट
    }

# duration · owner · max 24 characters
# $count (Number) - hours, selects the plural, e.g. 24
# $shown (String) - the same as text, e.g. 24
shared-hours =
    { $count ->
        [one] { $shown } घंटा
       *[other] { $shown } घंटे
    }

# duration · owner · max 24 characters
# $count (Number) - days, selects the plural, e.g. 3
# $shown (String) - the same as text, e.g. 3
shared-days =
    { $count ->
        [one] { $shown } दिन
       *[other] { $shown } दिन
    }

# an amount as it is spoken, rupees of Sri Lanka, India, Pakistan · owner · max 40 characters
# $count (Number) - whole units, selects the plural, e.g. 3250
# $shown (String) - the number as text, e.g. 3,250
shared-rupees =
    { $count ->
        [one] { $shown } रुपया
       *[other] { $shown } रुपये
    }

# an amount as it is spoken, any other currency · owner · max 40 characters
# $shown (String) - the number as text, e.g. 3,250
# $code (String) - currency code, e.g. KES
shared-money-spoken = { $shown } { $code }

# name of a page for "back", spoken only · owner · max 40 characters
# $page (String) - title of the page, e.g. Pay
shared-back-to = वापस: { $page }

# line while the server cannot be reached: what, and the next step · owner · max 160 characters
# $what (String) - sentence of the fault, e.g. No network.
# $next (String) - its next step, e.g. Turn on Wi-Fi or mobile data.
shared-fault = { $what } { $next }

# duration · owner · max 24 characters
# $count (Number) - seconds, selects the plural, e.g. 15
# $shown (String) - the same as text, e.g. 15
shared-seconds =
    { $count ->
        [one] { $shown } सेकंड
       *[other] { $shown } सेकंड
    }

# two facts in one line · owner · max 60 characters
# $first (String) - first, e.g. 9 May, 12:20
# $second (String) - second, e.g. 3 times
shared-and = { $first } · { $second }
