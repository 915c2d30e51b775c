#!/bin/sh
# The commands of the GitHub Action, the GitLab template and the pre-commit hooks, run as they stand in a clean
# checkout of the bookshop; the comment on a pull request is compared with comment.md (NINES_UPDATE=1 writes it).
# NINES and STEPS name the programs, WORK is a scratch folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
command -v bash >/dev/null && command -v git >/dev/null || {
  echo "SKIPPED: needs bash and git, the CI files are NOT tested"
  exit 77
}
fail() { echo "FAIL $*"; exit 1; }

rm -rf "$WORK"
mkdir -p "$WORK/home" "$WORK/bin" "$WORK/tmp" "$WORK/team"
ln -s "$NINES" "$WORK/bin/nines"
export PATH="$WORK/bin:$PATH" HOME="$WORK/home" XDG_CONFIG_HOME="$WORK/home/.config" \
  XDG_STATE_HOME="$WORK/home/.state" \
  TZ=UTC LC_ALL=C.UTF-8 NINES_NOW=2026-11-23T02:00:00Z RUNNER_TEMP="$WORK/tmp" TMPDIR="$WORK/tmp" \
  GITHUB_STEP_SUMMARY="$WORK/summary.md" NINES_ACTOR=ada
unset NINES_DB NINES_CONFIG GITHUB_ACTIONS
git() { command git -c user.name=ada -c user.email=ada@example.org -c init.defaultBranch=main "$@" >/dev/null 2>&1; }

# The repository, and the record that the team keeps.
cp -R "$root/examples/bookshop" "$WORK/shop"
cd "$WORK/shop"
sh data/generate.sh
git init && git add slos oncall policies tests && git commit -m "what the shop promises"
mkdir "$WORK/record"
(
  cd "$WORK/record"
  nines init --no-input
  nines slo apply "$WORK/shop/slos" "$WORK/shop/oncall" "$WORK/shop/policies" -q \
    --because 'agreed in the weekly meeting'
  nines slo import "$WORK/shop/data/checkout.csv" --source checkout-requests
  nines slo import "$WORK/shop/data/edge.log" --source edge-access
  nines slo import "$WORK/shop/data/search.csv" --source search-minutes
  nines incident open 'checkout fails' --service checkout -s 1 --at 2026-11-14T10:00:00Z
  nines incident resolve --at 2026-11-14T11:00:00Z
  nines audit checkpoint --new-key
  nines sync "$WORK/team"
  nines status export --out "$WORK/status.txt"
) >"$WORK/record.txt" 2>&1 || { cat "$WORK/record.txt"; fail "the record could not be made"; }
key=$(sed -n "s/.*--key is //p" "$WORK/record.txt")

# steps KIND FILE INPUT...: takes the commands out; then run NAME runs one as the system would.
steps() {
  rm -rf "$WORK/steps"
  mkdir "$WORK/steps"
  kind=$1 file=$2
  shift 2
  "$STEPS" "$kind" "$root/$file" "$WORK/steps" "$@"
}
run() {
  name=$1
  shift
  echo "== $name"
  bash --noprofile --norc -eo pipefail "$WORK"/steps/*-"$name".sh "$@"
}

# A pull request wants more nines than there were.
git checkout -b more-nines
sed -i 's/target: 0.995$/target: 0.996/' slos/checkout-availability.yaml
git diff --quiet && fail "the example has no target of 0.995 any more"
git commit -am "the checkout promises more"
steps action action.yml path=slos base=main "tests=tests slos" oncall=oncall "record=$WORK/team" \
  "snapshot=$WORK/status.txt" "key=$key"
for step in Check-the-definitions Run-their-tests Walk-the-rotas Say-what-the-change-would-have-meant; do
  run $step
done
code=0
run Ask-the-gate || code=$?
echo "the gate: $code"
run Show-it
sed 's|signed by nines/[0-9a-f]*|signed by nines/KEY|' "$WORK/summary.md" >"$WORK/comment.md"
if [ "${NINES_UPDATE:-}" = 1 ]; then cp "$WORK/comment.md" "$here/comment.md"; fi
diff -u "$here/comment.md" "$WORK/comment.md" || fail "the comment is another one"

# What is wrong stops it: a misspelt key, a rota with a hole, a snapshot that another key signed.
sed -i 's/budgetingMethod:/budgetingMethd:/' slos/checkout-availability.yaml
run Check-the-definitions >"$WORK/out.txt" && fail "a misspelt key passed"
grep -q '^::error file=slos/checkout-availability.yaml,line=' "$WORK/out.txt" || fail "no annotation"
git checkout slos
sed -i '/name: nights/,/participants/d' oncall/rota.yaml
run Walk-the-rotas >"$WORK/out.txt" 2>&1 && fail "a rota with a hole passed"
git checkout oncall
steps action action.yml path=slos "snapshot=$WORK/status.txt" key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
run Ask-the-gate >"$WORK/out.txt" 2>&1 && fail "a snapshot of another key passed"
[ ! -e "$WORK/steps/02-Run-their-tests.sh" ] || fail "a step ran that was left out"

steps gitlab examples/ci/gitlab.yml
for job in nines-check nines-test nines-oncall; do run $job; done
[ -s gl-code-quality-report.json ] && [ -s nines-junit.xml ] || fail "no reports"
NINES_SNAPSHOT=$WORK/status.txt NINES_KEY=$key CHANGE_TYPE=feature run nines-gate || echo "the gate: $?"

steps hooks .pre-commit-hooks.yaml
run nines-slo-check slos/checkout-availability.yaml slos/services.yaml slos/sources.yaml slos/indicators.yaml
echo "the commands of all three ran"
