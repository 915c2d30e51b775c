#!/bin/sh
# Makes four weeks of measurements of the bookshop, the same on every machine: edge.log,
# checkout.csv, search.csv and changes.jsonl in the folder given (default: beside this script).
# What went wrong in them: a vendor outage on day 12, announced maintenance on day 15, a bad
# deploy on day 20, and weak searches from day 24 on.
set -eu
out=${1:-$(cd "$(dirname "$0")" && pwd)}
first=${FIRST_DAY:-20752} # days since 1970: 2026-10-26
mkdir -p "$out"
awk -v out="$out" -v first="$first" '
# Numbers from 0 to below n; small factors keep every step exact in double arithmetic.
function random(n) { seed = (seed * 16807) % 2147483647; return int(seed / 2147483647 * n) }
function pad(n) { return n < 10 ? "0" n : n "" }
# Civil date of a day since 1970 (Hinnant, days_from_civil turned round).
function set_date(days,   z, era, doe, yoe, doy, mp) {
  z = days + 719468; era = int(z / 146097); doe = z - era * 146097
  yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
  doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100)); mp = int((5 * doy + 2) / 153)
  day = doy - int((153 * mp + 2) / 5) + 1; month = mp < 10 ? mp + 3 : mp - 9
  year = yoe + era * 400 + (month <= 2 ? 1 : 0)
}
function stamp(s) { return year "-" pad(month) "-" pad(day) "T" clock(s) "Z" }
function clock(s) { return pad(int(s / 3600)) ":" pad(int(s / 60) % 60) ":" pad(s % 60) }
# Share of the daily peak at an hour: quiet at night, busy in the evening.
function busy(hour) { return hour < 6 ? 0.25 : hour < 17 ? 0.7 : 1 }
function edge(s,   status) {
  split("/ /books /search?q=nines /cart /help", paths, " ")
  status = random(1000) < 2 ? 502 : random(100) < 3 ? 404 : 200
  if (maintenance && random(100) < 60) status = 503
  printf "192.0.2.%d - - [%s/%s/%d:%s +0000] \"GET %s HTTP/1.1\" %d %d \"-\" \"Mozilla/5.0\"\n", \
    random(250) + 1, pad(day), names[month], year, clock(s), paths[random(5) + 1], status, \
    500 + random(20000) > (out "/edge.log")
}
function checkout(s,   status, ms) {
  ms = 120 + random(180) + (random(100) < 2 ? 700 : 0)
  status = random(1000) < 3 ? 500 : 200
  if (vendor_down && random(100) < 45) { status = 503; ms = 2000 + random(900) }
  if (bad_deploy && random(100) < 20) { status = 500; ms = 400 + random(900) }
  if (maintenance && random(100) < 60) { status = 503; ms = 20 }
  printf "%s,checkout,%d,%d\n", stamp(s), status, ms > (out "/checkout.csv")
}
function search(s,   total, good) {
  total = 20 + random(40); good = total - (random(50) == 0 ? 1 : 0)
  if (slow && random(100) < 4) good = int(total * 0.8)
  printf "%s,%d,%d\n", stamp(s), good, total > (out "/search.csv")
}
BEGIN {
  seed = 20261026
  split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", names, " ")
  printf "" > (out "/edge.log")
  print "time,service,status,latency_ms" > (out "/checkout.csv")
  print "time,good,total" > (out "/search.csv")
  printf "" > (out "/changes.jsonl")
  for (d = 0; d < 28; ++d) {
    set_date(first + d)
    if (d % 4 == 0 || d == 20) {
      printf "{\"kind\":\"deploy\",\"service\":\"checkout\",\"version\":\"v1.%d.0\",\"start\":\"%s\",\"end\":\"%s\",\"reference\":\"run/%d\"}\n", \
        d, stamp(14 * 3600), stamp(14 * 3600 + 240), 8800 + d > (out "/changes.jsonl")
    }
    for (s = 0; s < 86400; s += 60) {
      hour = int(s / 3600)
      vendor_down = d == 12 && s >= 9 * 3600 && s < 10 * 3600 + 1800
      maintenance = d == 15 && s >= 2 * 3600 && s < 3 * 3600
      bad_deploy = d == 20 && s >= 14 * 3600 && s < 14 * 3600 + 2700
      slow = d >= 24
      if (random(100) < 60 * busy(hour)) edge(s + random(60))
      if (random(100) < 80 * busy(hour)) checkout(s + random(60))
      if (s % 300 == 0) search(s)
    }
  }
}' </dev/null
