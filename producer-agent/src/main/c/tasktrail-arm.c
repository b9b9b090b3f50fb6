// SPDX-License-Identifier: Apache-2.0
/*
 * tasktrail-arm: the only privileged program of tasktrail. Loads the BPF programs, lets them record what is alive, pins
 * everything in bpffs and exits; the capture goes on without it, and the agent reads the pins as a user without privilege.
 * Needs libc alone. Everything is put together in DIR_arming and renamed to DIR at the end: a folder DIR is always whole.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>

#include "record.h"
#include "skeleton/tasktrail_modules.lskel.h"
#include "skeleton/tasktrail_plain.lskel.h"

#ifndef TASKTRAIL_VERSION
#define TASKTRAIL_VERSION "unknown"
#endif
#define BPFFS "/sys/fs/bpf"
#define BPFFS_MAGIC 0xcafe4a11
#define LOG_BYTES (1 << 20)
#define RING_MIN 4096UL
#define RING_MAX (1UL << 30)

struct options {
  const char *dir;
  const char *how;
  unsigned long ring;
  unsigned long argv;
  gid_t group;
};

/* What a variant of the skeleton yields, by the names it is pinned under. */
struct pin {
  const char *name;
  mode_t mode;
  int fd;
};
enum {
  RING, COUNTERS, READER, META, CONTROL, SNAPSHOT, FORK, EXEC, EXIT, MODULE_LOAD, MODULE_FREE,
  PROG_FORK, PROG_EXEC, PROG_EXIT, PROG_MODULE_LOAD, PROG_MODULE_FREE, PINS
};
static struct pin pins[PINS] = {
    [RING] = {"ring", 0660, 0},         /* the reader moves its position */
    [COUNTERS] = {"counters", 0640, 0},
    [READER] = {"reader", 0660, 0},
    [META] = {"meta", 0640, 0},
    [CONTROL] = {"control", 0600, 0},
    [SNAPSHOT] = {"snapshot", 0440, 0}, /* reading it writes what is alive into the ring */
    [FORK] = {"link_fork", 0600, 0},
    [EXEC] = {"link_exec", 0600, 0},
    [EXIT] = {"link_exit", 0600, 0},
    [MODULE_LOAD] = {"link_module_load", 0600, 0},
    [MODULE_FREE] = {"link_module_free", 0600, 0},
    [PROG_FORK] = {"prog_fork", 0400, 0}, /* 0440 with --misses */
    [PROG_EXEC] = {"prog_exec", 0400, 0},
    [PROG_EXIT] = {"prog_exit", 0400, 0},
    [PROG_MODULE_LOAD] = {"prog_module_load", 0400, 0},
    [PROG_MODULE_FREE] = {"prog_module_free", 0400, 0},
};

static char verifier_log[LOG_BYTES];

static void complain(const char *format, va_list arguments)
{
  fputs("tasktrail-arm: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
}

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  complain(format, arguments);
  exit(1);
}

__attribute__((noreturn, format(printf, 1, 2))) static void misuse(const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  complain(format, arguments);
  fputs("try: tasktrail-arm --help\n", stderr);
  exit(2);
}

static char *join(char into[PATH_MAX], const char *dir, const char *rest)
{
  if (snprintf(into, PATH_MAX, "%s%s", dir, rest) >= PATH_MAX) fail("%s: path too long", dir);
  return into;
}

/* ---- the file system ---- */

static int is_bpffs(const char *path)
{
  struct statfs fs;
  return statfs(path, &fs) == 0 && (uint32_t)fs.f_type == BPFFS_MAGIC;
}

/* Opens the folder that holds DIR, which must be in bpffs, and locks it: two loaders at once take turns. */
static void lock_parent(const char *dir)
{
  char parent[PATH_MAX];
  char *slash = strrchr(join(parent, dir, ""), '/');
  if (dir[0] != '/' || slash[1] == 0 || strchr(slash, '.'))
    misuse("--pin %s: give an absolute path whose last name has no dot, as %s/tasktrail", dir, BPFFS);
  *slash = 0;
  if (!is_bpffs(parent)) {
    if (strcmp(parent, BPFFS)) fail("%s: not in a bpf file system; pin below %s", dir, BPFFS);
    if (mount("bpf", BPFFS, "bpf", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=711"))
      fail("%s: cannot mount bpffs: %s; try: mount -t bpf bpf %s", BPFFS, strerror(errno), BPFFS);
  }
  int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0 || flock(fd, LOCK_EX)) fail("%s: cannot lock: %s", parent, strerror(errno));
  struct stat st;
  if (fstat(fd, &st) == 0 && !(st.st_mode & S_IXOTH) && fchmod(fd, (st.st_mode & 07777) | S_IXGRP | S_IXOTH))
    fail("%s: cannot let others pass through (mode 711): %s", parent, strerror(errno));
}

/* Only what this program pins, so that a wrong --pin deletes nothing of others. */
static void remove_pins(const char *dir)
{
  char path[PATH_MAX], name[64];
  for (int i = 0; i < PINS; i++) {
    snprintf(name, sizeof(name), "/%s", pins[i].name);
    if (unlink(join(path, dir, name)) && errno != ENOENT && errno != ENOTDIR) fail("%s: %s", path, strerror(errno));
  }
  if (rmdir(dir) && errno != ENOENT) fail("%s: cannot remove: %s", dir, strerror(errno));
}

/* ---- maps ---- */

static int open_pin(const char *dir, int which, __u32 flags)
{
  char path[PATH_MAX], name[64];
  union bpf_attr attr = skel_attr();
  snprintf(name, sizeof(name), "/%s", pins[which].name);
  attr.pathname = skel_pointer(join(path, dir, name));
  attr.file_flags = flags;
  return skel_bpf(BPF_OBJ_GET, &attr);
}

static int element(enum bpf_cmd command, int fd, __u32 index, void *value)
{
  union bpf_attr attr = skel_attr();
  attr.map_fd = (__u32)fd;
  attr.key = skel_pointer(&index);
  attr.value = skel_pointer(value);
  return skel_bpf(command, &attr);
}

static void get(int fd, __u32 index, void *value)
{
  if (element(BPF_MAP_LOOKUP_ELEM, fd, index, value)) fail("cannot read a BPF map: %s", strerror(errno));
}

static void put(int which, void *value)
{
  if (element(BPF_MAP_UPDATE_ELEM, pins[which].fd, 0, value)) fail("cannot write a BPF map: %s", strerror(errno));
}

/* What is armed at DIR already; 0 if nothing is. */
static int armed(const char *dir, struct tasktrail_meta *meta)
{
  int fd = open_pin(dir, META, BPF_F_RDONLY);
  if (fd < 0 && errno == ENOENT) return 0;
  if (fd < 0) fail("%s/meta: cannot open: %s", dir, strerror(errno));
  get(fd, 0, meta);
  if (meta->magic != TASKTRAIL_MAGIC || meta->layout != TASKTRAIL_LAYOUT)
    fail("%s: armed by tasktrail-arm %.32s with record layout %u, this one has %u; first: tasktrail-arm --pin %s --remove",
         dir, meta->version, meta->layout, TASKTRAIL_LAYOUT, dir);
  close(fd);
  return 1;
}

/* ---- loading ---- */

static __u32 possible_cpus(void)
{
  char text[256] = "";
  int fd = open("/sys/devices/system/cpu/possible", O_RDONLY | O_CLOEXEC);
  ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);
  if (fd >= 0) close(fd);
  while (n > 0 && (text[n - 1] < '0' || text[n - 1] > '9')) text[--n] = 0;
  while (n > 0 && text[n - 1] >= '0' && text[n - 1] <= '9') n--;
  if (!text[n]) fail("/sys/devices/system/cpu/possible: cannot read the number of cpus; is /sys mounted?");
  return (__u32)atoi(text + n) + 1;
}

/* One body for the two skeletons, whose types differ. Returns 0 or -errno. */
#define LOAD(variant, more)                                                           \
  static int load_##variant(const struct options *o, __u32 cpus, __u32 log_level)     \
  {                                                                                   \
    struct tasktrail_##variant *s = tasktrail_##variant##__open();                    \
    if (!s) return -ENOMEM;                                                           \
    s->ctx.log_level = log_level;                                                     \
    s->ctx.log_size = log_level ? LOG_BYTES : 0;                                      \
    s->ctx.log_buf = log_level ? skel_pointer(verifier_log) : 0;                      \
    s->maps.ring.max_entries = (__u32)o->ring;                                        \
    s->maps.counters.max_entries = cpus + TASKTRAIL_CPU_OFFSET;                       \
    s->maps.reader.max_entries = cpus + TASKTRAIL_CPU_OFFSET;                         \
    s->maps.scratches.max_entries = cpus + 1;                                         \
    int error = tasktrail_##variant##__load(s);                                       \
    if (!error && tasktrail_##variant##__attach(s) < 0) error = -errno;               \
    if (error) {                                                                      \
      tasktrail_##variant##__destroy(s);                                              \
      return error;                                                                   \
    }                                                                                 \
    pins[RING].fd = s->maps.ring.map_fd;                                              \
    pins[COUNTERS].fd = s->maps.counters.map_fd;                                      \
    pins[READER].fd = s->maps.reader.map_fd;                                          \
    pins[META].fd = s->maps.meta.map_fd;                                              \
    pins[CONTROL].fd = s->maps.control.map_fd;                                        \
    pins[SNAPSHOT].fd = s->links.tasktrail_snap_fd;                                   \
    pins[FORK].fd = s->links.tasktrail_fork_fd;                                       \
    pins[EXEC].fd = s->links.tasktrail_exec_fd;                                       \
    pins[EXIT].fd = s->links.tasktrail_exit_fd;                                       \
    pins[PROG_FORK].fd = s->progs.tasktrail_fork.prog_fd;                             \
    pins[PROG_EXEC].fd = s->progs.tasktrail_exec.prog_fd;                             \
    pins[PROG_EXIT].fd = s->progs.tasktrail_exit.prog_fd;                             \
    more                                                                              \
    return 0;                                                                         \
  }
LOAD(plain, )
LOAD(modules, pins[MODULE_LOAD].fd = s->links.tasktrail_mload_fd; pins[MODULE_FREE].fd = s->links.tasktrail_mfree_fd;
     pins[PROG_MODULE_LOAD].fd = s->progs.tasktrail_mload.prog_fd;
     pins[PROG_MODULE_FREE].fd = s->progs.tasktrail_mfree.prog_fd;)

/* The verifier's last words: the line before its statistics. */
static const char *verifier_reason(void)
{
  char *end = strstr(verifier_log, "\nprocessed ");
  if (end) *end = 0;
  char *line = strrchr(verifier_log, '\n');
  return line ? line + 1 : verifier_log;
}

static void load(const struct options *o, __u32 cpus)
{
  if (access("/sys/kernel/btf/vmlinux", R_OK))
    fail("/sys/kernel/btf/vmlinux: %s; the kernel must be built with CONFIG_DEBUG_INFO_BTF=y", strerror(errno));
  if (load_modules(o, cpus, 0) == 0 || load_plain(o, cpus, 0) == 0) return;
  int error = -load_plain(o, cpus, 1);
  if (error == EPERM)
    fail("the kernel refuses BPF to root: %s; see /sys/kernel/security/lockdown, or the container's capabilities",
         strerror(error));
  fail("the kernel refuses the programs: %s: %s", strerror(error), verifier_reason());
}

/* ---- arming ---- */

static void random_bytes(__u8 *to, size_t size)
{
  /* In an initramfs the generator may not be seeded yet, and waiting for it could stop the boot. */
  if (getrandom(to, size, GRND_NONBLOCK) == (ssize_t)size) return;
  if (getrandom(to, size, 4 /* GRND_INSECURE */) != (ssize_t)size) fail("no random numbers: %s", strerror(errno));
}

static void describe(const struct options *o, __u32 cpus)
{
  struct timespec now;
  struct tasktrail_meta m = {.magic = TASKTRAIL_MAGIC,
                             .layout = TASKTRAIL_LAYOUT,
                             .generation = 1,
                             .ring_bytes = o->ring,
                             .cpus = cpus,
                             .argv_bound = (__u32)o->argv,
                             .armed_pid = (__u32)getpid(),
                             .modules = pins[MODULE_LOAD].fd > 0};
  clock_gettime(CLOCK_BOOTTIME, &now);
  m.armed_boot_ns = (__u64)now.tv_sec * 1000000000 + (__u64)now.tv_nsec;
  random_bytes(m.capture_id, sizeof(m.capture_id));
  strncpy(m.version, TASKTRAIL_VERSION, sizeof(m.version) - 1);
  strncpy(m.how, o->how, sizeof(m.how) - 1);
  put(META, &m);
}

/* From here on all kinds are captured. */
static void open_gate(const struct options *o)
{
  struct { __u32 open, argv_bound; } control = {1, (__u32)o->argv};
  put(CONTROL, &control);
}

static void snapshot(void)
{
  char text[16];
  union bpf_attr attr = skel_attr();
  attr.iter_create.link_fd = (__u32)pins[SNAPSHOT].fd;
  int fd = skel_bpf(BPF_ITER_CREATE, &attr);
  ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text));
  if (n) fail("cannot take the snapshot of what is alive: %s", n < 0 ? strerror(errno) : "busy");
  close(fd);
}

static void pin_all(const char *dir, gid_t group)
{
  char path[PATH_MAX], name[64];
  if (mkdir(dir, 0700)) fail("%s: %s", dir, strerror(errno));
  for (int i = 0; i < PINS; i++) {
    if (pins[i].fd <= 0) continue;
    union bpf_attr attr = skel_attr();
    snprintf(name, sizeof(name), "/%s", pins[i].name);
    attr.pathname = skel_pointer(join(path, dir, name));
    attr.bpf_fd = (__u32)pins[i].fd;
    if (skel_bpf(BPF_OBJ_PIN, &attr) || chown(path, 0, group) || chmod(path, pins[i].mode))
      fail("%s: cannot pin: %s", path, strerror(errno));
  }
  if (chown(dir, 0, group) || chmod(dir, 0710)) fail("%s: %s", dir, strerror(errno));
}

static int arm(const struct options *o)
{
  char making[PATH_MAX];
  struct tasktrail_meta meta;
  if (armed(o->dir, &meta)) {
    printf("already armed: %s (by %s, boot + %.3f s)\n", o->dir, meta.how, (double)meta.armed_boot_ns / 1e9);
    return 0;
  }
  __u32 cpus = possible_cpus();
  remove_pins(join(making, o->dir, "_arming"));
  remove_pins(o->dir);
  load(o, cpus);
  open_gate(o);
  describe(o, cpus);
  snapshot();
  pin_all(making, o->group);
  if (rename(making, o->dir)) fail("%s: cannot rename from %s: %s", o->dir, making, strerror(errno));
  printf("armed: %s (ring %lu bytes, %u cpus, modules %s)\n", o->dir, o->ring, cpus,
         pins[MODULE_LOAD].fd > 0 ? "yes" : "not in this kernel");
  return 0;
}

/* ---- looking and undoing ---- */

static const char *const kinds[] = {"-", "fork", "exec", "exit", "module_load", "module_free", "snapshot_started",
                                    "task_seen", "snapshot_finished"};

static void print_counters(const char *dir, __u32 cpus)
{
  struct tasktrail_counter c;
  int fd = open_pin(dir, COUNTERS, BPF_F_RDONLY);
  for (__u32 i = 0; i < cpus + TASKTRAIL_CPU_OFFSET; i++) {
    get(fd, i, &c);
    if (!c.sequence) continue;
    printf("cpu %d: sequence %llu", (int)i - TASKTRAIL_CPU_OFFSET, (unsigned long long)c.sequence);
    for (__u32 k = 1; k < sizeof(kinds) / sizeof(*kinds); k++)
      if (c.lost[k]) printf(", lost %s %llu", kinds[k], (unsigned long long)c.lost[k]);
    putchar('\n');
  }
}

/* How often the kernel passed a program over that was at work on that cpu already: events without numbers. */
static void print_misses(const char *dir)
{
  for (int i = PROG_FORK; i < PINS; i++) {
    struct bpf_prog_info info = {0};
    union bpf_attr attr = skel_attr();
    int fd = open_pin(dir, i, BPF_F_RDONLY);
    attr.info.bpf_fd = (__u32)fd;
    attr.info.info_len = sizeof(info);
    attr.info.info = skel_pointer(&info);
    if (fd >= 0 && skel_bpf(BPF_OBJ_GET_INFO_BY_FD, &attr) == 0 && info.recursion_misses)
      printf("%s: missed %llu\n", pins[i].name, (unsigned long long)info.recursion_misses);
    if (fd >= 0) close(fd);
  }
}

/* The ring's memory: the consumer's page, the producer's page, the records. */
static unsigned long ring_used(const char *dir)
{
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  int fd = open_pin(dir, RING, 0);
  const unsigned long *consumer = mmap(0, page, PROT_READ, MAP_SHARED, fd, 0);
  const unsigned long *producer = mmap(0, page, PROT_READ, MAP_SHARED, fd, (off_t)page);
  if (consumer == MAP_FAILED || producer == MAP_FAILED) fail("%s/ring: cannot map: %s", dir, strerror(errno));
  return *producer - *consumer;
}

static int status(const char *dir)
{
  struct tasktrail_meta m;
  if (!armed(dir, &m)) fail("not armed: %s; arm with: tasktrail-arm --pin %s", dir, dir);
  printf("armed: %s by %s, version %s, layout %u, pid %u, boot + %.3f s, modules %s\ncapture ", dir, m.how, m.version,
         m.layout, m.armed_pid, (double)m.armed_boot_ns / 1e9, m.modules ? "yes" : "not in this kernel");
  for (size_t i = 0; i < sizeof(m.capture_id); i++) printf("%02x", m.capture_id[i]);
  printf("\nring: %lu of %llu bytes used\n", ring_used(dir), (unsigned long long)m.ring_bytes);
  print_counters(dir, m.cpus);
  print_misses(dir);
  return 0;
}

static int disarm(const char *dir)
{
  char making[PATH_MAX];
  remove_pins(join(making, dir, "_arming"));
  remove_pins(dir);
  return 0;
}

/* ---- the command line ---- */

static const char help[] =
    "tasktrail-arm: load tasktrail's BPF programs, pin them, exit. The capture goes on without it.\n"
    "\n"
    "  --pin DIR      where to pin (" BPFFS "/tasktrail)\n"
    "  --ring BYTES   size of the ring: a power of two, 4096 to 1 GiB (8388608)\n"
    "  --argv BYTES   keep at most so much of a command line, 0 to 65536 (65536)\n"
    "  --group GROUP  name or number of the group that may read the capture (0)\n"
    "  --misses       let the group see how often the kernel passed a program over; who sees that may also run\n"
    "                 the programs a second time, at the cost of every fork and exec here\n"
    "  --how TEXT     what arms, for --status: unit, initramfs, demo (by hand)\n"
    "  --status       say what is armed, since when, how full the ring is and what was lost\n"
    "  --remove       unpin everything: the capture ends\n"
    "\n"
    "Already armed: changes nothing. Exit status: 0 done, 1 failed, 2 bad usage.\n";

static void show_programs(void)
{
  for (int i = PROG_FORK; i < PINS; i++) pins[i].mode = 0440;
}

static unsigned long parse_number(const char *option, const char *text, unsigned long min, unsigned long max)
{
  char *end;
  errno = 0;
  unsigned long value = strtoul(text, &end, 10);
  if (errno || *end || end == text || *text == '-' || value < min || value > max)
    misuse("%s %s: give a number from %lu to %lu", option, text, min, max);
  return value;
}

static unsigned long parse_ring(const char *text)
{
  unsigned long value = parse_number("--ring", text, RING_MIN, RING_MAX);
  if (value & (value - 1)) misuse("--ring %s: must be a power of two, as 8388608", text);
  return value;
}

/* /etc/group alone: a static program has no other name services. */
static gid_t parse_group(const char *text)
{
  if (*text >= '0' && *text <= '9') return (gid_t)parse_number("--group", text, 0, 0xfffffffeUL);
  FILE *file = fopen("/etc/group", "re");
  if (!file) fail("/etc/group: %s; give the group's number", strerror(errno));
  for (struct group *g; (g = fgetgrent(file));)
    if (!strcmp(g->gr_name, text)) return g->gr_gid;
  fail("--group %s: not in /etc/group; give its number, or: groupadd --system %s", text, text);
}

int main(int argc, char **argv)
{
  static const struct option known[] = {{"pin", 1, 0, 'p'},    {"ring", 1, 0, 'r'},   {"argv", 1, 0, 'a'},
                                        {"group", 1, 0, 'g'},  {"how", 1, 0, 'h'},    {"status", 0, 0, 's'},
                                        {"misses", 0, 0, 'm'}, {"remove", 0, 0, 'd'}, {"help", 0, 0, '?'},
                                        {0, 0, 0, 0}};
  struct options o = {.dir = BPFFS "/tasktrail", .how = "hand", .ring = 8 << 20, .argv = TASKTRAIL_ARGV_MAX};
  int action = 0;
  opterr = 0;
  for (int c; (c = getopt_long(argc, argv, "", known, 0)) != -1;) {
    switch (c) {
    case 'p': o.dir = optarg; break;
    case 'r': o.ring = parse_ring(optarg); break;
    case 'a': o.argv = parse_number("--argv", optarg, 0, TASKTRAIL_ARGV_MAX); break;
    case 'g': o.group = parse_group(optarg); break;
    case 'h': o.how = optarg; break;
    case 'm': show_programs(); break;
    case 's':
    case 'd': action = c; break;
    default:
      if (optopt || strcmp(argv[optind - 1], "--help")) misuse("%s: unknown option or no value", argv[optind - 1]);
      fputs(help, stdout);
      return 0;
    }
  }
  if (optind < argc) misuse("%s: unexpected argument", argv[optind]);
  if (geteuid()) fail("needs root: it loads BPF programs; try: sudo tasktrail-arm");
  umask(0);
  if (action == 's') return status(o.dir);
  lock_parent(o.dir);
  return action == 'd' ? disarm(o.dir) : arm(&o);
}
