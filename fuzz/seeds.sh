#!/bin/sh
# Fills fuzz/corpus with what the conformance vectors hold, one file a token, bundle, link or record.
set -eu
cd "$(dirname "$0")"
vectors=../tests/vectors
mkdir -p corpus/envelope corpus/keys corpus/journal corpus/qr
split() { # folder: one file a line
    n=0
    while IFS= read -r line; do
        n=$((n + 1))
        printf '%b' "$line" >"corpus/$1/seed-$n"
    done
}
grep -oh '"token": "[^"]*"' $vectors/*.json | sed 's/"token": "//;s/"$//' | sort -u | split envelope
grep -oh '"bundle": "[^"]*"' $vectors/keys.json | sed 's/"bundle": "//;s/"$//' | sort -u | split keys
split qr <<'LINKS'
https://pay.example.com/p/T-1?a=1
http://127.0.0.1:8080/p
000201010212530314454073250.005802LK5911Test Lender6304022F
upi://pay?pa=lender%40bank&pn=Test%20Lender&am=3250.00&cu=INR&tr=T1
LINKS
# kind, stamp of 32 bytes, JSON; \376 parts two records
stamp='\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\001\000\000\000\000\152\030\247\000'
split journal <<RECORDS
\0003$stamp{}
\0002$stamp{"why":"missing"}
\0003$stamp{}\0376\0011$stamp{"lock_id":1,"used_s":15}
\0017$stamp{"what":"claim"}
\0022$stamp{"receipts_to":4,"claims":[],"settle":false}
\0007$stamp{"now":1780000000,"head_seq":0,"head_jti":"","lock_state":"none","keys_ok":true}
RECORDS
