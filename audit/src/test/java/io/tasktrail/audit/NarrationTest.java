package io.tasktrail.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NarrationTest {

  @Test
  void anExecIsToldWithWhatItsRecordsHold() {
    Fact.Executed exec =
        Told.of(new Log().exec(1, 50, "ls", "-l").lines()).all(Fact.Executed.class).getFirst();

    assertThat(exec.arguments().values())
        .extracting(ByteText::toString)
        .containsExactly("ls", "-l");
    assertThat(exec.arguments().count()).isEqualTo(2);
    assertThat(exec.arguments().bytes()).isEqualTo(6);
    assertThat(exec.arguments().truncated()).isFalse();
    assertThat(exec.image().executable()).hasToString("/usr/bin/ls");
    assertThat(exec.image().inode()).isEqualTo(77);
    assertThat(exec.image().device()).isEqualTo(8 << 20 | 1);
    assertThat(exec.place().cwd()).hasToString("/root");
    assertThat(exec.place().tty()).isEqualTo("pts0");
    assertThat(exec.actor().credentials().auid()).isEqualTo(1000);
  }

  @Test
  void aLineageOfForksAndExecsIsInferred() {
    Told told =
        Told.of(
            new Log()
                .exec(1, 50, "sshd")
                .fork(1, 50, 60, "sshd")
                .exec(50, 60, "bash")
                .fork(50, 60, 70, "bash")
                .exec(60, 70, "ls")
                .exit(60, 70, "ls", 2)
                .lines());

    assertThat(told.lastHistory()).isEqualTo("sshd bash ls");
    History history = told.folded().getLast().task().orElseThrow().history();
    assertThat(history.completeness()).isEqualTo(Completeness.INFERRED);
    assertThat(history.missingLinks()).isEqualTo(1);
    assertThat(told.all(Fact.Exited.class).getFirst().code()).hasValue(2);
  }

  @Test
  void withoutRulesForForksAHistoryIsLentByTheParent() {
    Told told =
        Told.of(new Log().exec(1, 50, "sshd").exec(50, 60, "bash").exec(60, 70, "ls").lines());

    assertThat(told.lastHistory()).isEqualTo("sshd bash ls");
  }

  @Test
  void aChildThatExecutedBeforeItsVforkReturnedKeepsItsExec() {
    Told told =
        Told.of(
            new Log()
                .exec(1, 50, "make")
                .exec(50, 60, "cc")
                .forkCalled(-15, 1, 50, 60, "make")
                .exit(50, 60, "cc", 0)
                .lines());

    assertThat(told.lastHistory()).isEqualTo("make cc");
    assertThat(told.tally().lateForks()).isEqualTo(1);
  }

  @Test
  void aChildThatEndedBeforeItsForkReturnedIsNotBornAgain() {
    Told told =
        Told.of(
            new Log()
                .exec(1, 50, "sh")
                .exec(50, 60, "true")
                .exit(50, 60, "true", 0)
                .forkCalled(-20, 1, 50, 60, "sh")
                .lines());

    assertThat(told.all(Fact.Forked.class)).isEmpty();
    assertThat(told.lastHistory()).isEqualTo("sh true");
  }

  @Test
  void aTaskThatOnlyActsIsFoundAliveWithItsImage() {
    Log log = new Log();
    log.next().syscall(257, "success=yes exit=3", 1, 50, "httpd", "a0=1 a1=2 a2=3 a3=4");

    Told told = Told.of(log.lines());

    assertThat(told.lastHistory()).isEqualTo("httpd");
    assertThat(told.folded().getLast().task().orElseThrow().history().completeness())
        .isEqualTo(Completeness.SINCE_SNAPSHOT);
  }

  @Test
  void auditdsOwnSerialsAreNoGap() {
    Told told =
        Told.of(
            "type=DAEMON_START msg=audit(1700000000.000:9): op=start pid=7 uid=0 res=success",
            new Log().next().head("USER_LOGIN") + " pid=5 uid=0 auid=0 ses=1 msg='res=success'");

    assertThat(told.tally().missingSerials()).isZero();
    assertThat(told.tally().events()).isEqualTo(2);
  }

  @Test
  void aPidThatEndedIsAnotherTask() {
    Told told =
        Told.of(new Log().exec(1, 50, "sshd").exit(1, 50, "sshd", 0).exec(1, 50, "cron").lines());

    assertThat(told.lastHistory()).isEqualTo("cron");
  }

  @Test
  void aThreadIsNoTask() {
    Log log = new Log().exec(1, 50, "java");
    log.next().syscall(56, "success=yes exit=51", 1, 50, "java", "a0=3d0f00 a1=0 a2=0 a3=0");

    Told told = Told.of(log.lines());

    assertThat(told.all(Fact.Forked.class)).isEmpty();
    assertThat(told.tally().threadEvents()).isEqualTo(1);
  }

  @Test
  void whatClone3MadeIsATaskOnceItActs() {
    Log log = new Log().exec(1, 50, "bash");
    log.next().syscall(435, "success=yes exit=51", 1, 50, "bash", "a0=7ffc a1=58 a2=0 a3=0");
    log.next().syscall(435, "success=yes exit=52", 1, 50, "bash", "a0=7ffc a1=58 a2=0 a3=0");
    log.exec(50, 52, "ls");

    Told told = Told.of(log.lines());

    assertThat(told.all(Fact.Forked.class)).extracting(f -> f.child().pid()).containsExactly(52);
    assertThat(told.lastHistory()).isEqualTo("bash ls");
  }

  @Test
  void aRefusedExecIsNone() {
    Log log = new Log();
    log.next().syscall(59, "success=no exit=-2", 1, 50, "bash", "a0=1 a1=2 a2=3 a3=4");
    log.add("PATH", "item=0 name=\"/nowhere\" nametype=UNKNOWN");

    Fact.ExecFailed failed = Told.of(log.lines()).all(Fact.ExecFailed.class).getFirst();

    assertThat(failed.errno()).isEqualTo(2);
    assertThat(failed.filename()).hasToString("/nowhere");
  }

  @Test
  void aKillNamesItsTargetAndWhatOnlyAsksDoesNot() {
    Log log = new Log().exec(1, 50, "sleep");
    log.next().syscall(62, "success=yes exit=0", 1, 60, "bash", "a0=32 a1=0 a2=0 a3=0");
    log.next().syscall(62, "success=yes exit=0", 1, 60, "bash", "a0=32 a1=9 a2=0 a3=0");
    log.add("OBJ_PID", "opid=50 oauid=1000 ouid=1000 oses=3 ocomm=\"sleep\"");

    List<Fact.Signalled> signals = Told.of(log.lines()).all(Fact.Signalled.class);

    assertThat(signals).hasSize(1);
    assertThat(signals.getFirst().signal()).isEqualTo(9);
    assertThat(signals.getFirst().target().pid()).isEqualTo(50);
  }

  @Test
  void anAbnormalEndIsADeathBySignalAndARecord() {
    Log log = new Log().exec(1, 50, "crash");
    log.next()
        .add(
            "ANOM_ABEND",
            "auid=4294967295 uid=48 gid=48 ses=3 pid=50 comm=\"crash\" reason=\"memory violation\" sig=11");

    Told told = Told.of(log.lines());

    assertThat(told.all(Fact.Exited.class).getFirst().signal()).hasValue(11);
    assertThat(told.all(Fact.AuditRecord.class).getFirst().types()).containsExactly("ANOM_ABEND");
    assertThat(told.lastHistory()).isEqualTo("crash");
  }

  /// ausearch 3.0.9 calls an rmmod with a KERN_MODULE record a load.
  @ParameterizedTest
  @CsvSource({
    "313,yes,0,ModuleLoaded",
    "175,yes,0,ModuleLoaded",
    "313,no,-17,ModuleLoadFailed",
    "176,yes,0,ModuleUnloaded",
    "176,no,-11,AuditRecord"
  })
  void modulesAreLabelledByWhatHappened(int call, String success, int exit, String kind) {
    Log log = new Log();
    log.next()
        .syscall(
            call, "success=" + success + " exit=" + exit, 1, 50, "insmod", "a0=3 a1=0 a2=0 a3=0");
    log.add("KERN_MODULE", "name=\"dummy\"");

    assertThat(Told.of(log.lines()).events())
        .extracting(event -> event.fact().getClass().getSimpleName())
        .containsExactly("TaskSeen", kind);
  }

  @Test
  void aRecordOfAProgramLeavesWithTheHistoryAndWithoutItsCommand() {
    Log log = new Log().exec(1, 50, "bash").exec(50, 60, "sudo");
    log.next()
        .add(
            "USER_CMD",
            "pid=60 uid=1000 auid=1000 ses=3 msg='cwd=\"/root\" cmd=6D7973716C202D7053454352 terminal=pts/0 res=success'");

    Told told = Told.of(log.lines());
    Fact.AuditRecord record = told.all(Fact.AuditRecord.class).getFirst();

    assertThat(told.lastHistory()).isEqualTo("bash sudo");
    assertThat(record.outcome()).isEqualTo(Fact.AuditOutcome.SUCCESS);
    assertThat(record.command().values())
        .extracting(ByteText::toString)
        .containsExactly("mysql", "-pSECR");
    assertThat(record.text().toString()).contains("cmd=(withheld)").doesNotContain("6D7973716C");
  }

  @Test
  void aWatchedFileIsFiledUnderItsKeys() {
    Log log = new Log();
    log.next()
        .add(
            "SYSCALL",
            "arch=c000003e syscall=257 success=yes exit=3 ppid=1 pid=50 auid=4294967295 uid=0 ses=4294967295 comm=\"cat\" exe=\"/bin/cat\" key=73686164616F0177617463");

    Fact.AuditRecord record = Told.of(log.lines()).all(Fact.AuditRecord.class).getFirst();

    assertThat(record.keys()).extracting(ByteText::toString).containsExactly("shadao", "watc");
    assertThat(record.actor().credentials().auid()).isEqualTo(Credentials.UNSET);
  }

  @Test
  void argumentsOfAnExecDoNotStandInTheTextOfItsRecords() {
    Log log = new Log();
    log.next()
        .add(
            "SYSCALL",
            "arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=50 ses=3 comm=\"mysql\" exe=\"/bin/mysql\" key=\"commands\"");
    log.add("EXECVE", "argc=2 a0=\"mysql\" a1=\"-pSECRET\"");
    log.add("PROCTITLE", "proctitle=6D7973716C002D70534543524554");

    String text = Told.of(log.lines()).all(Fact.AuditRecord.class).getFirst().text().toString();

    assertThat(text).contains("argc=2 a0=(withheld)").doesNotContain("SECRET", "534543524554");
  }

  @ParameterizedTest
  @CsvSource({
    "c000003e,59",
    "c000003e,322",
    "40000003,11",
    "40000003,358",
    "c00000b7,221",
    "c00000b7,281"
  })
  void anExecIsKnownByArchitectureAndNumber(String arch, int number) {
    Told told =
        Told.of(
            new Log().next().head("SYSCALL")
                + " arch="
                + arch
                + " syscall="
                + number
                + " success=yes exit=0 ppid=1 pid=5 comm=\"a\" exe=\"/a\"");

    assertThat(told.all(Fact.Executed.class)).hasSize(1);
  }

  @Test
  void aLowerSerialMuchLaterIsANewBoot() {
    Told told =
        Told.of(
            "type=SYSCALL msg=audit(1700000000.000:900): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=5 comm=\"a\" exe=\"/a\"",
            "type=SYSCALL msg=audit(1700000100.000:4): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=5 comm=\"b\" exe=\"/b\"");

    assertThat(told.events()).extracting(event -> event.header().boot()).doesNotHaveDuplicates();
    assertThat(told.tally().missingSerials()).isZero();
    assertThat(told.lastHistory()).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource({"0,0,false", "1000,1000,true", "1000,0,true"})
  void capabilitiesOfAFileMakeAnExecSecureButForRoot(int uid, int euid, boolean secure) {
    Log log = new Log().next();
    log.add(
        "SYSCALL",
        "arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=5 uid=%d euid=%d exe=\"/a\""
            .formatted(uid, euid));
    log.add("BPRM_FCAPS", "fver=0 fp=0 fi=0 fe=0");

    assertThat(Told.of(log.lines()).all(Fact.Executed.class).getFirst().image().secure())
        .isEqualTo(secure);
  }
}
