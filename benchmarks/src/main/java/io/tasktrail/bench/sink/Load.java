package io.tasktrail.bench.sink;

/// How both contestants ask the store.
///
/// @param requests on their way at once
/// @param documents of a request
/// @param bytes of a request, before it is compressed
record Load(int requests, int documents, int bytes) {

  /// The sink's defaults.
  static final Load OF_SINK = new Load(4, 2000, 5 << 20);
}
