# An answer and its line are on record together, or not at all.
. "$here/incident.sh"
prepare() { "$NINES" incident teams ask payments is it slow -q; }
act() { "$NINES" incident teams done 1 it is fine; }
