#!/bin/sh
# The Debian packages: lintian has nothing to say, the same tree gives the same bytes, and in a bare Debian they
# install, run, and go without a trace. Needs root and a Debian mirror; skipped, saying so, where these are missing.
# WORK is a scratch folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
skip() { echo "SKIPPED: $*, the packages are NOT tested"; exit 77; }

[ "$(id -u)" = 0 ] || skip "installing packages takes root"
for program in lintian debootstrap dpkg-shlibdeps; do
  command -v $program >/dev/null && continue
  apt-get update -qq >/dev/null 2>&1 || skip "no mirror answers"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends lintian debootstrap dpkg-dev \
    >/dev/null 2>&1 || skip "lintian, debootstrap and dpkg-dev cannot be installed"
done

export NINES_PACKAGE_BUILD="$WORK/build"
mkdir -p "$WORK"
packages=$(sh "$root/cmake/package.sh")
echo "$packages"

lintian --allow-root --fail-on error,warning $packages
echo "lintian: nothing to say"

sha256sum $packages >"$WORK/first"
packages=$(sh "$root/cmake/package.sh" 2>/dev/null)
sha256sum $packages | cmp - "$WORK/first"
echo "packed again: the same bytes"

chroot=$WORK/chroot
gone() { umount -q "$chroot/proc" || true; rm -rf "$chroot"; }
gone
trap gone EXIT
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | head -1)
[ -n "$mirror" ] || skip "apt knows no mirror"
debootstrap --variant=minbase bookworm "$chroot" "$mirror" >"$WORK/debootstrap.log" 2>&1 ||
  skip "no bare Debian can be made: $(tail -1 "$WORK/debootstrap.log")"
cp $packages "$chroot/"
inside() {
  chroot "$chroot" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"
}
files() {
  inside find / -xdev \( -path /var -o -path /proc -o -path /tmp -o -path /root \) -prune -o \
    -path '*nines*' ! -name '*.deb' -print
}

inside sh -c 'apt-get install -y -qq --no-install-recommends /*.deb >/dev/null 2>&1'
inside nines version
inside sh -c 'mkdir /tmp/project && cd /tmp/project && nines init -q &&
  nines incident open "the checkout fails" -s 2 && nines log "looking" && nines audit verify'
inside sh -c 'test -s /usr/share/man/man1/nines.1.gz && test -s /usr/share/bash-completion/completions/nines'
inside sh -c 'ldconfig -p | grep -q libnines.so'
[ -n "$(files)" ]
for file in /usr/bin/nines /usr/libexec/nines/nines-engine; do
  ! grep -qF "$root/" "$chroot$file" || { echo "$file names the folder it was built in"; exit 1; }
done
inside apt-get purge -y -qq 'nines*' 'libnines*' >/dev/null 2>&1
left=$(files)
[ -z "$left" ] || { echo "left behind:"; echo "$left"; exit 1; }
echo "installed, ran, and went without a trace"
