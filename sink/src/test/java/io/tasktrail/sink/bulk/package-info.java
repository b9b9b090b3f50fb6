/// Tests of documents in a store.
package io.tasktrail.sink.bulk;
