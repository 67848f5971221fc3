#!/bin/sh
# Proves that the same source gives the same releases: it builds the zips here, and
# once more from a copy of the source elsewhere, with nothing compiled before, in
# another time zone and with files that nobody else may read.
set -eu
cd "$(dirname "$0")/.."

elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
copy=$elsewhere/another/place/portico
mkdir -p "$copy"
make -s zip >/dev/null
(
  umask 077
  tar -c --exclude=./build --exclude=./.git --exclude=./node_modules . | tar -x --no-same-permissions -C "$copy"
  GOCACHE=$elsewhere/cache TZ=Pacific/Kiritimati make -s -C "$copy" zip >/dev/null
)
for zip in build/portico-*.zip; do
  if ! cmp "$zip" "$copy/$zip"; then
    echo "two folders gave two releases: $zip is not reproducible" >&2
    exit 1
  fi
  echo "reproduced byte for byte from another folder: $(cksum "$zip")"
done
