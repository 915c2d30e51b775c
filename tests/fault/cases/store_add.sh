# One transaction of several events, by the store alone.
setup() { "$WRITER" create log.db && "$WRITER" add log.db first; }
act() { "$WRITER" add log.db second; }
state() { "$WRITER" state log.db; }
verify() { "$WRITER" verify log.db; }
sound() { verify; }
redoable=no
