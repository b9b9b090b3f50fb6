#!/bin/bash
# Puts tasktrail-arm into an initramfs of dracut, as /etc/tasktrail/boot.conf says. Its number lets it come after the modules
# that make /init.

loader=/usr/sbin/tasktrail-arm
options=/etc/tasktrail/arm.options

# Not one of a machine of another kind, nor half of one: what can't run here must never be an init.
works() {
  "$1" --help > /dev/null 2>&1
}

arm_form() {
  local arm=script
  # shellcheck disable=SC1091 # an administrator's file
  [[ -r ${dracutsysrootdir-}/etc/tasktrail/boot.conf ]] && . "${dracutsysrootdir-}/etc/tasktrail/boot.conf"
  echo "$arm"
}

check() {
  case $(arm_form) in
    script | init) ;;
    *) return 1 ;;
  esac
  works "${dracutsysrootdir-}$loader" || return 1
}

depends() {
  echo systemd
}

# The groups that the options name, for a program that knows no name service.
copy_groups() {
  local group
  for group in $(sed -n 's/#.*//; s/.*--group[ =]*\([^ ]*\).*/\1/p' "${dracutsysrootdir-}$options"); do
    grep -qs "^$group:" "$initdir/etc/group" || getent group "$group" >> "$initdir/etc/group" || :
  done
}

# What was /init is executed by the loader; where the loader is unreadable, the kernel finds it as /sbin/init.
become_init() {
  [[ -e $initdir/init || -L $initdir/init ]] || return 0
  mv "$initdir/init" "$initdir/init.tasktrail" || return 0
  cp "$initdir$loader" "$initdir/init" || mv "$initdir/init.tasktrail" "$initdir/init"
  [[ -e $initdir/sbin/init || -L $initdir/sbin/init ]] || ln -s /init.tasktrail "$initdir/sbin/init"
}

install() {
  inst_binary "$loader"
  if [[ -r ${dracutsysrootdir-}$options ]]; then
    inst_simple "$options"
    copy_groups
  fi
  inst_simple "$moddir/tasktrail-arm-initrd.service" "$systemdsystemunitdir/tasktrail-arm-initrd.service"
  $SYSTEMCTL -q --root "$initdir" add-wants sysinit.target tasktrail-arm-initrd.service
  [[ $(arm_form) != init ]] || become_init
}
