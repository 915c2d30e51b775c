# Old, finished records go to a folder and leave this store: each is here whole, or there.
setup() {
  mkdir exchange && "$NINES" init -q || return 1
  for run in 1 2 3; do
    "$NINES" --now "2026-01-0${run}T08:00:00Z" rca changes add --service checkout --reference "run/$run" \
      --start "2026-01-0${run}T08:00:00Z" -q || return 1
  done
  "$NINES" --now 2026-01-05T08:00:00Z sync exchange
}
act() { "$NINES" --now 2026-11-23T09:14:00Z sync exchange --records-since 90d; }
# A crash leaves a list of what is to go, and nothing that looks like damage; the next exchange goes on.
again() { "$NINES" --now 2026-11-23T09:14:00Z sync exchange --records-since 90d; }
state() {
  "$NINES" --now 2026-11-23T09:14:00Z audit verify -q >/dev/null || echo "damaged"
  sqlite3 .nines/nines.db "SELECT (SELECT count(*) FROM left_out_subject), (SELECT count(*) FROM left_out)"
}
