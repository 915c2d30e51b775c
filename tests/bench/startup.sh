#!/bin/sh
# Start-up: nines version and nines slo status beside git status in a small repository.
# Called by run.sh with NINES, PAIR and WORK set.
set -eu
repo="$WORK/startup"
rm -rf "$repo"
mkdir -p "$repo/src"
cd "$repo"
i=0
while [ $i -lt 100 ]; do
  echo "file $i" > "src/file_$i.txt"
  i=$((i + 1))
done
git init -q .
git add -A
git -c user.name=bench -c user.email=bench@example.org commit -qm "a hundred files"
"$NINES" init --no-input >/dev/null 2>&1 || { echo "startup: 'nines init' failed" >&2; exit 1; }
"$PAIR" -n 41 -w 3 -t "start-up in a repository of 100 files" \
  -a "nines version|within|1.5|git status" -a "nines slo status|within|1.5|git status" \
  "git status=exec git status" \
  "nines version=exec '$NINES' version" \
  "nines slo status=exec '$NINES' slo status"
