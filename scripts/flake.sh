#!/bin/sh
# Runs the end-to-end tests that match a pattern, again and again, and tells how
# often each failed: scripts/flake.sh TIMES PATTERN. What they said is in
# build/flake.log.
set -eu
times=$1 pattern=$2
log=build/flake.log
mkdir -p build

failed=0
go test -count="$times" -timeout 0 -v -run "$pattern" ./e2e >"$log" 2>&1 || failed=1
# The names of tests and their parts, which have no blanks.
awk '/^ *--- (PASS|FAIL): / { runs[$3]++; if ($2 == "FAIL:") fails[$3]++ }
  END { for (name in runs) printf "%4d of %d failed  %s\n", fails[name], runs[name], name }' "$log" | sort -rn
grep -q -e '--- PASS' -e '--- FAIL' "$log" || { cat "$log"; echo "no test is called $pattern" >&2; exit 1; }
exit $failed
