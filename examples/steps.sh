# What the walk-throughs of the bookshop share: a folder and a clock of their own, and steps that show what is typed.
# Sourced by them, with `here` the folder of the examples; NINES names the program.
nines=${NINES:-$(command -v nines || true)}
[ -n "$nines" ] || {
  echo "no nines on the PATH; NINES=build/release/nines sh $0" >&2
  exit 1
}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
for part in slos playbooks drills oncall policies; do cp -R "$here/bookshop/$part" "$folder/" || exit 1; done
cd "$folder" || exit 1
export HOME="$folder/home" XDG_CONFIG_HOME="$folder/home/.config" XDG_STATE_HOME="$folder/home/.state" \
  XDG_DATA_HOME="$folder/home/.data" TZ=UTC LC_ALL=C.UTF-8
unset NINES_DB NINES_CONFIG NINES_ACTOR

failed=0
today=2026-11-23
on() { today=$1; }
at() { export NINES_NOW="${today}T$1Z"; }
as() { export USER="$1"; }
# quietly WORDS...: what others did before, shown only when it fails
quietly() { "$nines" "$@" >quiet.txt 2>&1 || { failed=$? && cat quiet.txt; }; }
# step WORDS...: shows what is typed, and what comes back
step() {
  printf '\n[%s %s] $ nines' "$(printf %s "$NINES_NOW" | cut -c12-16)" "$USER"
  for word; do
    case $word in *[!A-Za-z0-9_@:./=,-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
  done
  printf '\n'
  "$nines" "$@" 2>&1 && return
  code=$?
  echo "(exit $code)"
  case $code in
    1 | 5 | 6) ;; # answers: no, not without approval, and undecided, with what would decide
    *) failed=$code ;;
  esac
}

# prepare: a store that holds what the shop agreed on.
prepare() {
  as grace
  at 08:00:00
  "$nines" init -q >/dev/null &&
    "$nines" slo apply slos playbooks drills oncall policies --because 'agreed in the weekly meeting' -q >/dev/null
}
