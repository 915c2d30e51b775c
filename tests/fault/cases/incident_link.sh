# A link, and the entry that tells of it.
. "$here/incident.sh"
act() { "$NINES" incident link https://wiki.example.org/failover --as runbook --incident 2; }
redoable=no
