# First contact with a git remote: its name, and this store's events, go there.
setup() {
  "$WRITER" create .nines/nines.db && "$WRITER" add .nines/nines.db one &&
    git init -q --bare --template= hub.git
}
act() { "$NINES" sync git:hub.git; }
# What another machine gets from the remote, and whether this one is content.
state() {
  rm -rf other && mkdir other && cp -a hub.git other/hub.git
  (cd other && "$WRITER" create .nines/nines.db >/dev/null && "$NINES" sync git:hub.git >/dev/null 2>&1
    "$WRITER" state .nines/nines.db)
  rm -rf other
}
