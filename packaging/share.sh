#!/bin/sh
# Writes the manual pages and the completions below a folder, as the program tells them:
#   sh packaging/share.sh ~/.local
#   sh packaging/share.sh target/package target/release/repbox
set -eu
share=${1:?share.sh FOLDER [PROGRAM]}/share
repbox=${2:-repbox}

mkdir -p "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/site-functions" \
  "$share/fish/vendor_completions.d"
"$repbox" man > "$share/man/man1/repbox.1"
for command in $("$repbox" man | sed -n 's/^repbox\\-\([a-z]*\)(1)$/\1/p'); do
  "$repbox" man "$command" > "$share/man/man1/repbox-$command.1"
done
"$repbox" completions bash > "$share/bash-completion/completions/repbox"
"$repbox" completions zsh > "$share/zsh/site-functions/_repbox"
"$repbox" completions fish > "$share/fish/vendor_completions.d/repbox.fish"
