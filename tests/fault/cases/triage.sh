# A step of a playbook that ran: its result, its output and its line are on record, all or none.
setup() { "$NINES" init -q && "$NINES" incident open "the disk is full" -q; }
act() { "$NINES" incident triage --playbook disk --step space; }
state() { "$NINES" incident triage show 1 -o json | grep -E '"(step|state|outcome)"'; "$NINES" incident timeline 1 --fields kind -o csv; }
redoable=no
export XDG_STATE_HOME="$WORK/run/.state"
