# A correction is a new entry that names the old one.
. "$here/incident.sh"
act() { "$NINES" incident correct 1 "restarted db-2"; }
