# A step of an incident is taken back with its milestone and its line.
. "$here/incident.sh"
prepare() { "$NINES" incident resolve 2 -q; }
act() { "$NINES" undo 5; }
redoable=no
