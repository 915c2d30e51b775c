# Somebody is on it: the milestone, the commander and the entry, or nothing.
. "$here/incident.sh"
act() { "$NINES" incident ack 2 --note "paged by phone"; }
