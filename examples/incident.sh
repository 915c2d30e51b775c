#!/bin/sh
# One whole incident of the bookshop, from the first line to the close, as its people type it: runs in a
# folder of its own, with a clock of its own, and leaves nothing behind. NINES names the program.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/steps.sh"
prepare || exit 1

# The alert arrives; the machine proposes, a person decides.
cat >alert.json <<'JSON'
{"version":"4","groupKey":"{}:{service=\"checkout\"}","truncatedAlerts":0,"status":"firing","receiver":"nines",
 "groupLabels":{"service":"checkout"},"commonLabels":{"alertname":"CheckoutErrors","service":"checkout","severity":"critical"},
 "commonAnnotations":{"summary":"14 % of checkouts fail"},"externalURL":"http://alertmanager.example.org",
 "alerts":[{"status":"firing","labels":{"alertname":"CheckoutErrors","service":"checkout","severity":"critical"},
  "annotations":{"summary":"14 % of checkouts fail"},"startsAt":"2026-11-23T08:55:00Z","endsAt":"0001-01-01T00:00:00Z",
  "generatorURL":"http://prometheus.example.org/graph","fingerprint":"5ef7c8d1a2b3c4d5"}]}
JSON
as ada
at 09:02:00
step incident ingest alert.json
step incident proposals
step incident accept PRP-1 --title 'checkout fails' -s 2
at 09:03:00
step incident assess --burn 14.4 --reach 1200 --data-exposure no
step incident escalate
step incident ack
step incident set --impact checkout=partial:0.14 --at 08:55 --fact detected_by=alert
step

# What the machine can tell.
at 09:04:00
step incident triage --list
step incident triage --playbook checkout --dry-run
step trust --playbook checkout
step incident triage --playbook checkout --step restart

# It is worse than it looked; another takes over the writing.
at 09:10:00
step incident set -s 1 --role scribe=bo
step log all connections to the database are in use -- --kind hypothesis
at 09:15:00
step incident show --for chat

# Another team is asked for help.
step incident teams ask payments 'is the payment provider slow?' --by 20m
at 09:20:00
step incident teams ack ASK-1
step incident teams done ASK-1

# The command changes hands.
at 09:30:00
step incident handover --to cleo
as cleo
step incident handover --ack

# It stops, and is over.
at 09:41:00
step log restarted the checkout, the pool is empty -- --kind action
step incident mitigate --at 09:40
as bo
step incident triage --refuse restart --because 'done by hand'
at 10:05:00
step log told customers on the status page -- --kind communication --visibility public
step incident set --milestone customers_told=10:05
step incident resolve
step incident timeline --check
step incident close --note 'review on Thursday'
step incident show 1
"$nines" audit verify -q >/dev/null || failed=$?
exit $failed
