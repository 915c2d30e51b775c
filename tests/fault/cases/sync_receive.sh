# Events of another machine come into this store.
setup() {
  mkdir other shared
  (cd other && "$WRITER" create .nines/nines.db && "$WRITER" add .nines/nines.db one && "$NINES" sync ../shared)
  "$WRITER" create .nines/nines.db && "$WRITER" add .nines/nines.db two
}
act() { "$NINES" sync shared; }
state() { "$WRITER" state .nines/nines.db; }
