# An offer takes the place of the one before it, with its line, or nothing changes.
. "$here/incident.sh"
prepare() { "$NINES" incident handover --to bo -q; }
act() { "$NINES" incident handover --to cy; }
redoable=no
