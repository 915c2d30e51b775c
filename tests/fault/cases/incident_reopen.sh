# Not over after all: the later milestones go with the step back.
. "$here/incident.sh"
prepare() { "$NINES" incident resolve 2 -q && "$NINES" incident close 2 -q --detected-by alert; }
act() { "$NINES" incident reopen 2 --because "errors are back"; }
