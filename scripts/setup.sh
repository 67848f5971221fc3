#!/bin/sh
# Installs what is missing of the tools named as arguments (browser, cc, display,
# node, npm, shells) through Debian's packages. On a terminal it asks first. Where there is no
# apt-get, it says what to install.
set -eu

have() { command -v "$1" >/dev/null 2>&1; }

has_browser() {
  [ -n "${PORTICO_BROWSER:-}" ] && return 0
  for name in chromium chromium-browser microsoft-edge microsoft-edge-stable google-chrome google-chrome-stable; do
    have "$name" && return 0
  done
  for app in Chromium "Microsoft Edge" "Google Chrome"; do
    [ -x "/Applications/$app.app/Contents/MacOS/$app" ] && return 0
  done
  return 1
}

if ! have go; then
  echo "Portico is built with Go: install it (https://go.dev/dl) and run this again." >&2
  exit 1
fi

missing='' packages=''
need() { missing="$missing${missing:+, }$1"; packages="$packages $2"; }
for tool in "$@"; do
  case $tool in
    browser) has_browser || need "a browser (Chromium, Edge or Chrome)" chromium ;;
    cc) have gcc || have clang || need "a C compiler, for Go's race detector" "gcc libc6-dev" ;;
    display) have Xvfb && have openbox && have xdotool && have setxkbmap ||
      need "Xvfb, openbox, xdotool and setxkbmap, for prompts and keyboards in tests" "xvfb openbox xdotool x11-xkb-utils" ;;
    node) have node || need "Node.js 18 or newer, to run WebAssembly tests" nodejs ;;
    shells) have bash && have dash && have fish && have zsh ||
      need "bash, dash, fish and zsh, into which tests paste credentials" "bash dash fish zsh" ;;
    npm) have npm || need "npm, to install the linters that are written for Node.js" npm ;;
    *) echo "setup: unknown tool $tool" >&2; exit 2 ;;
  esac
done
[ -z "$packages" ] && exit 0

if ! have apt-get; then
  echo "Please install $missing, then run this again." >&2
  exit 1
fi
as_root=''
if [ "$(id -u)" -ne 0 ]; then
  if ! have sudo; then
    echo "Please have an administrator run: apt-get install$packages" >&2
    exit 1
  fi
  as_root=sudo
fi
if [ -t 0 ]; then
  printf 'Missing: %s. Run apt-get install%s? [Y/n] ' "$missing" "$packages"
  read -r answer
  case $answer in [Nn]*) echo "Nothing was installed." >&2; exit 1 ;; esac
fi
echo "Installing:$packages"
$as_root apt-get update -q >/dev/null
# Package names are split on purpose.
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends $packages >/dev/null
