package io.tasktrail.bench.sink;

/// What it took to bring documents into the store, once a part of them was there.
///
/// @param cpuSeconds of who brought them
/// @param storeCpuSeconds of the store meanwhile
/// @param anonMib memory of its own that who brought them had in the end; 0 of the yardstick
record Cost(
    long documents, double wallSeconds, double cpuSeconds, double storeCpuSeconds, double anonMib) {

  double documentsPerSecond() {
    return documents / wallSeconds;
  }

  double cpuSecondsPerMillion() {
    return cpuSeconds * 1e6 / documents;
  }

  double storeCpuSecondsPerMillion() {
    return storeCpuSeconds * 1e6 / documents;
  }
}
