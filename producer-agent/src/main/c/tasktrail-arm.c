// SPDX-License-Identifier: Apache-2.0
/*
 * tasktrail-arm: the only privileged program of tasktrail. Loads the BPF programs, lets them record what is alive, pins
 * everything in bpffs and exits; the capture goes on without it, and the agent reads the pins as a user without privilege.
 * Needs libc alone.
 *
 *   DIR        symbolic link to the capture that runs
 *   DIR_gN     a capture: generation N; always whole, for it is put together in DIR_arming and renamed
 *   DIR_g1, …  older generations, retired: kept until an agent has read them to their end
 *
 * A capture is replaced by one write: the boot time of its end, into its map meta. Killed before, this program has changed
 * nothing, and after it, the next run puts the rest in order (settle); agents find their way by the numbers alone.
 */
#define _GNU_SOURCE
#define PROGRAM "tasktrail-arm"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>

#include "as_init.h"
#include "failure.h"
#include "record.h"
#include "skeleton/tasktrail_modules.lskel.h"
#include "skeleton/tasktrail_origins.lskel.h"
#include "skeleton/tasktrail_plain.lskel.h"

#ifndef TASKTRAIL_VERSION
#define TASKTRAIL_VERSION "unknown"
#endif
#define BPFFS "/sys/fs/bpf"
#define BPFFS_MAGIC 0xcafe4a11
#define LOG_BYTES (1 << 20)
#define RING_MIN 4096UL
#define RING_MAX (1UL << 30)
#define RING_DEFAULT (8UL << 20)
#define GENERATIONS_MAX 8 /* captures at one place, retired ones included */
/* From telling a capture that it is retired to that moment; so much of it must be left once that is told. */
#ifndef LEAD_NS /* a test is never in time */
#define LEAD_NS 100000000ULL
#endif
#define MARGIN_NS 20000000ULL
#define TRIES_MAX 5
#define SYSCALL_SCRATCHES 4 /* as in the BPF source: only the variant origins has them */

#define NOT_GIVEN (~0UL)
#define OPTIONS_FILE_MAX 4096 /* bytes of a file of options */
#define OPTIONS_MAX 32        /* words in it */

struct options {
  const char *dir;
  const char *how;
  unsigned long ring; /* this and the next two: NOT_GIVEN: as the capture that is replaced has it, or the default */
  unsigned long argv;
  unsigned long group;
  int replace;
  int trial; /* load and attach nothing */
  int action; /* 0: arm */
};

/* What a variant of the skeleton yields, by the names it is pinned under. */
struct pin {
  const char *name;
  mode_t mode;
  int fd;
};
enum {
  RING, COUNTERS, READER, META, CONTROL, SNAPSHOT, FORK, EXEC, EXIT, SIGNAL, MODULE_LOAD, MODULE_FREE,
  MODULE_REQUEST, MODULE_INIT, MODULE_FINIT,
  PROG_FORK, PROG_EXEC, PROG_EXIT, PROG_SIGNAL, PROG_MODULE_LOAD, PROG_MODULE_FREE,
  PROG_MODULE_REQUEST, PROG_MODULE_INIT, PROG_MODULE_FINIT, PINS
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
    [SIGNAL] = {"link_signal", 0600, 0},
    [MODULE_LOAD] = {"link_module_load", 0600, 0},
    [MODULE_FREE] = {"link_module_free", 0600, 0},
    [MODULE_REQUEST] = {"link_module_request", 0600, 0},
    [MODULE_INIT] = {"link_module_init", 0600, 0}, /* ends of the system calls: loads that failed */
    [MODULE_FINIT] = {"link_module_finit", 0600, 0},
    [PROG_FORK] = {"prog_fork", 0400, 0}, /* 0440 with --misses */
    [PROG_EXEC] = {"prog_exec", 0400, 0},
    [PROG_EXIT] = {"prog_exit", 0400, 0},
    [PROG_SIGNAL] = {"prog_signal", 0400, 0},
    [PROG_MODULE_LOAD] = {"prog_module_load", 0400, 0},
    [PROG_MODULE_FREE] = {"prog_module_free", 0400, 0},
    [PROG_MODULE_REQUEST] = {"prog_module_request", 0400, 0},
    [PROG_MODULE_INIT] = {"prog_module_init", 0400, 0},
    [PROG_MODULE_FINIT] = {"prog_module_finit", 0400, 0},
};

static char verifier_log[LOG_BYTES];

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

static void unpin(const char *dir, int which)
{
  char path[PATH_MAX], name[64];
  snprintf(name, sizeof(name), "/%s", pins[which].name);
  if (unlink(join(path, dir, name)) && errno != ENOENT && errno != ENOTDIR) fail("%s: %s", path, strerror(errno));
}

/* Only what this program pins, so that a wrong --pin deletes nothing of others. Without meta it is no capture any more. */
static void remove_pins(const char *dir)
{
  unpin(dir, META);
  for (int i = 0; i < PINS; i++) unpin(dir, i);
  if (rmdir(dir) && errno != ENOENT) fail("%s: cannot remove: %s", dir, strerror(errno));
}

static void drop_links(const char *dir)
{
  for (int i = FORK; i < PROG_FORK; i++) unpin(dir, i);
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

static void put(int fd, void *value)
{
  if (element(BPF_MAP_UPDATE_ELEM, fd, 0, value)) fail("cannot write a BPF map: %s", strerror(errno));
}

static __u64 boot_ns(void)
{
  struct timespec now;
  clock_gettime(CLOCK_BOOTTIME, &now);
  return (__u64)now.tv_sec * 1000000000 + (__u64)now.tv_nsec;
}

/* ---- generations ---- */

struct generation {
  __u32 number;
  char dir[PATH_MAX];
  struct tasktrail_meta meta;
};
static struct generation generations[GENERATIONS_MAX]; /* what is pinned at DIR, the oldest first */
static int found;

static char *generation_dir(char into[PATH_MAX], const char *dir, __u32 number)
{
  char suffix[16];
  snprintf(suffix, sizeof(suffix), "_g%u", number);
  return join(into, dir, suffix);
}

/* 0 where there is no meta: what was left of a removal. */
static int read_meta(const char *dir, struct tasktrail_meta *meta)
{
  int fd = open_pin(dir, META, BPF_F_RDONLY);
  if (fd < 0 && errno == ENOENT) return 0;
  if (fd < 0) fail("%s/meta: cannot open: %s", dir, strerror(errno));
  get(fd, 0, meta);
  close(fd);
  if (meta->magic != TASKTRAIL_MAGIC) fail("%s: not a capture of tasktrail; pin elsewhere", dir);
  return 1;
}

static int by_number(const void *a, const void *b)
{
  const struct generation *x = a, *y = b;
  return x->number < y->number ? -1 : x->number > y->number;
}

static void find_generations(const char *dir)
{
  char parent[PATH_MAX];
  const char *name = strrchr(dir, '/');
  found = 0;
  if (!name) return;
  join(parent, dir, "")[name - dir + 1] = 0;
  DIR *all = opendir(parent);
  if (!all) return;
  size_t length = strlen(name + 1);
  for (struct dirent *each; (each = readdir(all));) {
    char *end;
    if (strncmp(each->d_name, name + 1, length) || strncmp(each->d_name + length, "_g", 2)) continue;
    unsigned long number = strtoul(each->d_name + length + 2, &end, 10);
    if (*end || !number || number > UINT32_MAX) continue;
    if (found == GENERATIONS_MAX)
      fail("%s: more than %d captures, %s among them: tasktrail-arm does not make so many; delete some", dir, GENERATIONS_MAX,
           each->d_name);
    struct generation *g = &generations[found++];
    *g = (struct generation){.number = (__u32)number};
    read_meta(generation_dir(g->dir, dir, g->number), &g->meta);
  }
  closedir(all);
  qsort(generations, (size_t)found, sizeof(*generations), by_number);
}

/* What an agent left in the map reader. */
static struct tasktrail_reader agent_of(const struct generation *g)
{
  struct tasktrail_reader agent = {0};
  int fd = open_pin(g->dir, READER, 0);
  if (fd < 0) fail("%s/reader: cannot open: %s", g->dir, strerror(errno));
  get(fd, TASKTRAIL_CPU_AGENT + TASKTRAIL_CPU_OFFSET, &agent);
  close(fd);
  return agent;
}

/* At once, for an agent that looks for its way; by the name of what every run removes. */
static void discard(const char *dir, const struct generation *g)
{
  char making[PATH_MAX];
  if (rename(g->dir, join(making, dir, "_arming"))) fail("%s: cannot rename to %s: %s", g->dir, making, strerror(errno));
  remove_pins(making);
}

/* Writes no more once it is retired; costs no time any more; goes once it is read. */
static void end_retired(const char *dir, const struct generation *g)
{
  struct tasktrail_control control;
  int fd = open_pin(g->dir, CONTROL, 0);
  if (fd < 0) fail("%s/control: cannot open: %s", g->dir, strerror(errno));
  get(fd, 0, &control);
  control.until_boot_ns = g->meta.retired_boot_ns;
  put(fd, &control);
  close(fd);
  if (boot_ns() < g->meta.retired_boot_ns) return;
  drop_links(g->dir);
  if (agent_of(g).done) discard(dir, g);
}

static void point_to(const char *dir, const struct generation *g)
{
  char making[PATH_MAX];
  if (unlink(join(making, dir, "_link")) && errno != ENOENT) fail("%s: %s", making, strerror(errno));
  if (symlink(strrchr(g->dir, '/') + 1, making) || rename(making, dir))
    fail("%s: cannot point to %s: %s", dir, g->dir, strerror(errno));
}

/* Puts in order what a killed loader left, and takes away what was read to its end. Returns the capture that runs, or 0. */
static struct generation *settle(const char *dir)
{
  char making[PATH_MAX];
  struct generation *current = 0;
  remove_pins(join(making, dir, "_arming"));
  find_generations(dir);
  for (int i = 0; i < found; i++) {
    struct generation *g = &generations[i];
    if (!g->meta.magic || current) /* nothing but a rest; or made to replace one that was never told */
      discard(dir, g);
    else if (g->meta.retired_boot_ns)
      end_retired(dir, g);
    else
      current = g;
  }
  if (current) point_to(dir, current);
  return current;
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

/* One body for the skeletons, whose types differ. Returns 0 or -errno. */
#define LOAD(variant, more_scratches, more)                                           \
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
    s->maps.scratches.max_entries = cpus + 1 + (more_scratches);                      \
    int error = tasktrail_##variant##__load(s);                                       \
    if (!error && !o->trial && tasktrail_##variant##__attach(s) < 0) error = -errno;  \
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
    pins[SIGNAL].fd = s->links.tasktrail_sent_fd;                                     \
    pins[PROG_FORK].fd = s->progs.tasktrail_fork.prog_fd;                             \
    pins[PROG_EXEC].fd = s->progs.tasktrail_exec.prog_fd;                             \
    pins[PROG_EXIT].fd = s->progs.tasktrail_exit.prog_fd;                             \
    pins[PROG_SIGNAL].fd = s->progs.tasktrail_sent.prog_fd;                           \
    more                                                                              \
    return 0;                                                                         \
  }
#define PIN(which, program)                                                     \
  pins[which].fd = s->links.program##_fd;                                                \
  pins[PROG_##which].fd = s->progs.program.prog_fd;
#define PIN_MODULES                                                                   \
  PIN(MODULE_LOAD, tasktrail_mload)                                                   \
  PIN(MODULE_FREE, tasktrail_mfree)                                                   \
  PIN(MODULE_REQUEST, tasktrail_mrequest)
LOAD(plain, 0, )
LOAD(modules, 0, PIN_MODULES)
LOAD(origins, SYSCALL_SCRATCHES, PIN_MODULES PIN(MODULE_INIT, tasktrail_minit) PIN(MODULE_FINIT, tasktrail_mfinit))

/* What of modules is captured: see meta.modules. */
static __u32 modules_captured(void)
{
  return pins[PROG_MODULE_INIT].fd > 0 ? 2 : pins[PROG_MODULE_LOAD].fd > 0;
}

static const char *modules_in_words(__u32 captured)
{
  switch (captured) {
  case 0: return "not in this kernel";
  case 1: return "yes, but not where they come from, nor failed loads";
  default: return "yes";
  }
}

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
  if (load_origins(o, cpus, 0) == 0 || load_modules(o, cpus, 0) == 0 || load_plain(o, cpus, 0) == 0) return;
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

/* Since when: a boot time that may be yet to come. */
static void describe(const struct options *o, __u32 cpus, __u32 generation, __u64 since)
{
  struct tasktrail_meta m = {.magic = TASKTRAIL_MAGIC,
                             .layout = TASKTRAIL_LAYOUT,
                             .generation = generation,
                             .armed_boot_ns = since,
                             .ring_bytes = o->ring,
                             .cpus = cpus,
                             .argv_bound = (__u32)o->argv,
                             .armed_pid = (__u32)getpid(),
                             .modules = modules_captured()};
  random_bytes(m.capture_id, sizeof(m.capture_id));
  strncpy(m.version, TASKTRAIL_VERSION, sizeof(m.version) - 1);
  strncpy(m.how, o->how, sizeof(m.how) - 1);
  put(pins[META].fd, &m);
}

/* From then on all kinds are captured. */
static void open_gate(const struct options *o, __u64 since)
{
  struct tasktrail_control control = {.open = 1, .argv_bound = (__u32)o->argv, .from_boot_ns = since};
  put(pins[CONTROL].fd, &control);
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

static void armed(const struct options *o, const struct generation *g, __u32 cpus)
{
  printf("armed: %s (generation %u, ring %lu bytes, %u cpus, modules %s)\n", o->dir, g->number, o->ring, cpus,
         modules_in_words(modules_captured()));
}

static void arm_first(const struct options *o, struct generation *g)
{
  char making[PATH_MAX];
  __u32 cpus = possible_cpus();
  load(o, cpus);
  open_gate(o, 0);
  describe(o, cpus, g->number, boot_ns());
  snapshot();
  pin_all(join(making, o->dir, "_arming"), (gid_t)o->group);
  if (rename(making, g->dir)) fail("%s: cannot rename from %s: %s", g->dir, making, strerror(errno));
  point_to(o->dir, g);
  armed(o, g, cpus);
}

/*
 * Tells a capture when it is retired. Agents must know it before that moment, and the other capture must be open before it:
 * 0 if this program was held up for too long, and nothing has changed.
 */
static int retire(struct generation *g, __u64 at)
{
  struct tasktrail_control control;
  int meta = open_pin(g->dir, META, 0), fd = open_pin(g->dir, CONTROL, 0);
  if (meta < 0 || fd < 0) fail("%s: cannot open meta and control: %s", g->dir, strerror(errno));
  g->meta.retired_boot_ns = at;
  put(meta, &g->meta);
  int in_time = boot_ns() + MARGIN_NS < at;
  if (!in_time) {
    g->meta.retired_boot_ns = 0;
    put(meta, &g->meta);
  } else {
    get(fd, 0, &control);
    control.until_boot_ns = at;
    put(fd, &control);
  }
  close(meta);
  close(fd);
  return in_time;
}

static void wait_until(__u64 ns)
{
  struct timespec at = {.tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000)};
  while (clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME, &at, 0) == EINTR) {}
}

static int try_replace(const struct options *o, struct generation *old, const struct generation *next, __u32 cpus)
{
  char making[PATH_MAX];
  load(o, cpus);
  pin_all(join(making, o->dir, "_arming"), (gid_t)o->group);
  __u64 at = boot_ns() + LEAD_NS;
  describe(o, cpus, next->number, at);
  open_gate(o, at);
  if (rename(making, next->dir)) fail("%s: cannot rename from %s: %s", next->dir, making, strerror(errno));
  if (retire(old, at)) return 1;
  discard(o->dir, next);
  for (int i = 0; i < PINS; i++) skel_closenz(pins[i].fd);
  return 0;
}

/* Both are attached for a moment; which of the two writes is decided by the time alone. */
static void replace(const struct options *o, struct generation *old, const struct generation *next)
{
  __u32 cpus = possible_cpus();
  int tries = 0;
  while (!try_replace(o, old, next, cpus))
    if (++tries == TRIES_MAX)
      fail("%s: not replaced: this machine is so busy that the moment passed %d times; try again", o->dir, TRIES_MAX);
  point_to(o->dir, next);
  wait_until(old->meta.retired_boot_ns + MARGIN_NS);
  end_retired(o->dir, old);
  printf("replaced: %s at boot + %.3f s; what was captured till then is kept for the agent\n", old->dir,
         (double)old->meta.retired_boot_ns / 1e9);
  armed(o, next, cpus);
}

static void say_armed(const struct options *o, const struct generation *g)
{
  const struct tasktrail_meta *m = &g->meta;
  printf("already armed: %s (by %s, boot + %.3f s)\n", o->dir, m->how, (double)m->armed_boot_ns / 1e9);
  if (m->layout != TASKTRAIL_LAYOUT || strncmp(m->version, TASKTRAIL_VERSION, sizeof(m->version) - 1))
    printf("by tasktrail-arm %.32s with record layout %u; this is %s with layout %u. To replace it, without a hole: "
           "tasktrail-arm --pin %s --replace\n",
           m->version, m->layout, TASKTRAIL_VERSION, TASKTRAIL_LAYOUT, o->dir);
}

/* What arming asks of the kernel, but nothing is attached or pinned: all of it goes with this program. */
static int try_load(struct options *o)
{
  o->trial = 1;
  o->ring = o->ring == NOT_GIVEN ? RING_DEFAULT : o->ring;
  load(o, possible_cpus());
  printf("this kernel takes the programs; modules: %s\n", modules_in_words(modules_captured()));
  return 0;
}

static void settings_of(struct options *o, const struct generation *old)
{
  struct stat st = {0};
  if (old && stat(old->dir, &st)) fail("%s: %s", old->dir, strerror(errno));
  if (o->ring == NOT_GIVEN) o->ring = old ? old->meta.ring_bytes : RING_DEFAULT;
  if (o->argv == NOT_GIVEN) o->argv = old ? old->meta.argv_bound : TASKTRAIL_ARGV_MAX;
  if (o->group == NOT_GIVEN) o->group = st.st_gid;
}

static int arm(struct options *o)
{
  struct generation *old = settle(o->dir), next = {.number = old ? old->number + 1 : 1};
  if (old && !o->replace) {
    say_armed(o, old);
    return 0;
  }
  if (!old && found) next.number = generations[found - 1].number + 1;
  generation_dir(next.dir, o->dir, next.number);
  settings_of(o, old);
  if (!old) {
    arm_first(o, &next);
    return 0;
  }
  find_generations(o->dir);
  if (found == GENERATIONS_MAX)
    fail("%s: %d captures wait to be read already; start the agent, or give them up: tasktrail-arm --pin %s --remove",
         o->dir, found, o->dir);
  old = &generations[found - 1];
  replace(o, old, &next);
  return 0;
}

/* ---- looking and undoing ---- */

static const char *const kinds[] = {"-", "fork", "exec", "exit", "module_load", "module_free", "snapshot_started",
                                    "task_seen", "snapshot_finished", "module_load_failed", "module_request", "signal"};

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
  if (fd < 0) fail("%s/ring: cannot open: %s", dir, strerror(errno));
  const unsigned long *consumer = mmap(0, page, PROT_READ, MAP_SHARED, fd, 0);
  const unsigned long *producer = mmap(0, page, PROT_READ, MAP_SHARED, fd, (off_t)page);
  if (consumer == MAP_FAILED || producer == MAP_FAILED) fail("%s/ring: cannot map: %s", dir, strerror(errno));
  return *producer - *consumer;
}

/* Who reads it, if that very process still runs: see holder in record.h. */
static void print_reader(const struct generation *g)
{
  char path[64], stat[1024] = "";
  __u64 holder = agent_of(g).holder, start = 0;
  unsigned pid = holder & 0x3fffff;
  snprintf(path, sizeof(path), "/proc/%u/stat", pid);
  FILE *file = holder ? fopen(path, "re") : 0;
  size_t n = file ? fread(stat, 1, sizeof(stat) - 1, file) : 0;
  if (file) fclose(file);
  stat[n] = 0;
  char *name = strchr(stat, '('), *end = strrchr(stat, ')');
  if (name && end) sscanf(end + 1, " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu", &start);
  if (!start || start != holder >> 22) {
    puts("read by nobody now");
    return;
  }
  *end = 0;
  printf("read by pid %u (%s)\n", pid, name + 1);
}

static void print_generation(const struct generation *g)
{
  const struct tasktrail_meta *m = &g->meta;
  double since = (double)m->armed_boot_ns / 1e9, now = (double)boot_ns() / 1e9;
  if (m->retired_boot_ns)
    printf("retired: %s at boot + %.3f s, %s\n", g->dir, (double)m->retired_boot_ns / 1e9,
           agent_of(g).done ? "read to its end" : "not yet read to its end");
  printf("%s: %s by %s, version %.32s, layout %u, pid %u, boot + %.3f s (%.0f s ago), modules %s\ncapture ",
         m->retired_boot_ns ? "was armed" : "armed", g->dir, m->how, m->version, m->layout, m->armed_pid, since, now - since,
         modules_in_words(m->modules));
  for (size_t i = 0; i < sizeof(m->capture_id); i++) printf("%02x", m->capture_id[i]);
  unsigned long used = ring_used(g->dir);
  printf("\nring: %lu of %llu bytes used (%.1f %%)\n", used, (unsigned long long)m->ring_bytes,
         100.0 * (double)used / (double)m->ring_bytes);
  print_reader(g);
  if (m->layout != TASKTRAIL_LAYOUT) return;
  print_counters(g->dir, m->cpus);
  print_misses(g->dir);
}

static int status(const char *dir)
{
  int shown = 0;
  find_generations(dir);
  for (int i = 0; i < found; i++) {
    if (!generations[i].meta.magic) continue;
    print_generation(&generations[i]);
    shown++;
  }
  if (!shown) fail("not armed: %s; arm with: tasktrail-arm --pin %s", dir, dir);
  return 0;
}

static int disarm(const char *dir)
{
  char path[PATH_MAX];
  struct stat st;
  remove_pins(join(path, dir, "_arming"));
  find_generations(dir);
  for (int i = 0; i < found; i++) remove_pins(generations[i].dir);
  unlink(join(path, dir, "_link"));
  if (lstat(dir, &st) == 0 && S_ISLNK(st.st_mode) && unlink(dir)) fail("%s: cannot remove: %s", dir, strerror(errno));
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
    "  --options FILE take more options from a file: words, as here; from # to the end of a line is a comment\n"
    "  --how TEXT     what arms, for --status: unit, initramfs, demo (by hand)\n"
    "  --replace      arm anew beside what is armed, with its settings where none are given; the newer one\n"
    "                 takes over at one moment, without a hole, and the agent reads both, one after the other\n"
    "  --try          see whether this kernel takes the programs; arms nothing\n"
    "  --status       say what is armed, since when, how full the ring is, who reads it and what was lost\n"
    "  --remove       unpin everything, whatever was not read yet: the capture ends\n"
    "\n"
    "Already armed, by whatever version: says so, changes nothing but to tidy up what was read to its end.\n"
    "Exit status: 0 done, or armed already; 1 failed; 2 bad usage.\n";

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

static void parse(struct options *o, int argc, char **argv);

/* A word may stand in the options for as long as this program runs: the text is never freed. */
static void parse_file(struct options *o, const char *path)
{
  static char text[OPTIONS_FILE_MAX + 1];
  char *argv[OPTIONS_MAX + 2] = {(char *)(uintptr_t)path};
  int argc = 1, next = optind;
  if (text[0]) misuse("--options %s: only once", path);
  FILE *file = fopen(path, "re");
  if (!file) fail("--options %s: %s", path, strerror(errno));
  size_t n = fread(text, 1, sizeof(text), file);
  fclose(file);
  if (n == sizeof(text)) fail("--options %s: longer than %d bytes", path, OPTIONS_FILE_MAX);
  text[n] = 0;
  for (char *comment = text; (comment = strchr(comment, '#'));) memset(comment, ' ', strcspn(comment, "\n"));
  for (char *word = strtok(text, " \t\n"); word; word = strtok(0, " \t\n")) {
    if (argc > OPTIONS_MAX) fail("--options %s: more than %d words", path, OPTIONS_MAX);
    argv[argc++] = word;
  }
  optind = 0;
  parse(o, argc, argv);
  optind = next;
}

static void parse(struct options *o, int argc, char **argv)
{
  static const struct option known[] = {{"pin", 1, 0, 'p'},    {"ring", 1, 0, 'r'},   {"argv", 1, 0, 'a'},
                                        {"group", 1, 0, 'g'},  {"how", 1, 0, 'h'},    {"status", 0, 0, 's'},
                                        {"misses", 0, 0, 'm'}, {"remove", 0, 0, 'd'}, {"replace", 0, 0, 'n'},
                                        {"help", 0, 0, '?'},   {"try", 0, 0, 't'},    {"options", 1, 0, 'f'},
                                        {0, 0, 0, 0}};
  for (int c; (c = getopt_long(argc, argv, "", known, 0)) != -1;) {
    switch (c) {
    case 'p': o->dir = optarg; break;
    case 'r': o->ring = parse_ring(optarg); break;
    case 'a': o->argv = parse_number("--argv", optarg, 0, TASKTRAIL_ARGV_MAX); break;
    case 'g': o->group = parse_group(optarg); break;
    case 'h': o->how = optarg; break;
    case 'f': parse_file(o, optarg); break;
    case 'n': o->replace = 1; break;
    case 'm': show_programs(); break;
    case 's':
    case 't':
    case 'd': o->action = c; break;
    default:
      if (optopt || strcmp(argv[optind - 1], "--help")) misuse("%s: unknown option or no value", argv[optind - 1]);
      fputs(help, stdout);
      exit(0);
    }
  }
  if (optind < argc) misuse("%s: unexpected argument", argv[optind]);
}

static int command(int argc, char **argv)
{
  struct options o = {
      .dir = BPFFS "/tasktrail", .how = "hand", .ring = NOT_GIVEN, .argv = NOT_GIVEN, .group = NOT_GIVEN};
  opterr = 0;
  parse(&o, argc, argv);
  if (geteuid()) fail("needs root: it loads BPF programs; try: sudo tasktrail-arm");
  umask(0);
  if (o.action == 't') return try_load(&o);
  if (o.action == 's') return status(o.dir);
  lock_parent(o.dir);
  return o.action == 'd' ? disarm(o.dir) : arm(&o);
}

int main(int argc, char **argv, char **environment)
{
  return is_init(argv) ? run_as_init(command, argv, environment) : command(argc, argv);
}
