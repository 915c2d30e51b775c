# A degradation is proposed once, with its evidence, or not at all.
. "$here/measured_engine.sh"
setup() {
  "$NINES" init -q && write_engine degraded && measure 2026-11-22T20:00:00Z 2026-11-23T08:55:00Z
}
act() { "$NINES" --now 2026-11-23T09:00:00Z slo detect --since 12h; }
state() { "$NINES" incident proposals -o csv --no-headers --fields kind,title; }
