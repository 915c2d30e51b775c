#!/bin/sh
# What the bookshop learns from its checkout failing, from the close to the quarter's report, as its people type it: a
# postmortem, an action that is planned, approved, tried on a part and proved. Runs in a folder of its own, with a
# clock of its own, offline, and leaves nothing behind. NINES names the program.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/steps.sh"
prepare || exit 1

# What was measured, and how the incident went.
as ada
at 09:30:00
sh "$here/bookshop/data/generate.sh" data >/dev/null || exit 1
quietly slo import data/checkout.csv --source checkout-requests
quietly rca changes add --service checkout --kind configuration --reference run/91 --start 08:50 \
  --summary 'pool.orders.max from 40 to 10' --touched pool.orders.max
quietly incident open 'checkout fails' --service checkout --at 08:55 -s 2
quietly incident ack --at 09:02
quietly incident set --milestone impact_started=08:52 --fact detected_by=alert --impact checkout=partial:0.14 --at 08:52
quietly log @08:56 14 % of checkouts fail
quietly log @09:00 the pool of connections to the orders database is empty -- --kind observation
quietly log @09:04 put pool.orders.max back to 40 -- --kind action
quietly incident mitigate --at 09:08
quietly incident resolve --at 09:12
at 10:00:00
quietly rca start --question 'why 10 connections could go into production'
quietly rca hypothesis add no check knows how many connections the morning needs --layer process
quietly rca hypothesis evidence HYP-1 'the pipeline passes with a limit of 1' --kind reproduction --ratio 10 \
  --source staging
quietly rca hypothesis set HYP-1 --state confirmed --because 'reproduced in staging' \
  --counterfactual 'the pipeline would have refused 10'
quietly incident close --note 'review on Thursday'

# Thursday: somebody who took no part asks the questions; rules propose what the facts show.
on 2026-11-26
as dee
at 09:00:00
step report postmortem facilitate INC-1
step report postmortem factors INC-1
step report postmortem factors INC-1 --accept PRP-1
step report postmortem factors INC-1 --add 'nobody knew how many connections the morning needs' --layer process \
  --evidence 'HYP-1, confirmed in staging'

# The text, from the record; what only people know is filled in with an editor.
as ada
at 10:00:00
step report postmortem draft INC-1
cat >fill.sh <<'SH'
#!/bin/sh
# Stands in for an editor: answers under each heading what the draft asks there.
awk '/^## / { heading = $0; asked = 0 }
/^<!-- [^n].*-->$/ && !asked {
  asked = 1
  if (heading ~ /Summary/) $0 = "One in seven checkouts failed for twenty minutes, until the pool was large again."
  if (heading ~ /surprised/) $0 = "The pool of connections was looked at last, though its graph is on the wall."
  if (heading ~ /factors/) $0 = "A limit below the need could reach production, and nothing showed that it had."
  if (heading ~ /went well/) $0 = "Four minutes from the first look at the pool to the mend."
  if (heading ~ /lucky/) $0 = "It was a Monday morning: on a Saturday three times as many orders come in."
}
{ print }' "$1" >filled.md && cat filled.md >"$1"
SH
chmod +x fill.sh
EDITOR="$folder/fill.sh" step report postmortem edit INC-1
step report postmortem lint INC-1 --suggestions
step report postmortem review INC-1 --ask dee
as dee
at 11:00:00
step report postmortem review INC-1 --approve --because 'it asks what, not who'
as ada
step report postmortem publish INC-1
step report postmortem show INC-1 --for public -o md
step report postmortem answer INC-1 --to 'the board' --asked 'whose mistake was it?'

# What makes the next one rarer: planned, within the time there is.
at 11:30:00
step remediate add 'the pipeline refuses a limit below the peak of 28 days' --incident INC-1 --type preventive \
  --effort 2 --averts 20,60,120 --works 80 --done-when 'a limit of 10 fails the pipeline'
step remediate plan --capacity payments=5

# It changes production: the gate is asked, another person agrees, a part is tried first.
as bo
at 13:00:00
step remediate gate --service checkout --type reliability
step remediate change request 'check limits before they go out' --service checkout --for reliability --link ACT-1 \
  --back-out 'switch the check off' --back-out-tested --reversibility rollback --novelty routine --lines 80 \
  --test-level integration --tests 'the limit of 10 is refused in staging' --canary 'one of twenty' --share 5
step remediate change approve CR-1
as cy
step remediate change approve CR-1 --because 'saw the back-out work'
as bo
at 14:00:00
step remediate change start CR-1
step remediate canary plan --base-rate 0.005 --per-second 100 --share 0.05 --ratio 2 --within 1h
step remediate canary judge --canary 92/18000 --baseline 1780/342000
at 15:30:00
step remediate change finish CR-1 --outcome success
step remediate set ACT-1 --state done --because 'the pipeline refused 10'

# The quarter is over: did it help, and what does the board read?
on 2027-01-04
as grace
at 09:00:00
step remediate verify ACT-1
step report recurrence INC-1
step report quarter --period 2026Q4 --publish --because 'board of January' >quarter.txt
sed 's/^\(log read up to *\).*/\1the newest event/' quarter.txt # the replica's name is another one each time
"$nines" report quarter --period 2026Q4 -o html >quarter.html || failed=$?
"$nines" report quarter --period 2026Q4 -o html >again.html || failed=$?
cmp quarter.html again.html || failed=1
"$nines" audit verify -q >/dev/null || failed=$?
exit $failed
