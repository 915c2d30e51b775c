# Many facts in one command: all of them, or none. Said again, nothing is added.
. "$here/incident.sh"
act() { "$NINES" incident set 2 -s 1 --impact checkout=partial:0.3 --role scribe=bo --fact users=1200 --milestone detected=09:02; }
