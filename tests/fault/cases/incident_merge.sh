# Goes on as another: both incidents change, or neither.
. "$here/incident.sh"
act() { "$NINES" incident merge 1 --into 2; }
