//! Pay links and QR payloads: whom they pay.
