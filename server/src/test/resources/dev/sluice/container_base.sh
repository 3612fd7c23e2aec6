#!/bin/sh
# container_base.sh TAR PROGRAM...: packs the Debian packages of this machine that every system has and those that hold the
# programs, with all that they depend on, as the root of a container. It stands in for an image of a registry.
set -eu
tar=$1
shift

packages=$(dpkg-query --show --showformat='${Essential} ${Package}\n' | sed -n 's/^yes //p' | tr '\n' ' ')
for program; do
  file=$(readlink -f "$(command -v "$program")")
  # Of /bin/sh, a package may know it by its old place alone.
  owner=$(dpkg -S "$file" 2>/dev/null || dpkg -S "/${file#/usr/}")
  packages="$packages ${owner%%:*}"
done
# shellcheck disable=SC2086 # the names are words of their own
names=$(apt-cache depends --recurse --installed --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
  --no-enhances $packages | grep '^[a-z0-9]' | sort -u)
# shellcheck disable=SC2086
installed=$(dpkg-query --show --showformat='${db:Status-Status} ${binary:Package}\n' $names 2>/dev/null \
  | sed -n 's/^installed //p' | sort -u)

list=$tar.list
{
  # shellcheck disable=SC2086
  dpkg -L $installed
  # What is made when packages are configured.
  find /usr/bin /usr/sbin -lname '/etc/alternatives/*'
  find /etc/alternatives /etc/ssl/certs /etc/apt /var/lib/dpkg
  printf '%s\n' /bin /sbin /lib /lib64 /etc/passwd /etc/group /etc/nsswitch.conf /etc/ld.so.cache
} | while read -r file; do
  case $file in
    /bin/* | /sbin/* | /lib/* | /lib64/*) file=/usr$file ;;
    /usr/share/doc/* | /usr/share/man/* | /usr/share/locale/*) continue ;;
  esac
  # Folders come with what is in them.
  if [ -L "$file" ] || [ -f "$file" ]; then
    printf '%s\n' "${file#/}"
  fi
done | sort -u >"$list"
tar --create --file "$tar" --directory / --no-recursion --files-from "$list"
