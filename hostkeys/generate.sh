#!/bin/bash
# Makes an Ed25519 host key in this folder, unless there is one.
set -euo pipefail
cd "$(dirname "$0")"
umask 077
[[ -e ssh_host_ed25519_key ]] || ssh-keygen -q -t ed25519 -N '' -C sallyport -f ssh_host_ed25519_key
ssh-keygen -lf ssh_host_ed25519_key.pub
