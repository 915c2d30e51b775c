#!/bin/sh
# The true change among decoys in generated incidents, and blame where no change did it.
# Called by accuracy.sh with BUILD set.
set -eu
cmake --build "$BUILD" --target accuracy_changes >&2
exec "$BUILD/tests/bench/accuracy_changes"
