# A message, its line and its milestone are on record together, or not at all.
setup() { "$NINES" init -q && "$NINES" incident open "checkout is down" -q; }
act() { "$NINES" incident comms sent --to status-page payments fail; }
state() { "$NINES" incident comms list --fields to,text -o csv && "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
