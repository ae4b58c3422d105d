#!/usr/bin/env bash
# Makes, where no registry of images can be reached, those that the container tests and the compose files need: from Debian's
# packages and from the .NET and Node that are installed here. Debian only, as root, with debootstrap and docker. What is there
# already stays. Prints the variables that name the images: eval "$(bash tests/containers/make-images.sh)".
set -euo pipefail
cd "$(dirname "$0")"
# The classic builder: the newer one is a plug-in that not every engine has.
export DOCKER_BUILDKIT=0
base=omniiot-test/debian
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# A Debian that installs packages and trusts authorities as this machine does.
make_base() {
  local root="$work/root" suite mirror
  suite="$(. /etc/os-release && echo "$VERSION_CODENAME")"
  mirror="$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -n 1)"
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" "$mirror" > "$work/debootstrap.log" || { cat "$work/debootstrap.log"; return 1; }
  cp -a /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  tar -C "$root" --exclude=./var/cache/apt/archives/*.deb --exclude=./var/lib/apt/lists/* -c . | docker import - "$base"
}

# An image of the folder of its name, whose context is that folder and what lies at $work/<name>.
make_image() {
  mkdir -p "$work/$1"
  cp -r "$1/." "$work/$1"
  docker build --quiet --network host --build-arg BASE="$base" --tag "omniiot-test/$1" "$work/$1"
}

# Programs of this machine, by their places, for an image that is to have them at the same.
take() {
  local name="$1"
  shift
  mkdir -p "$work/$name"
  tar -C / -cf "$work/$name/programs.tar" "$@"
}

{
  docker image inspect "$base" > /dev/null 2>&1 || make_base
  for name in postgres influxdb haproxy prometheus; do make_image "$name"; done
  take node usr/bin/node usr/lib/node_modules/npm
  make_image node
  dotnet="$(dirname "$(readlink -f "$(command -v dotnet)")")"
  take sdk --transform='s,^,usr/share/dotnet/,' -C "$dotnet" .
  make_image sdk
  take aspnet --transform='s,^,usr/share/dotnet/,' -C "$dotnet" dotnet host shared
  make_image aspnet
} >&2

for name in postgres influxdb haproxy prometheus node sdk aspnet; do echo "export ${name^^}_IMAGE=omniiot-test/$name"; done
# For the tests of the InfluxDB engine, which speak to an InfluxDB 1.x; the container that cleans up after killed tests is not to be had.
echo "export INFLUXDB1_IMAGE=omniiot-test/influxdb DOCKER_BUILDKIT=0 TESTCONTAINERS_RYUK_DISABLED=true"
