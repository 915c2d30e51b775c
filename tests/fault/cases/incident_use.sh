# Another incident becomes the current one, of this person and not of the record.
. "$here/incident.sh"
act() { "$NINES" incident use 1; }
state() { "$NINES" incident show @ -o json --fields name; }
