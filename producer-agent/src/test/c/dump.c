// SPDX-License-Identifier: Apache-2.0
/* Prints every record of a pinned ring as a line of hexadecimal digits: dump PIN_DIR RING_BYTES. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "bpf/skel_internal.h"

int main(int argc, char **argv)
{
  char path[256];
  if (argc != 3) return 2;
  size_t size = (size_t)atol(argv[2]), page = (size_t)sysconf(_SC_PAGESIZE);
  snprintf(path, sizeof(path), "%s/ring", argv[1]);
  union bpf_attr attr = skel_attr();
  attr.pathname = skel_pointer(path);
  int fd = skel_bpf(BPF_OBJ_GET, &attr);
  const uint8_t *producer = mmap(0, page + 2 * size, PROT_READ, MAP_SHARED, fd, (off_t)page);
  if (producer == MAP_FAILED) {
    perror(path);
    return 1;
  }
  uint64_t end = __atomic_load_n((const uint64_t *)producer, __ATOMIC_ACQUIRE);
  for (uint64_t at = 0; at < end;) {
    const uint8_t *record = producer + page + (at & (size - 1));
    uint32_t length = *(const uint32_t *)record & 0x3fffffff;
    fputs("record ", stdout);
    for (uint32_t i = 0; i < length; i++) printf("%02x", record[8 + i]);
    putchar('\n');
    at += (8 + length + 7) & ~7U;
  }
  return 0;
}
