# review: native 2026-11-25

### Questions and answers. `help-q-…` is the row and the title of the answer, `help-a-…` the answer.

# title · owner · max 28 characters
help-title = Questions

# question · owner · max 34 characters
help-q-virus = Is this a virus?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-virus =
    No. This is not a virus.

    You buy this phone from { $lender } in parts. One payment is late, so the phone is limited. Paying opens it.

# question · owner · max 34 characters
help-q-open = How do I open my phone?

# answer · owner · max 400 characters
help-a-open =
    Tap Pay. Scan the code with another phone, or show it at a pay point.

    The phone opens by itself. You need no unlock code, no shop and no technician.

    Have you paid? Then tap I have paid. You can do this once. No answer in 60 minutes? Your phone opens for 24 hours.

# question · owner · max 34 characters
help-q-works = What works now?

# answer · owner · max 400 characters
help-a-works =
    Emergency calls, and calls that come in. Public alerts. Calls to the lender.

    Wi-Fi and mobile data. Language, text size, screen reader and sound. You can switch the phone off.

    You can copy your photos for 10 minutes.

# question · owner · max 34 characters
help-q-allowed = Is this allowed?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-allowed =
    { $lender } may limit this phone only by a rule that you signed. Notices must come first.

    This phone checks five things before it obeys. Tap Why it is limited to read them.

# question · owner · max 34 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-q-sees = What can { $lender } see?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-sees =
    { $lender } sees that this phone is on the net, if it is limited, and what you tell it here.

    It cannot see your photos, messages, contacts, calls or places.

    It cannot listen, look through the camera, or delete your things.

# question · owner · max 34 characters
help-q-photos = Are my photos safe?

# answer · owner · max 400 characters
help-a-photos =
    Yes. They stay on this phone. Nobody can see them through this screen.

    To copy them, tap Save my photos. You have 10 minutes.

# question · owner · max 34 characters
help-q-mistake = This is a mistake

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-mistake =
    Have you paid already? Tap I have paid.

    Is it something else? Tap This is a mistake and say what is wrong. The limit gets lighter at once, until { $lender } answers.

    If we were wrong, the limit is lifted and we say sorry.

# question · owner · max 34 characters
help-q-hard = I cannot pay now

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-hard =
    Tap I cannot pay now. Ask to pay less each month, or to pay later. Then call { $lender }.

    A plan that you agree on counts more than the old one. This phone obeys it.

# question · owner · max 34 characters
help-q-return = Can I give the phone back?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-return =
    Often you can. Tap I cannot pay now, then Give the phone back. { $lender } tells you how.

    Copy your photos first. Get a paper that says what you still owe.

# question · owner · max 34 characters
help-q-scam = Someone offers to unlock it

# answer · owner · max 400 characters
help-a-scam =
    Do not pay them. Nobody can sell you an unlock. Many of these offers are theft.

    Do not give away your phone, a code or a password. Do not install what they send.

    Pay only the name that stands above the code.

# question · owner · max 34 characters
help-q-card = Who asks for my card or PIN?

# answer · owner · max 400 characters
help-a-card =
    This screen never asks for a card number, a PIN or a password.

    You pay on another phone or at a pay point. If someone calls and asks for a PIN, hang up.

# question · owner · max 34 characters
help-q-reset = What if I reset the phone?

# answer where a reset does not remove the limit · owner · max 400 characters
help-a-reset-stays =
    A reset does not remove the limit. It deletes your photos and files.

    Paying opens the phone and keeps your things.

# answer where a reset may remove the limit · owner · max 400 characters
help-a-reset-owes =
    A reset deletes your photos and files. It does not end what you owe.

    Paying opens the phone and keeps your things.

# question · owner · max 34 characters
help-q-account = It asks me to sign in, too

# answer · owner · max 400 characters
help-a-account =
    That is another lock. It belongs to your own account, not to the lender.

    Reset that password on another phone or computer. Then sign in here.

# question · owner · max 34 characters
help-q-imei = Can the network block it?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-imei =
    Each phone has a number, the IMEI. In some countries a blocked IMEI cannot use any SIM.

    This limit is not such a block. Ask { $lender } if your IMEI was reported.

# question · owner · max 34 characters
help-q-credit = What about my credit record?

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-credit =
    In some countries late payments are written down. Then other lenders see them for some years.

    Ask { $lender } what was reported, and when it goes away after you pay.

# question · owner · max 34 characters
help-q-shop = Can a shop take this off?

# answer · owner · max 400 characters
help-a-shop =
    No. A service centre can mend the phone. It cannot lift this limit.

    For a repair, bring proof that you bought it, and your ID.

# question · owner · max 34 characters
help-q-used = I bought it from someone

# answer · owner · max 400 characters
# $lender (String) - name of the lender, e.g. Sandbox Lender
help-a-used =
    Then you may not owe this. Call { $lender } and tell them.

    Keep what proves that you bought it. Do not pay for someone else before you have called.

# question · owner · max 34 characters
help-q-offline = I have no internet

# answer · owner · max 400 characters
help-a-offline =
    Tap Wi-Fi and settings. You can join any Wi-Fi, or turn on mobile data.

    The hotline can read you a code that you type here.

    No internet for long? That alone never limits your phone more.
