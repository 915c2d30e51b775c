#!/bin/sh
# nines rca logs templates on a million lines: the template of every line, beside a count of lines by awk.
# NINES_BENCH_LINES (default 1000000) makes a smaller input. The aim is 500,000 lines a second on one core.
# Called by run.sh with NINES, PAIR and WORK set.
set -eu
lines=${NINES_BENCH_LINES:-1000000}
dir=$WORK/logs
rm -rf "$dir"
mkdir -p "$dir"
trap 'rm -rf "$dir"' EXIT
awk -v n="$lines" 'BEGIN {
  srand(7)
  split("amy bob cat dan eve fay gus hal ivy jon", users, " ")
  for (i = 0; i < n; ++i) {
    r = int(rand() * 1000000)
    printf "2026-11-23 %02d:%02d:%02d,%03d ", i / 3600 % 24, i / 60 % 60, i % 60, r % 1000
    k = r % 8
    if (k == 0) printf "INFO [main] shop.Cart: user %s put %d items into cart %08x\n", users[1 + r % 10], r % 9, r * 7919
    else if (k == 1) printf "INFO [pool-%d] shop.Pay: gateway 10.0.%d.%d:8443 answered in %d ms\n", r % 16, r % 250, r % 99, r % 3000
    else if (k == 2) printf "WARN [pool-%d] shop.Pay: slow answer from 10.0.%d.%d:8443, try %d of 3\n", r % 16, r % 250, r % 99, r % 3
    else if (k == 3) printf "ERROR [pool-%d] shop.Pay: cannot reach 10.0.%d.%d:8443: timed out\n", r % 16, r % 250, r % 99
    else if (k == 4) printf "DEBUG [io] net.Blocks: received block blk_%d of size %d from /10.1.%d.%d\n", r * 31, r, r % 250, r % 99
    else if (k == 5) printf "INFO [io] net.Blocks: verification succeeded for blk_%d\n", r * 31
    else if (k == 6) printf "INFO [cron] jobs.Runner: job attempt_%d_%04d_m_%06d done, status=0\n", r, r % 9999, i % 999999
    else printf "INFO [main] http.Access: GET /api/v2/items/%d from %d.example.org took %d.%d ms\n", r, r % 50, r % 900, r % 10
  }
}' >"$dir/app.log"
"$PAIR" -n 5 -w 1 -t "templates of $lines lines" \
  -a "nines rca logs templates|ms|$((lines / 500))" -a "nines rca logs templates|faster|1|awk" \
  "awk=exec awk '{ gsub(/[0-9]+/, \"*\"); ++n[\$0] } END { for (k in n) print n[k], k }' '$dir/app.log'" \
  "nines rca logs templates=exec '$NINES' rca logs templates '$dir/app.log' -o csv"
