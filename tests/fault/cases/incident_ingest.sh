# A timeline of a file goes in whole, with its milestones and facts, or not at all.
setup() {
  "$NINES" init -q
  printf '# Incident on 2024-03-05\n\n- First detected: 2024-03-05 10:00\n- Resolved: 2024-03-05 11:00\n\n**Time to resolve**: 1h\n' >postmortem.md
}
act() { "$NINES" incident ingest postmortem.md --zone UTC; }
state() { "$NINES" incident list --all --fields title,status -o csv && { "$NINES" incident timeline 1 --fields kind,text -o csv || true; }; }
redoable=yes
