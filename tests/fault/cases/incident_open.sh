# Declaring an incident takes the lines that waited, all or none.
setup() { "$NINES" init -q && "$NINES" log first errors -- -q; }
act() { "$NINES" incident open "checkout is down" --service checkout --lead ada; }
state() { "$NINES" incident list --fields title,commander -o csv && "$NINES" incident timeline 1 --fields kind,text -o csv; }
redoable=no
# What waits is part of the state before.
export XDG_STATE_HOME="$WORK/run/.state"
