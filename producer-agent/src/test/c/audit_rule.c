// SPDX-License-Identifier: Apache-2.0
/* Has the kernel audit the system calls that load and remove modules, with the key "mod-load": it prints the records itself
 * where no auditd runs. */
#include <linux/audit.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char key[] = "mod-load";

struct request {
  struct nlmsghdr header;
  struct audit_rule_data rule;
  char key[sizeof(key) - 1];
};

static void audit(struct audit_rule_data *rule, unsigned call)
{
  rule->mask[AUDIT_WORD(call)] |= AUDIT_BIT(call);
}

int main(void)
{
  struct request request = {.header = {.nlmsg_type = AUDIT_ADD_RULE, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK}};
  struct audit_rule_data *rule = &request.rule;
  struct {
    struct nlmsghdr header;
    struct nlmsgerr error;
  } answer = {0};
  int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT);
  rule->flags = AUDIT_FILTER_EXIT;
  rule->action = AUDIT_ALWAYS;
  rule->field_count = 1;
  rule->fields[0] = AUDIT_FILTERKEY;
  rule->fieldflags[0] = AUDIT_EQUAL;
  rule->values[0] = rule->buflen = sizeof(request.key);
  memcpy((char *)rule + sizeof(*rule), key, sizeof(request.key));
  audit(rule, SYS_init_module);
  audit(rule, SYS_finit_module);
  audit(rule, SYS_delete_module);
  request.header.nlmsg_len = NLMSG_LENGTH(sizeof(*rule) + sizeof(request.key));
  if (send(fd, &request, request.header.nlmsg_len, 0) < 0 || recv(fd, &answer, sizeof(answer), 0) < 0 || answer.error.error) {
    fprintf(stderr, "audit_rule: not added: %d\n", answer.error.error);
    return 1;
  }
  return 0;
}
