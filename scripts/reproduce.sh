#!/bin/sh
# Proves that a release can be made again by anyone. In a copy of the source it makes
# one, of a version that comes after all, and then the same once more of what was
# committed of it. Its source archive is unpacked elsewhere, by another user if this one
# is root, with files that nobody else may read, in another time zone, with nothing
# compiled before and none of this environment; there the packages are built as
# BUILDING.md says.
set -eu
cd "$(dirname "$0")/.."

elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
chmod 755 "$elsewhere"
version=65535.0.0
copy=$elsewhere/copy made=$elsewhere/copy/build/release place=$elsewhere/another/place

mkdir -p "$copy"
git ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$copy"
(
  cd "$copy"
  sed -i "1a\\
\\
## $version - 2026-01-02\\
- It can be made again." CHANGELOG.md
  sed -i "s/^## Unreleased\$/## 65534.0.0 - 2026-01-01/" CHANGELOG.md
  commit() { git add -A && git -c user.name=- -c user.email=-@example.com commit -qm "$1"; }
  git init -q
  commit source
  make -s release VERSION=$version >/dev/null
  mv build/release "$elsewhere/first"
  commit "the version"
  make -s release VERSION=$version >/dev/null
)
cmp "$elsewhere/first/SHA256SUMS" "$made/SHA256SUMS" || { echo "made twice, the release is another" >&2; exit 1; }
(cd "$made" && sha256sum --quiet -c SHA256SUMS)

# What the module cache has need not be downloaded again.
cp -r "$(go env GOMODCACHE)/cache/download" "$elsewhere/modules"
chmod -R a+rX "$elsewhere/modules"
mkdir -p "$place"
as_other=''
if [ "$(id -u)" -eq 0 ]; then
  chown 65534:65534 "$place"
  as_other='setpriv --reuid=65534 --regid=65534 --clear-groups'
fi
# Of the commands in BUILDING.md, those for which it needs no administrator.
commands=$(sed -n '/^```sh$/,/^```$/p' BUILDING.md | grep -v -e '^```' -e '^sudo ')
# shellcheck disable=SC2086
$as_other env -i PATH="$PATH" HOME="$place" TZ=Pacific/Kiritimati LC_ALL=C GOFLAGS=-modcacherw \
  GOPROXY="file://$elsewhere/modules,$(go env GOPROXY)" sh -eu -c "
    umask 077
    cd '$place'
    tar -xzf '$made/portico-$version-source.tar.gz'
    cd portico-$version
    $commands" >"$elsewhere/said" || { cat "$elsewhere/said" >&2; exit 1; }

for zip in "$place/portico-$version"/build/portico-*.zip; do
  browser=$(basename "$zip" .zip)
  if ! cmp "$made/$browser-$version.zip" "$zip"; then
    echo "built from the source archive, $browser.zip is another than the released one" >&2
    exit 1
  fi
  echo "built again from the source archive, byte for byte: $browser.zip $(cksum <"$zip")"
done
