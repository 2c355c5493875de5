#!/bin/sh
# Makes what the containers find in their volumes: secrets, each known only to those who need it, a bucket in each
# region, and a sample to protect. What is there already stays. The base directory is /prepared, or the first argument.
set -eu
umask 077

BASE=${1:-/prepared}
HOLDFAST=10001

# secret FILE: random words of 43 letters and digits, once.
secret() {
    if [ ! -s "$1" ]; then
        LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 43 >"$1.new"
        mv "$1.new" "$1"
    fi
}

# owned DIRECTORY: only when this runs as root, as it does in its container.
owned() {
    if [ "$(id -u)" = 0 ]; then
        chown -R "$HOLDFAST:$HOLDFAST" "$1"
    fi
}

mkdir -p "$BASE/console/secrets" "$BASE/notifier" "$BASE/site/secrets" "$BASE/sample/documents" \
    "$BASE/sample/configuration"

secret "$BASE/site/secrets/vault-password"
secret "$BASE/console/secrets/token"
secret "$BASE/console/secrets/site-token"
cp "$BASE/console/secrets/site-token" "$BASE/site/secrets/site-token"

# A region knows its own keys; the site knows those of all. A region's bucket is a directory.
for region in east west; do
    mkdir -p "$BASE/$region-keys" "$BASE/$region/holdfast-$region"
    for key in access-key secret-key; do
        secret "$BASE/$region-keys/$key"
        cp "$BASE/$region-keys/$key" "$BASE/site/secrets/$region-$key"
    done
done

if [ ! -e "$BASE/sample/documents/README.txt" ]; then
    echo "This directory is protected by Holdfast. Change it, then ask for a backup." >"$BASE/sample/documents/README.txt"
    head -c 2000000 /dev/urandom >"$BASE/sample/documents/paper.bin"
    echo "workers: 4" >"$BASE/sample/configuration/application.yaml"
fi

for directory in console notifier site sample; do
    owned "$BASE/$directory"
done
