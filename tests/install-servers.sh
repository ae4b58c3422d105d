#!/usr/bin/env bash
# Installs, on Debian or Ubuntu, the real servers, clients, the browser and the virtual machine that the tests start by
# themselves. Does nothing when all are there.
set -euo pipefail
cd "$(dirname "$0")"

packages=(mosquitto mosquitto-clients chromium python3 python3-paho-mqtt gcc libc6-dev libpaho-mqtt-dev openssl qemu-system-x86 busybox-static libgpiod2 postgresql-15 influxdb victoria-metrics sqlite3 iproute2 faketime dovecot-imapd)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ "${#missing[@]}" -eq 0 ]; then
  echo "all installed: ${packages[*]}"
else
  sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  export DEBIAN_FRONTEND=noninteractive
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
  # Packages of servers start services; the tests start their own on free ports. Those that were here before are left alone.
  if [ -d /run/systemd/system ]; then
    for service in influxdb victoria-metrics; do
      [[ " ${missing[*]} " != *" $service "* ]] || "${sudo[@]}" systemctl disable --quiet --now "$service"
    done
    [[ " ${missing[*]} " != *" dovecot-imapd "* ]] || "${sudo[@]}" systemctl disable --quiet --now dovecot
  fi
  echo "installed: ${missing[*]}"
fi

# A kernel with simulated chips and lines, for the edge agent's hardware. Made from Debian's packages only.
if [ "$(. /etc/os-release && echo "$ID")-$(dpkg --print-architecture)" = debian-amd64 ]; then
  bash kernel-guest.sh /var/cache/omniiot/kernel-guest
fi
