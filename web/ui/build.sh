#!/bin/sh
# Builds the page, or tests it (with the argument "test"), when something changed since the last time. Called by Maven.
set -eu
cd "$(dirname "$0")"
what=${1:-build}
stamp=../target/page-$what.stamp

stop() {
    echo "[ERROR] $1" >&2
    exit 1
}

sources() {
    find . -name node_modules -prune -o -type f "$@" -print | sort
}

# Whether anything here is newer than the last time, or gone.
changed() {
    [ ! -f "$stamp" ] || { [ "$what" = build ] && [ ! -f ../target/classes/linnet/page/index.html ]; } ||
        [ -n "$(sources -newer "$stamp" | head -n 1)" ] || [ "$(sources)" != "$(cat "$stamp")" ]
}

changed || exit 0
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
    stop "no Node found. Install Node 20.19 or newer with npm; it builds Linnet's page."
node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
    stop "Node $(node -v) found. Linnet's page needs 20.19 or newer to be built."
mkdir -p ../target
sources >"$stamp.new" # what is saved during the build is newer
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --prefer-offline --no-progress || stop "npm could not fetch what the page is built with. Is there a network?"
    touch node_modules/.package-lock.json
fi
if [ "$what" = test ]; then npm test --silent; else npm run build --silent; fi || stop "the page's $what failed, see above."
mv "$stamp.new" "$stamp"
