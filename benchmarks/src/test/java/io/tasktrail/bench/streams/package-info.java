/// The arithmetic of the benchmarks.
package io.tasktrail.bench.streams;
