# A new store file, by the store alone.
creates=yes
setup() { :; }
act() { "$WRITER" create log.db; }
state() { "$WRITER" state log.db && echo there; }
verify() { "$WRITER" verify log.db; }
sound() { verify; }
