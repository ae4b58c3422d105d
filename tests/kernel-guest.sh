#!/usr/bin/env bash
# Makes what the tests on a real kernel need: DIR/vmlinuz, and in DIR/modules the kernel's simulated hardware. All of it is
# Debian's: the kernel of its release as packaged, and gpio-sim, which that kernel is built without, from the same source.
# Does nothing when all is there.
set -euo pipefail

target="${1:?the folder to make}"
modules=(configfs i2c-dev i2c-stub irq-sim gpio-sim)
missing=0
for file in vmlinuz "${modules[@]/%/.ko}"; do
  [ -e "$target/$file" ] || [ -e "$target/modules/$file" ] || missing=1
done
if [ "$missing" -eq 0 ]; then
  echo "kernel guest: all there in $target"
  exit 0
fi

sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
"${sudo[@]}" apt-get update -qq
image="$(apt-cache depends linux-image-amd64 | awk '$1 == "Depends:" && $2 ~ /^linux-image-/ { print $2; exit }')"
release="${image#linux-image-}"
version="$(apt-cache policy "$image" | awk '$1 == "Candidate:" { print $2 }')"
source="linux-source-$(echo "$release" | cut -d. -f1,2)"
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "linux-headers-$release" make xz-utils

work="$(mktemp -d)"
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"
# Not installed: a machine that runs tests needs no second kernel to boot.
apt-get download -qq "$image"
apt-get download -qq "$source=$version" || apt-get download -qq "$source"
mkdir build out out/modules
dpkg-deb --fsys-tarfile "$image"_*.deb | tar -x -C build --wildcards './boot/vmlinuz-*' '*/kernel/drivers/i2c/i2c-*.ko*' '*/kernel/fs/configfs/configfs.ko*'
# Newer kernels have them packed.
find build -name '*.ko.xz' -exec unxz {} +
dpkg-deb --fsys-tarfile "$source"_*.deb | tar -xO "./usr/src/$source.tar.xz" | xz -dc \
  | tar -x -C build --strip-components=1 "$source/drivers/gpio/gpio-sim.c" "$source/drivers/gpio/gpiolib.h" "$source/kernel/irq/irq_sim.c"

mkdir module
cp build/drivers/gpio/gpio-sim.c build/drivers/gpio/gpiolib.h build/kernel/irq/irq_sim.c module/
# irq_sim.c is no module of its own, and the kernel exports irq_to_desc() to none.
cat > module/irq-sim.c <<'C'
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/module.h>
#define irq_to_desc(irq) irq_data_to_desc(irq_get_irq_data(irq))
#include "irq_sim.c"
MODULE_LICENSE("GPL");
C
echo 'obj-m := irq-sim.o gpio-sim.o' > module/Kbuild
make -s -C "/usr/src/linux-headers-$release" M="$work/module" modules

cp build/boot/vmlinuz-* out/vmlinuz
for name in "${modules[@]}"; do
  find build module -name "$name.ko" -exec cp {} out/modules/ \;
done
strip --strip-debug out/modules/*.ko
"${sudo[@]}" mkdir -p "$target"
"${sudo[@]}" cp -r out/. "$target/"
echo "kernel guest: $release in $target"
