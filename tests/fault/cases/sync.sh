# Receiving another machine's events from a folder, and leaving the own ones there.
setup() {
  "$NINES" init -q theirs && mkdir exchange &&
    for run in 1 2 3; do
      "$NINES" --db theirs/.nines/nines.db rca changes add --service checkout --reference "run/$run" \
        --start 2026-11-23T08:00:00Z -q || return 1
    done &&
    "$NINES" --db theirs/.nines/nines.db sync exchange &&
    "$NINES" init -q &&
    "$NINES" rca changes add --service search --reference own/1 --start 2026-11-23T08:00:00Z -q
}
act() { "$NINES" sync exchange; }
state() { "$NINES" rca changes list --fields service,reference -o csv; }
