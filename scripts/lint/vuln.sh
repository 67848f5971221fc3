#!/bin/sh
# Has govulncheck look at all programs, native and js/wasm: vuln.sh GOVULNCHECK.
# Its database is on the network. Where that can not be reached the check can
# not be made, which is said and is no failure. That the check would find
# something is proved every time, on a database of its own that calls a function
# of ours vulnerable. GOVULNDB names another database, such as a local copy.
set -eu

check=$1
found=3 # govulncheck's exit status for a vulnerability that is called
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

native() { "$check" "$@" ./...; }
wasm() { GOOS=js GOARCH=wasm "$check" "$@" ./wasm/...; }

mkdir "$work/index" "$work/ID"
when=2020-01-01T00:00:00Z
echo "{\"modified\":\"$when\"}" >"$work/index/db.json"
# entry MODULE PACKAGE FUNCTION makes that database's only entry.
entry() {
  echo "[{\"path\":\"$1\",\"vulns\":[{\"id\":\"GO-0000-0000\",\"modified\":\"$when\"}]}]" >"$work/index/modules.json"
  cat >"$work/ID/GO-0000-0000.json" <<JSON
{"schema_version": "1.3.1", "id": "GO-0000-0000", "modified": "$when", "published": "$when",
 "summary": "made up", "details": "made up", "database_specific": {"url": "about:blank"},
 "affected": [{"package": {"name": "$1", "ecosystem": "Go"},
  "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}],
  "ecosystem_specific": {"imports": [{"path": "$2", "symbols": ["$3"]}]}}]}
JSON
}

# proves PLATFORM fails unless the made-up entry is found to be called.
proves() {
  status=0
  "$1" -db "file://$work" >"$work/out" 2>&1 || status=$?
  [ "$status" -eq "$found" ] && return
  cat "$work/out" >&2
  echo "govulncheck ($1) did not find the vulnerability that was made up for it: exit status $status" >&2
  exit 1
}
entry github.com/agnivade/levenshtein github.com/agnivade/levenshtein ComputeDistance
proves wasm
entry github.com/chromedp/chromedp github.com/chromedp/chromedp NewContext
proves native

# looks PLATFORM makes the check. As all else has just worked, an exit status
# that is no finding's means that the database did not answer.
looks() {
  status=0
  "$1" >"$work/out" 2>&1 || status=$?
  case $status in
    0) echo "govulncheck ($1): no known vulnerability is called" ;;
    "$found") cat "$work/out" >&2; exit 1 ;;
    *)
      cat "$work/out" >&2
      echo "govulncheck ($1): NOT CHECKED, the database of vulnerabilities did not answer; run this again where there is a network, or name a copy in GOVULNDB" >&2
      [ -z "${GOVULNDB:-}" ] || exit 1 # this one was asked for
      ;;
  esac
}
looks native
looks wasm
