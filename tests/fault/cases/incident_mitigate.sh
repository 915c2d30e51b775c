# The harm has stopped.
. "$here/incident.sh"
act() { "$NINES" incident mitigate 2 --note "failed over"; }
