#!/bin/sh
# Installs Debian's PostgreSQL for the tests of the store, where that can be done without asking: as root, with apt-get.
# Ends with 0 in any case: without a server its tests are skipped, and say so.
set -u

found() {
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

if found; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "PostgreSQL is not installed, and this is not a Debian where we are root: its tests will be skipped"
    exit 0
fi
echo "installing PostgreSQL for the tests of the store (once, about half a minute)"
export DEBIAN_FRONTEND=noninteractive
timeout 120 apt-get update -qq >/dev/null 2>&1
timeout 300 apt-get install -y -qq --no-install-recommends postgresql >/dev/null 2>&1
found || echo "PostgreSQL could not be installed: its tests will be skipped"
