// SPDX-License-Identifier: Apache-2.0
/*
 * tasktrail-listen: for hosts where BPF can't be loaded. Subscribes to the kernel's proc connector, which tells of forks, execs
 * and exits by ids alone, and reads in /proc what else there is to know of a process, at once: it may be gone any moment. Writes
 * records (listen.h) for the agent, to standard output or to the standard input of a program that it starts.
 *
 * Once it is subscribed it keeps one privilege, CAP_SYS_PTRACE, without which the executables of others can't be read.
 *
 * Losses: the kernel numbers what it tells, per cpu, and the socket has a bound. The agent counts the numbers; for that it must
 * hear of each cpu, at the start and after a loss, so this program names itself anew on each of them ("sounds" them), which
 * the kernel tells like anything else. Then it tells what is alive.
 */
#define _GNU_SOURCE
#define PROGRAM "tasktrail-listen"
#include "failure.h"
#include "listen.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <poll.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#ifndef TASKTRAIL_VERSION
#define TASKTRAIL_VERSION "unknown"
#endif
#define NAME "tasktrail-liste" /* what the kernel calls it anyway */
#define BUFFER_MIN 4096UL
#define BUFFER_MAX (256UL << 20)
#define BUFFER_DEFAULT (8UL << 20)
#define PIPE_BYTES (1 << 20)
#define BATCH 64
#define MESSAGE_BYTES 256
#define ARGS_MAX (64 << 10)
#define CGROUP_MAX 8192
#define PID_PATH 300
#define OUT_BYTES (2 * LISTEN_RECORD_MAX)
#define TICK_NS 1000000000LL
#define DRAIN_NS 2000000000LL    /* at the end */
#define READER_NS 10000000000LL /* then it is told to end */
#define HEAL_NS 2000000000LL /* between two snapshots, and so long it waits for an empty socket */

struct options {
  unsigned long buffer;
  const char *user;
  char **command;
};

static volatile sig_atomic_t stopping;
static int out = STDOUT_FILENO;
static pid_t reader; /* the program that reads; 0: none was started here */

/* ---- clocks ---- */

static int64_t now(clockid_t clock)
{
  struct timespec at;
  clock_gettime(clock, &at);
  return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

/* The connector tells CLOCK_MONOTONIC, which stands still while the machine sleeps. */
static int64_t asleep_ns(void)
{
  return now(CLOCK_BOOTTIME) - now(CLOCK_MONOTONIC);
}

/* ---- what is written ---- */

static char buffer[OUT_BYTES];
static size_t used;   /* bytes of whole records */
static size_t length; /* bytes of the one that is being written */

/* The program that was started here has ended, or whoever else read: nobody will ever hear of what comes now. */
__attribute__((noreturn)) static void reader_ended(void)
{
  int status;
  if (!reader) fail("whoever reads the records has ended");
  while (waitpid(reader, &status, 0) < 0 && errno == EINTR) {}
  exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

/* Waits while the reader wants no more: then the socket keeps what comes, and the kernel counts what has no room there. */
static void flush(void)
{
  for (size_t at = 0; at < used;) {
    ssize_t n = write(out, buffer + at, used - at);
    if (n < 0 && errno == EPIPE) reader_ended();
    if (n < 0 && errno != EINTR) fail("cannot write: %s", strerror(errno));
    if (n < 0 && stopping) break;
    at += n > 0 ? (size_t)n : 0;
  }
  used = 0;
}

static struct listen_record *begin(enum listen_kind kind, int64_t boot_ns)
{
  if (OUT_BYTES - used < LISTEN_RECORD_MAX) flush();
  struct listen_record *record = (struct listen_record *)(void *)(buffer + used);
  *record = (struct listen_record){
      .magic = LISTEN_MAGIC, .kind = (uint16_t)kind, .layout = LISTEN_LAYOUT, .boot_ns = boot_ns};
  length = sizeof(*record);
  return record;
}

static void end(void)
{
  struct listen_record *record = (struct listen_record *)(void *)(buffer + used);
  length = (length + 7) & ~7UL; /* the next one may be read in place */
  record->length = (uint32_t)length;
  used += length;
}

/* Room for so many bytes of a piece, behind its head. */
static char *room(void)
{
  return buffer + used + length + sizeof(struct listen_piece);
}

static void piece(enum listen_tag tag, size_t bytes)
{
  struct listen_piece head = {.tag = (uint16_t)tag, .length = (uint32_t)bytes};
  memcpy(buffer + used + length, &head, sizeof(head));
  length += sizeof(head) + bytes;
}

static void put(enum listen_tag tag, const void *value, size_t bytes)
{
  memcpy(room(), value, bytes);
  piece(tag, bytes);
}

/* ---- /proc ---- */

/* How many bytes, up to a bound; 0 when there is nothing, or it may not be read. */
static size_t slurp(int dir, const char *name, char *into, size_t most)
{
  int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  size_t n = 0;
  for (ssize_t got; n < most && (got = read(fd, into + n, most - n)) > 0;) n += (size_t)got;
  close(fd);
  return n;
}

static void text(int dir, const char *name, enum listen_tag tag, size_t most)
{
  size_t n = slurp(dir, name, room(), most);
  if (n) piece(tag, n);
}

static void target(int dir, const char *name, enum listen_tag tag)
{
  ssize_t n = readlinkat(dir, name, room(), PATH_MAX);
  if (n > 0) piece(tag, (size_t)n);
}

static void status(int dir)
{
  static const char *const wanted[] = {"Uid:", "Gid:", "NSpid:"};
  char all[4096], *into = room();
  size_t n = slurp(dir, "status", all, sizeof(all) - 1), kept = 0;
  all[n] = 0;
  for (char *line = all, *next; line; line = next) {
    next = strchr(line, '\n');
    if (!next++) break;
    for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
      if (strncmp(line, wanted[i], strlen(wanted[i]))) continue;
      memcpy(into + kept, line, (size_t)(next - line));
      kept += (size_t)(next - line);
    }
  }
  if (kept) piece(LISTEN_STATUS, kept);
}

/* The rest is only counted: the kernel bounds it. */
static void arguments(int dir)
{
  char *into = room(), rest[4096];
  uint64_t all[2] = {0, 0};
  int fd = openat(dir, "cmdline", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  size_t kept = 0;
  for (;;) {
    int whole = kept == ARGS_MAX;
    char *at = whole ? rest : into + kept;
    ssize_t got = read(fd, at, whole ? sizeof(rest) : ARGS_MAX - kept);
    if (got <= 0) break;
    for (ssize_t i = 0; i < got; i++) all[0] += !at[i];
    all[1] += (uint64_t)got;
    kept += whole ? 0 : (size_t)got;
  }
  close(fd);
  if (!kept) return;
  piece(LISTEN_ARGS, kept);
  put(LISTEN_ARGS_ALL, all, sizeof(all));
}

static void namespaces(int dir)
{
  static const char *const names[] = {"ns/pid", "ns/mnt", "ns/net", "ns/user"};
  uint64_t inodes[4] = {0};
  char link[64];
  for (int i = 0; i < 4; i++) {
    ssize_t n = readlinkat(dir, names[i], link, sizeof(link) - 1);
    link[n > 0 ? n : 0] = 0;
    char *number = strchr(link, '[');
    inodes[i] = number ? strtoull(number + 1, 0, 10) : 0;
  }
  put(LISTEN_NS, inodes, sizeof(inodes));
}

static void file(int dir, const char *pid)
{
  struct stat st;
  char path[PID_PATH];
  if (fstatat(dir, "exe", &st, 0)) return;
  snprintf(path, sizeof(path), "/proc/%s/exe", pid);
  struct listen_file f = {
      .device = (uint64_t)major(st.st_dev) << 20 | minor(st.st_dev),
      .inode = st.st_ino,
      .changed_ns = (int64_t)st.st_ctim.tv_sec * 1000000000 + st.st_ctim.tv_nsec,
      .links = (uint32_t)st.st_nlink,
      .mode = st.st_mode,
      .uid = st.st_uid,
      .gid = st.st_gid,
      .capable = getxattr(path, "security.capability", 0, 0) > 0,
  };
  put(LISTEN_FILE, &f, sizeof(f));
}

/* The folder stays that process's: once it is gone everything in it fails, whoever has the pid by then. */
static int proc_dir(const char *pid)
{
  char path[PID_PATH];
  snprintf(path, sizeof(path), "/proc/%s", pid);
  return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* What goes away first is read first. */
static void image(int dir, const char *pid, int executed)
{
  if (executed) arguments(dir);
  target(dir, "exe", LISTEN_EXE);
  text(dir, "stat", LISTEN_STAT, 2048);
  if (executed) target(dir, "cwd", LISTEN_CWD);
  status(dir);
  text(dir, "loginuid", LISTEN_LOGINUID, 16);
  text(dir, "sessionid", LISTEN_SESSION, 16);
  text(dir, "cgroup", LISTEN_CGROUP, CGROUP_MAX);
  if (!executed) return;
  file(dir, pid);
  namespaces(dir);
}

static void read_task(struct listen_record *record, enum listen_kind kind)
{
  char pid[16];
  snprintf(pid, sizeof(pid), "%u", record->pid);
  record->read_ns = now(CLOCK_BOOTTIME);
  int dir = proc_dir(pid);
  if (dir < 0) return;
  if (kind == LISTEN_EXEC)
    image(dir, pid, 1);
  else
    text(dir, "stat", LISTEN_STAT, 2048);
  close(dir);
}

static void snapshot(void)
{
  DIR *all = opendir("/proc");
  if (!all) fail("/proc: %s; is it mounted?", strerror(errno));
  begin(LISTEN_SEEING, now(CLOCK_BOOTTIME));
  end();
  for (struct dirent *each; (each = readdir(all));) {
    char *rest;
    unsigned long pid = strtoul(each->d_name, &rest, 10);
    int dir = *rest || !pid ? -1 : proc_dir(each->d_name);
    if (dir < 0) continue;
    struct listen_record *record = begin(LISTEN_SEEN, now(CLOCK_BOOTTIME));
    record->pid = record->tid = (uint32_t)pid;
    record->read_ns = record->boot_ns;
    image(dir, each->d_name, 0);
    close(dir);
    end();
  }
  closedir(all);
  begin(LISTEN_SEEING_ENDS, now(CLOCK_BOOTTIME));
  end();
}

/* ---- the connector ---- */

static int subscribe(unsigned long bytes)
{
  int size = (int)bytes;
  int fd = socket(PF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_CONNECTOR);
  if (fd < 0) fail("no connector: %s; the kernel needs CONFIG_PROC_EVENTS, and no network namespace but its first has it", strerror(errno));
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
    fail("cannot have a buffer of %lu bytes: %s; needs CAP_NET_ADMIN", bytes, strerror(errno));
  struct sockaddr_nl self = {.nl_family = AF_NETLINK, .nl_groups = CN_IDX_PROC};
  if (bind(fd, (struct sockaddr *)&self, sizeof(self))) fail("cannot subscribe: %s; needs CAP_NET_ADMIN", strerror(errno));
  return fd;
}

static void ask(int fd, enum proc_cn_mcast_op what)
{
  struct {
    struct nlmsghdr head;
    struct cn_msg message;
    enum proc_cn_mcast_op what;
  } __attribute__((packed)) request = {
      .head = {.nlmsg_len = sizeof(request), .nlmsg_type = NLMSG_DONE},
      .message = {.id = {.idx = CN_IDX_PROC, .val = CN_VAL_PROC}, .len = sizeof(what)},
      .what = what,
  };
  if (send(fd, &request, sizeof(request), 0) < 0 && what == PROC_CN_MCAST_LISTEN) fail("cannot subscribe: %s", strerror(errno));
}

static enum listen_kind kind_of(const struct proc_event *event)
{
  switch ((unsigned)event->what) {
  case PROC_EVENT_FORK: return LISTEN_FORK;
  case PROC_EVENT_EXEC: return LISTEN_EXEC;
  case PROC_EVENT_EXIT: return LISTEN_EXIT;
  case PROC_EVENT_COMM: return LISTEN_COMM;
  case PROC_EVENT_UID: return LISTEN_UID;
  case PROC_EVENT_GID: return LISTEN_GID;
  default: return LISTEN_OTHER;
  }
}

static void fill(struct listen_record *record, const struct proc_event *event)
{
  switch (record->kind) {
  case LISTEN_FORK:
    record->pid = (uint32_t)event->event_data.fork.child_tgid;
    record->tid = (uint32_t)event->event_data.fork.child_pid;
    record->a = (uint32_t)event->event_data.fork.parent_tgid;
    record->b = (uint32_t)event->event_data.fork.parent_pid;
    break;
  case LISTEN_EXIT:
    record->pid = (uint32_t)event->event_data.exit.process_tgid;
    record->tid = (uint32_t)event->event_data.exit.process_pid;
    record->a = event->event_data.exit.exit_code;
    record->b = event->event_data.exit.exit_signal;
    record->c = (uint32_t)event->event_data.exit.parent_tgid;
    break;
  case LISTEN_UID:
  case LISTEN_GID:
    record->a = event->event_data.id.r.ruid;
    record->b = event->event_data.id.e.euid;
    record->pid = (uint32_t)event->event_data.id.process_tgid;
    record->tid = (uint32_t)event->event_data.id.process_pid;
    break;
  case LISTEN_EXEC:
  case LISTEN_COMM:
    record->pid = (uint32_t)event->event_data.exec.process_tgid;
    record->tid = (uint32_t)event->event_data.exec.process_pid;
    break;
  default: break;
  }
}

static void told(const struct cn_msg *message, const struct proc_event *event, int64_t asleep)
{
  if (event->what == PROC_EVENT_NONE) return; /* the answer to ask() has no number */
  enum listen_kind kind = kind_of(event);
  struct listen_record *record = begin(kind, (int64_t)event->timestamp_ns + asleep);
  record->cpu = event->cpu;
  record->number = message->seq;
  fill(record, event);
  int is_process = record->pid == record->tid;
  if (kind == LISTEN_EXEC || (is_process && (kind == LISTEN_FORK || kind == LISTEN_EXIT))) read_task(record, kind);
  if (kind == LISTEN_COMM) put(LISTEN_NAME, event->event_data.comm.comm, strnlen(event->event_data.comm.comm, 16));
  end();
}

/* Only the kernel sends from 0. */
static void received(const char *bytes, size_t n, const struct sockaddr_nl *from, int64_t asleep)
{
  struct cn_msg message;
  struct proc_event event = {0};
  size_t head = NLMSG_HDRLEN + sizeof(message);
  if (from->nl_pid || n < head) return;
  memcpy(&message, bytes + NLMSG_HDRLEN, sizeof(message));
  if (message.id.idx != CN_IDX_PROC || message.id.val != CN_VAL_PROC) return;
  memcpy(&event, bytes + head, n - head < sizeof(event) ? n - head : sizeof(event));
  told(&message, &event, asleep);
}

enum outcome { DRAINED, MORE, OVERRUN };

static enum outcome receive(int fd)
{
  static char bytes[BATCH][MESSAGE_BYTES];
  struct sockaddr_nl from[BATCH];
  struct iovec parts[BATCH];
  struct mmsghdr messages[BATCH];
  for (int i = 0; i < BATCH; i++) {
    parts[i] = (struct iovec){bytes[i], MESSAGE_BYTES};
    messages[i] = (struct mmsghdr){
        .msg_hdr = {.msg_name = &from[i], .msg_namelen = sizeof(from[i]), .msg_iov = &parts[i], .msg_iovlen = 1}};
  }
  int n = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, 0);
  if (n < 0 && errno == ENOBUFS) return OVERRUN;
  if (n < 0 && errno != EAGAIN && errno != EINTR) fail("cannot receive: %s", strerror(errno));
  int64_t asleep = asleep_ns();
  for (int i = 0; i < n; i++) received(bytes[i], messages[i].msg_len, &from[i], asleep);
  return n > 0 ? MORE : DRAINED;
}

/* ---- losses ---- */

static cpu_set_t allowed; /* the cpus that can be sounded */

static void sound(void)
{
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    cpu_set_t one;
    if (!CPU_ISSET(cpu, &allowed)) continue;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    if (sched_setaffinity(0, sizeof(one), &one) == 0) prctl(PR_SET_NAME, NAME);
  }
  sched_setaffinity(0, sizeof(allowed), &allowed);
}

static struct {
  enum { WELL, LOST, SOUNDED } state;
  int64_t since; /* when it came to be so */
} health;

static void become(int state)
{
  health.state = state;
  health.since = now(CLOCK_MONOTONIC);
}

static void overran(void)
{
  begin(LISTEN_OVERRUN, now(CLOCK_BOOTTIME));
  end();
  become(LOST);
}

/*
 * Once the socket is empty, until which the kernel puts nothing more there, has each cpu tell its number; and once that is
 * read, or after some time, tells who lives.
 */
static void heal(int is_empty)
{
  static int64_t seen_ns;
  int64_t passed = now(CLOCK_MONOTONIC) - health.since;
  if (health.state == LOST && is_empty && now(CLOCK_MONOTONIC) - seen_ns > HEAL_NS) {
    sound();
    become(SOUNDED);
  } else if (health.state == SOUNDED && (is_empty || passed > HEAL_NS)) {
    snapshot();
    seen_ns = now(CLOCK_MONOTONIC);
    become(WELL);
  }
}

/* ---- privileges ---- */

static void keep_only(uint32_t capabilities)
{
  struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct sets[2] = {{.effective = capabilities, .permitted = capabilities}};
  if (syscall(SYS_capset, &head, sets)) fail("cannot give up privileges: %s", strerror(errno));
}

/* /etc/passwd alone: a static program has no other name services. */
static struct passwd *user_of(const char *name)
{
  FILE *users = fopen("/etc/passwd", "re");
  if (!users) fail("/etc/passwd: %s", strerror(errno));
  for (struct passwd *each; (each = fgetpwent(users));)
    if (!strcmp(each->pw_name, name)) return each;
  fail("--user %s: not in /etc/passwd; try: useradd --system %s", name, name);
}

static void become_user(const struct passwd *user)
{
  if (user && (setgroups(1, &user->pw_gid) || setresgid(user->pw_gid, user->pw_gid, user->pw_gid) ||
               setresuid(user->pw_uid, user->pw_uid, user->pw_uid)))
    fail("cannot become %s: %s", user->pw_name, strerror(errno));
}

static void give_up_privileges(const struct passwd *user)
{
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability) >= 0; capability++)
    if (capability != CAP_SYS_PTRACE) prctl(PR_CAPBSET_DROP, capability);
  prctl(PR_SET_KEEPCAPS, 1);
  become_user(user);
  keep_only(1u << CAP_SYS_PTRACE);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* ---- the reader ---- */

static void start_reader(char **command, const struct passwd *user)
{
  int ends[2];
  if (pipe2(ends, O_CLOEXEC)) fail("no pipe: %s", strerror(errno));
  reader = fork();
  if (reader < 0) fail("cannot start %s: %s", *command, strerror(errno));
  if (!reader) {
    dup2(ends[0], STDIN_FILENO);
    become_user(user);
    execvp(*command, command);
    fail("cannot start %s: %s", *command, strerror(errno));
  }
  close(ends[0]);
  out = ends[1];
}

static void stop(int number)
{
  stopping = number;
}

/* Whoever reads to the end of its input ends by itself, unless it can't get rid of what it has read: then it is told to. */
static void await_reader(void)
{
  const struct timespec pause = {.tv_nsec = 20000000};
  int64_t end = now(CLOCK_MONOTONIC) + READER_NS;
  siginfo_t ended = {0};
  while (!ended.si_pid && now(CLOCK_MONOTONIC) < end) {
    waitid(P_PID, (id_t)reader, &ended, WEXITED | WNOHANG | WNOWAIT);
    if (!ended.si_pid) nanosleep(&pause, 0);
  }
  if (!ended.si_pid) kill(reader, stopping);
  reader_ended();
}

/* What was told till now is written. */
static int stopped(int fd)
{
  int64_t end = now(CLOCK_MONOTONIC) + DRAIN_NS;
  ask(fd, PROC_CN_MCAST_IGNORE);
  while (receive(fd) != DRAINED && now(CLOCK_MONOTONIC) < end) {}
  flush();
  close(out);
  if (reader) await_reader();
  return 0;
}

static int listen_on(int fd)
{
  int64_t ticked = 0;
  sound();
  snapshot();
  while (!stopping) {
    struct pollfd waits[] = {{.fd = fd, .events = POLLIN}, {.fd = out}};
    enum outcome outcome = receive(fd);
    if (outcome == OVERRUN) overran();
    heal(outcome == DRAINED);
    if (now(CLOCK_MONOTONIC) - ticked >= TICK_NS) {
      ticked = now(CLOCK_MONOTONIC);
      begin(LISTEN_TICK, now(CLOCK_BOOTTIME))->read_ns = now(CLOCK_REALTIME) - now(CLOCK_BOOTTIME);
      end();
    }
    if (outcome != DRAINED) continue;
    flush();
    poll(waits, 2, 200);
    if (waits[1].revents & (POLLERR | POLLHUP)) reader_ended();
  }
  return stopped(fd);
}

static void hello(int fd)
{
  int bytes;
  socklen_t size = sizeof(bytes);
  getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, &size);
  struct listen_record *record = begin(LISTEN_HELLO, now(CLOCK_BOOTTIME));
  record->a = (uint32_t)sysconf(_SC_CLK_TCK);
  record->b = (uint32_t)bytes;
  record->c = (uint32_t)CPU_COUNT(&allowed);
  record->pid = record->tid = (uint32_t)getpid();
  record->read_ns = now(CLOCK_REALTIME) - now(CLOCK_BOOTTIME);
  put(LISTEN_NAME, TASKTRAIL_VERSION, strlen(TASKTRAIL_VERSION));
  end();
}

/* ---- the command line ---- */

static const char help[] =
    "tasktrail-listen [OPTIONS] [--] [COMMAND [ARGUMENT...]]\n"
    "\n"
    "Tells the agent of forks, execs and exits where BPF can't be loaded, by the kernel's proc connector and /proc:\n"
    "records to standard output, or to the standard input of COMMAND, with which it ends. As in\n"
    "\n"
    "  tasktrail-listen --user tasktrail -- tasktrail agent --source proc --config agent.properties\n"
    "\n"
    "  --user USER    whom to become, and COMMAND too, once it is subscribed; it keeps CAP_SYS_PTRACE alone (root)\n"
    "  --buffer BYTES of the socket, 4096 to 268435456; what has no room there is lost, and counted (8388608)\n"
    "\n"
    "Exit status: that of COMMAND; without one 0 when it is told to end, 1 failed; 2 bad usage.\n";

static unsigned long parse_bytes(const char *option, const char *digits)
{
  char *rest;
  errno = 0;
  unsigned long value = strtoul(digits, &rest, 10);
  if (errno || *rest || rest == digits || *digits == '-' || value < BUFFER_MIN || value > BUFFER_MAX)
    misuse("%s %s: give a number from %lu to %lu", option, digits, BUFFER_MIN, BUFFER_MAX);
  return value;
}

static void parse(struct options *o, int argc, char **argv)
{
  static const struct option known[] = {{"user", 1, 0, 'u'}, {"buffer", 1, 0, 'b'}, {"help", 0, 0, '?'}, {0, 0, 0, 0}};
  opterr = 0;
  for (int c; (c = getopt_long(argc, argv, "+", known, 0)) != -1;) {
    switch (c) {
    case 'u': o->user = optarg; break;
    case 'b': o->buffer = parse_bytes("--buffer", optarg); break;
    default:
      if (optopt || strcmp(argv[optind - 1], "--help")) misuse("%s: unknown option or no value", argv[optind - 1]);
      fputs(help, stdout);
      exit(0);
    }
  }
  o->command = optind < argc ? argv + optind : 0;
  if (!o->command && isatty(out)) misuse("records are not for a terminal; give a COMMAND, or a pipe");
}

int main(int argc, char **argv)
{
  struct options o = {.buffer = BUFFER_DEFAULT};
  struct sigaction on_end = {.sa_handler = stop};
  parse(&o, argc, argv);
  if (geteuid()) fail("needs root: it subscribes to the proc connector");
  const struct passwd *user = o.user ? user_of(o.user) : 0;
  sched_getaffinity(0, sizeof(allowed), &allowed);
  int fd = subscribe(o.buffer);
  signal(SIGPIPE, SIG_IGN);
  if (o.command) start_reader(o.command, user);
  fcntl(out, F_SETPIPE_SZ, PIPE_BYTES);
  sigaction(SIGTERM, &on_end, 0);
  sigaction(SIGINT, &on_end, 0);
  ask(fd, PROC_CN_MCAST_LISTEN);
  give_up_privileges(user);
  hello(fd);
  return listen_on(fd);
}
