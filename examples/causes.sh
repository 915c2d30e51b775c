#!/bin/sh
# How the bookshop finds out why its checkout failed, from the advice to the conclusion, as its people type
# it: runs in a folder of its own, with a clock of its own, and leaves nothing behind. NINES names the program.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/steps.sh"
prepare || exit 1

# What the log and the metrics hold: until 08:52 all is well, then the pool is empty.
awk 'function row(stamp, bad, wave, file) {
  line = sprintf("%s,%d,%d,%d,%d", stamp, 120 + wave + 900 * bad, bad ? 100 : 40 + wave, 60 + wave, 900 + 5 * wave)
  if (file) print line >file
  print line >"morning.csv"
}
BEGIN {
  head = "time,checkout|latency_ms,checkout|pool_used_percent,search|latency_ms,web|requests"
  print head >"before.csv"
  print head >"during.csv"
  print head >"morning.csv"
  for (minute = 0; minute < 240; ++minute)
    row(sprintf("2026-11-23T%02d:%02d:00Z", 4 + int(minute / 60), minute % 60), 0, (minute * 7) % 11, "before.csv")
  for (minute = 0; minute < 52; ++minute)
    row(sprintf("2026-11-23T08:%02d:00Z", minute), 0, (minute * 7) % 11, "")
  for (minute = 52; minute < 68; ++minute)
    row(sprintf("2026-11-23T%02d:%02d:00Z", 8 + int(minute / 60), minute % 60), 1, (minute * 7) % 11, "during.csv")
  for (second = 0; second < 1200; second += 5) {
    stamp = sprintf("2026-11-23T08:%02d:%02dZ", 40 + int(second / 60), second % 60)
    printf "%s INFO [web] checkout: order %d taken in %d ms\n", stamp, 7000 + second, 110 + second % 23 >"checkout.log"
    if (second >= 720 && second % 15 == 0)
      printf "%s ERROR [web] checkout: pool.orders.max reached, no connection after %d ms\n", stamp,
        5000 + second % 7 >"checkout.log"
  }
}' || exit 1

# What was changed that morning, as the pipelines recorded it, and the incident as its people wrote it down.
as ada
at 09:50:00
quietly rca changes add --service search --kind deploy --version v88 --reference run/88 --start 08:05
quietly rca changes add --service checkout --kind configuration --reference run/91 --start 08:50 \
  --summary 'pool.orders.max from 40 to 10' --touched pool.orders.max
quietly rca changes add --service web --kind flag --reference run/92 --start 09:20 --summary 'banner on'
quietly incident open 'checkout fails' --service checkout --at 08:55 -s 2
quietly incident set --milestone impact_started=08:52
quietly log @08:56 14 % of checkouts fail
quietly log @09:00 the pool of connections to the orders database is empty -- --kind hypothesis
quietly log @09:04 put pool.orders.max back to 40 -- --kind action

# While it burns, nobody looks for causes; afterwards the method follows from what is known.
step rca advise
quietly incident mitigate --at 09:08
quietly incident resolve --at 09:12
step rca advise
step rca start --question 'why 10 connections could go into production'

# What came first, what was changed, what was said, what moved.
step rca timeline --lookback 1h --log checkout.log --metrics morning.csv
step rca changes rank --log checkout.log
step rca logs compare checkout.log --onset 2026-11-23T08:52:00Z
step rca rank --normal before.csv --anomalous during.csv

# What could explain it, and what speaks for each.
step rca hypothesis add the pool was made too small for the morning --layer technical
step rca hypothesis add the payment provider was slow --layer external --prior 30
step rca hypothesis next
step rca hypothesis evidence HYP-1 'new message: pool.orders.max reached, no connection' --kind log --ratio 10 --source checkout.log
step rca hypothesis evidence HYP-1 'CHG-2 at 08:50, two minutes ahead' --kind change --ratio 3 --source 'rca changes rank'
step rca hypothesis evidence HYP-2 'no time-out of the provider in the log' --kind log --ratio 1/10 --source checkout.log
step rca hypothesis set HYP-2 --state refuted --because 'the provider answered in time throughout'
step rca hypothesis add no check knows how many connections the morning needs --under HYP-1 --layer process

# What has to come together for the checkout to stop.
cat >checkout-tree.yaml <<'YAML'
apiVersion: nines/v1
kind: FaultTree
metadata:
  name: checkout-stops
spec:
  gates:
    - {name: checkout-stops, type: or, inputs: [pool-exhausted, provider-down]}
    - {name: pool-exhausted, type: and, inputs: [pool-too-small, morning-peak]}
  events:
    - {name: pool-too-small, probability: 0.02, description: 'a limit below the need reaches production'}
    - {name: morning-peak, probability: 0.25, description: 'the two hours with most orders'}
    - {name: provider-down, probability: 0.0005}
YAML
step rca tree solve checkout-tree.yaml
step rca tree solve checkout-tree.yaml --observe provider-down=false

# Not yet: the rules say what is missing.
step rca conclude 'a limit below the need could reach production'
step rca hypothesis evidence HYP-3 'the pipeline passes with a limit of 1' --kind reproduction --ratio 10 --source staging
step rca hypothesis set HYP-3 --state confirmed --because 'reproduced in staging' \
  --counterfactual 'the pipeline would have refused 10' --action 'OPS-311: check limits against the peak of the last 28 days'
step rca hypothesis set HYP-1 --state confirmed --because 'log and change agree' --action 'OPS-312: alert at 80 % of the pool'
quietly rca hypothesis evidence HYP-3 'no test names the limit' --kind change --ratio 10 --source 'the pipeline'
quietly rca hypothesis evidence HYP-3 'its owner says nobody knew the need' --kind testimony --ratio 3 --source payments
quietly rca hypothesis evidence HYP-3 'the limit of staging was never reached' --kind metric --ratio 3 --source staging
step rca why
step rca stop --cost 12000 --hour-cost 400
step rca conclude 'a limit below the need could reach production, and did at the morning peak'
step rca show
"$nines" audit verify -q >/dev/null || failed=$?
exit $failed
