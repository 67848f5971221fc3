#!/bin/sh
# Proves that the same source gives the same release: it builds the zip here and
# once more from a copy of the source elsewhere, with nothing compiled before.
set -eu
cd "$(dirname "$0")/.."

elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
copy=$elsewhere/another/place/portico
mkdir -p "$copy"
tar -c --exclude=./build --exclude=./.git --exclude=./node_modules . | tar -x -C "$copy"

zip=build/portico-chrome.zip
make -s zip >/dev/null
GOCACHE=$elsewhere/cache make -s -C "$copy" zip >/dev/null
if ! cmp "$zip" "$copy/$zip"; then
  echo "two folders gave two releases: $zip is not reproducible" >&2
  exit 1
fi
echo "reproduced byte for byte from another folder: $(cksum "$zip")"
