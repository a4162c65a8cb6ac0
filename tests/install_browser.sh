#!/bin/sh
# Installs Debian's Chromium for the browser tests, where this may: as root, on a system with apt. Says so where it may not.
set -u
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "no Chromium here and it may not be installed: the browser tests are skipped" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
timeout 600 sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core' >/dev/null 2>&1 ||
  echo "Chromium could not be installed: the browser tests are skipped" >&2
exit 0
