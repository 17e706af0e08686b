#!/bin/sh
# Makes the image that the container is built on without any registry of images: Debian with Java and a font, as an archive for
#   mvn -Pcontainer -DskipTests package -Dcontainer.base=tar:///ABSOLUTE/PATH/TO/FILE
# Needs root, debootstrap and about 1 GB for a while. Usage: container-base.sh FILE.tar [MIRROR]
set -eu
[ $# -ge 1 ] || { echo "usage: $0 FILE.tar [MIRROR]" >&2; exit 2; }
file=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
root=$work/root
packages=openjdk-17-jre-headless,fontconfig,fonts-dejavu-core
debootstrap --variant=minbase --include="$packages" bookworm "$root" "$@" >"$work/log" 2>&1 || {
    tail -n 20 "$work/log" >&2
    exit 1
}
# What only serves to install more, or to be read.
rm -rf "${root:?}"/var/cache/apt/* "${root:?}"/var/lib/apt/lists/* "${root:?}"/var/log/* "${root:?}"/usr/share/doc/* "${root:?}"/usr/share/man/* \
    "${root:?}"/usr/share/locale/* "${root:?}"/dev/* "${root:?}"/proc/*
tar -C "$root" --numeric-owner --sort=name -cf "$work/layer.tar" .
digest=$(sha256sum "$work/layer.tar" | cut -d ' ' -f 1)
architecture=$(dpkg --print-architecture)
cat >"$work/config.json" <<EOF
{"architecture":"$architecture","os":"linux","config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:$digest"]}}
EOF
echo '[{"Config":"config.json","RepoTags":["debian-java:17"],"Layers":["layer.tar"]}]' >"$work/manifest.json"
tar -C "$work" -cf "$file" manifest.json config.json layer.tar
