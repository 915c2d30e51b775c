# Closed with its outcome and how it was detected.
. "$here/incident.sh"
act() { "$NINES" incident close 2 --detected-by alert; }
