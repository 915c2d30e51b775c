#!/bin/sh
# A quarter of the bookshop, as its people wrote it down while it happened, and the report about it: text to
# read, quarter.md and quarter.html in the folder given (default: the present one). NINES names the program.
set -u
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-.}" || exit 1
out=$(cd "${1:-.}" && pwd)
nines=${NINES:-$(command -v nines || true)}
[ -n "$nines" ] || {
  echo "no nines on the PATH; NINES=build/release/nines sh $0" >&2
  exit 1
}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export HOME="$folder/home" XDG_CONFIG_HOME="$folder/home/.config" XDG_STATE_HOME="$folder/home/.state" \
  XDG_DATA_HOME="$folder/home/.data" TZ=UTC LC_ALL=C.UTF-8
unset NINES_DB NINES_CONFIG NINES_ACTOR

failed=0
at() { export NINES_NOW="$1Z"; }
as() { export USER="$1"; }
do_it() { "$nines" "$@" >said.txt 2>&1 || { failed=$? && echo "nines $*" && cat said.txt; }; }

# Ninety days of measurements; twice the pool of connections of the checkout ran dry in them.
at 2026-10-01T00:05:00
as grace
"$nines" demo shop >demo.txt 2>&1 || { cat demo.txt && exit 1; }
awk -F, -v OFS=, '
  function dry(t) { return (t >= "2026-07-14T10:12" && t < "2026-07-14T11:05") || (t >= "2026-09-08T09:41" && t < "2026-09-08T10:50") }
  dry($1) && NR % 5 < 3 { $3 = 503; $4 = 5000 }
  { print }' shop/data/checkout.csv >checkout.csv

at 2026-07-01T08:00:00
do_it init
rm -rf slos && cp -R "$here/bookshop/slos" "$here/bookshop/drills" "$here/bookshop/oncall" . || exit 1
do_it slo apply slos drills oncall --because 'agreed in the weekly meeting'

# July: the pool is too small for the morning, customers notice first.
as ada
at 2026-07-14T10:40:00
do_it rca changes add --service checkout --kind configuration --reference run/8703 --start 2026-07-14T09:50:00Z \
  --summary 'pool.orders.max from 40 to 20' --touched pool.orders.max
do_it incident open 'checkout fails, pool of connections empty' -s 2 --service checkout --lead ada \
  --started 2026-07-14T10:12:00Z --detected 2026-07-14T10:31:00Z --at 2026-07-14T10:33:00Z
do_it log @10:45 three of five checkouts fail, no connection to the orders database
at 2026-07-14T12:00:00
do_it incident mitigate --at 2026-07-14T11:05:00Z
do_it incident resolve --at 2026-07-14T11:20:00Z
do_it incident close --detected-by customer --at 2026-07-14T11:50:00Z
do_it rca start INC-1 --question 'why a limit below the need could go into production'
do_it rca hypothesis add no check knows how many connections the morning needs --layer process
do_it rca hypothesis set HYP-1 --state confirmed --because 'the pipeline passes with a limit of 1'
at 2026-07-16T09:00:00
do_it remediate add 'refuse a pool below the peak of 28 days' --incident INC-1 --type preventive \
  --done-when 'the pipeline refuses 20' --due 2026-08-14 --effort 4 --averts 30,60,120
do_it remediate add 'alert when four fifths of the pool are in use' --incident INC-1 --type detective \
  --done-when 'the alert fired in a drill' --due 2026-08-28 --effort 1

# August: the vendor is down; a time-out follows, and is done.
at 2026-08-22T09:10:00
do_it incident open 'payments fail, paygrid is down' -s 1 --service checkout --lead linus \
  --started 2026-08-22T09:00:00Z --detected 2026-08-22T09:04:00Z --at 2026-08-22T09:06:00Z
at 2026-08-22T11:30:00
do_it incident mitigate --at 2026-08-22T10:30:00Z
do_it incident resolve --at 2026-08-22T10:45:00Z
do_it incident close --detected-by alert
do_it remediate add 'give up on paygrid after two seconds' --incident INC-2 --type corrective \
  --done-when 'a drill shows it' --due 2026-09-11 --effort 2
as mary
at 2026-08-28T10:00:00
do_it slo maintenance add --service checkout --start 2026-09-01T02:00:00Z --end 2026-09-01T03:00:00Z \
  --announced 2026-08-27T00:00:00Z --summary 'database upgrade'

# September: the pool again, a bad deploy, and searches that are slow to this day.
as ada
at 2026-09-04T16:00:00
do_it remediate set ACT-3 --state done --because 'released with v1.62.0'
at 2026-09-08T09:55:00
do_it rca changes add --service checkout --kind configuration --reference run/8764 --start 2026-09-08T09:20:00Z \
  --summary 'pool.orders.max from 40 to 25' --touched pool.orders.max
do_it incident open 'checkout fails at the morning peak, pool empty' -s 2 --service checkout --lead ada \
  --started 2026-09-08T09:41:00Z --detected 2026-09-08T09:52:00Z --at 2026-09-08T09:53:00Z
do_it log @09:56 no connection to the orders database, as in July
at 2026-09-08T11:30:00
do_it incident mitigate --at 2026-09-08T10:50:00Z
do_it incident resolve --at 2026-09-08T11:00:00Z
do_it incident close --detected-by alert
do_it rca start INC-3 --question 'why the limit was below the need again'
do_it rca hypothesis add no check knows how many connections the peak needs --layer process --analysis RCA-2
do_it rca hypothesis set HYP-2 --state confirmed --because 'the action of July is open'
at 2026-09-22T14:20:00
do_it incident open 'orders fail since the deploy' -s 2 --service checkout --lead linus \
  --started 2026-09-22T14:00:00Z --detected 2026-09-22T14:11:00Z --at 2026-09-22T14:12:00Z
at 2026-09-22T15:10:00
do_it incident mitigate --at 2026-09-22T14:45:00Z
do_it incident resolve --at 2026-09-22T15:00:00Z
do_it incident close --detected-by colleague
at 2026-09-29T08:30:00
do_it incident open 'searches are slow or empty' -s 3 --service search --lead mary \
  --started 2026-09-28T00:00:00Z --detected 2026-09-29T08:15:00Z

# October: the measurements of the quarter and the deploys come in; the report is made and published.
as grace
at 2026-10-01T07:00:00
do_it slo import checkout.csv --source checkout-requests
do_it slo import shop/data/edge.log --source edge-access
do_it slo import shop/data/search.csv --source search-minutes
awk 'BEGIN {
  print "service,version,start,reference"
  for (day = 4; day < 92; day += 4) {
    month = day < 32 ? 7 : day < 63 ? 8 : 9
    printf "checkout,v1.%d.0,2026-%02d-%02dT14:00:00Z,run/%d\n", day, month, day - (month > 7 ? 31 : 0) - (month > 8 ? 31 : 0), 8800 + day
  }
  print "checkout,v1.84.1,2026-09-22T14:00:00Z,run/8890"
}' >deploys.csv
do_it rca changes import deploys.csv
do_it rca changes add --service checkout --kind deploy --version v1.84.0 --reference run/8891 \
  --start 2026-09-22T14:40:00Z --reverts run/8890 --summary 'back to v1.84.0'
at 2026-10-05T09:00:00
do_it report quarter --period 2026Q3 --publish --because 'for the board of October'

# Two days later the books are put right: what the first report said has changed, and why.
at 2026-10-07T10:00:00
do_it incident set INC-4 --severity 1 --because 'orders of 45 minutes were lost, not delayed'
"$nines" report quarter --period 2026Q3 || failed=$?
"$nines" report quarter --period 2026Q3 -o md >"$out/quarter.md" || failed=$?
"$nines" report quarter --period 2026Q3 -o html >"$out/quarter.html" || failed=$?
"$nines" report trend --step month --period 2026-09 --periods 3 -o html >"$out/trend.html" || failed=$?
"$nines" report quarter --period 2026Q3 -o json >"$out/quarter.json" || failed=$?
# Whoever makes it again, whenever, holds the same bytes in hand.
at 2027-03-01T08:00:00
as linus
"$nines" report quarter --period 2026Q3 -o html | cmp - "$out/quarter.html" || failed=$?
exit $failed
