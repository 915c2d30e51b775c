# What the cases of incident verbs share: two incidents with a timeline, and what is recorded of them.
# Times repeat themselves, and identifiers and the order within one instant are left out, so that two
# runs can be compared.
export NINES_NOW=2026-11-23T09:20:00Z XDG_STATE_HOME="$WORK/run/.state"
prepare() { :; }  # what a case wants besides
setup() {
  export NINES_NOW=2026-11-23T09:14:00Z
  "$NINES" init -q &&
    "$NINES" incident open "search is slow" -q --service search -s 3 &&
    "$NINES" incident open "checkout is down" -q --service checkout -s 2 --started 09:00 &&
    "$NINES" log restarted the primary -- -q &&
    prepare
}
state() {  # from the tables: one small program instead of four, for thousands of points
  sqlite3 .nines/nines.db "SELECT title, status, outcome, severity, services, into_subject <> '', closed FROM incident ORDER BY 1;
    SELECT kind, at, text, author, corrections FROM incident_entry ORDER BY 1, 2, 3;
    SELECT name, at FROM incident_milestone ORDER BY 1, 2;
    SELECT role, person, until FROM incident_role ORDER BY 1, 2;
    SELECT service, region, at, level, weight FROM incident_impact ORDER BY 1, 2, 3;
    SELECT name, value, estimate FROM incident_fact ORDER BY 1;
    SELECT target, relation FROM incident_link ORDER BY 1, 2"
}
# A step that was taken is not taken twice: then the repetition is refused as a conflict.
again() { act || [ $? -eq 4 ]; }
