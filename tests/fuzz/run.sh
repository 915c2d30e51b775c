#!/bin/sh
# Builds every fuzz target with clang and its sanitizers, and runs each: run.sh [SECONDS [TARGET...]].
# A finding ends the run; its input lies in build/fuzz/findings/TARGET.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-60}
[ $# -eq 0 ] || shift
build=$root/build/fuzz
command -v clang++-14 >/dev/null || { echo "run.sh: needs the packages clang-14 and libclang-rt-14-dev" >&2; exit 1; }

cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DNINES_BUILD_FUZZERS=ON \
  -DNINES_SANITIZE=address,undefined -DNINES_PCH=OFF -DNINES_UNITY_FILES=64 \
  -DCMAKE_C_COMPILER=clang-14 -DCMAKE_CXX_COMPILER=clang++-14 >/dev/null
targets="$*"
[ -n "$targets" ] || targets=$(cd "$root/tests/fuzz" && ls *_fuzz.cpp | sed 's/_fuzz\.cpp$//')
# shellcheck disable=SC2046  # one word for each target
cmake --build "$build" --target $(printf 'fuzz_%s ' $targets)

for name in $targets; do
  findings=$build/findings/$name
  grown=$build/corpus/$name
  mkdir -p "$findings" "$grown"
  echo "== $name"
  # Limits per case: 1 s would be the promise; a busy machine and two sanitizers get 5.
  "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=512 -max_len=65536 \
    -artifact_prefix="$findings/" -print_final_stats=1 "$grown" "$root/tests/fuzz/corpus/$name" 2>&1 |
    tee "$build/findings/$name.log" | grep -E "stat::(number|peak)|SUMMARY|ERROR|broken promise" || true
  [ -z "$(ls -A "$findings")" ] || { echo "findings in $findings"; tail -40 "$build/findings/$name.log"; exit 1; }
done
