# An ask and its line are on record together, or not at all.
setup() { "$NINES" init -q && "$NINES" incident open "checkout is down" -q; }
act() { "$NINES" incident teams ask payments is it slow; }
state() { "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
