# A link, and the entry that tells of it. Said again, nothing is added.
. "$here/incident.sh"
act() { "$NINES" incident link https://wiki.example.org/failover --as runbook --incident 2; }
