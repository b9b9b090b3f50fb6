/// A real OpenSearch on loopback, in a process of its own: tests and benchmarks start it with
/// nothing but the jars of this module, so that its Lucene, its Jackson and its Netty never meet
/// tasktrail's. It has neither TLS nor users: those are in OpenSearch's security plugin, which
/// Central does not have.
///
/// Knows nothing of tasktrail, and is part of no package.
package io.tasktrail.opensearch;
