#!/usr/bin/env bash
# Makes an authority and a certificate for each node of the trial cluster; what is there is kept.
# The authority's key stays in a volume of its own, and each node sees its own key only.
set -euo pipefail

if [ -z "$EVENTSTORE_ADMIN_PASSWORD" ]; then
  echo 'EVENTSTORE_ADMIN_PASSWORD is not set: give one in deploy/.env.' >&2
  exit 1
fi
if [ ! -f /authority/ca.key ]; then
  es-gencert-cli create-ca -out /tmp/authority
  cp /tmp/authority/ca.crt /tmp/authority/ca.key /authority/
fi
cp /authority/ca.crt /certificate/ca.crt
chmod 0444 /certificate/ca.crt
for node in eventstore1 eventstore2 eventstore3; do
  if [ ! -f "/nodes/$node/node.key" ]; then
    es-gencert-cli create-node -ca-certificate /authority/ca.crt -ca-key /authority/ca.key -out "/tmp/$node" -ip-addresses 127.0.0.1 -dns-names "localhost,$node"
    cp "/tmp/$node/node.crt" "/tmp/$node/node.key" "/nodes/$node/"
  fi
  # The user of EventStoreDB's image.
  chown -R 1000:1000 "/nodes/$node"
  chmod 0400 "/nodes/$node/node.key"
done
