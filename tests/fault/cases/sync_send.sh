# First contact with an empty folder: this store's events go there.
setup() { "$WRITER" create .nines/nines.db && "$WRITER" add .nines/nines.db one && mkdir shared; }
act() { "$NINES" sync shared; }
# What another machine gets out of the folder, and whether this one is content.
state() {
  rm -rf other && mkdir other && cp -a shared other/shared
  (cd other && "$WRITER" create .nines/nines.db >/dev/null && "$NINES" sync shared >/dev/null 2>&1
    "$WRITER" state .nines/nines.db)
  rm -rf other
}
