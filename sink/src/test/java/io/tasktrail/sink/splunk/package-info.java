/// The collector's stub is tested, too: [StubHecTest].
package io.tasktrail.sink.splunk;
