package io.tasktrail.streams.chaos;

/// What may happen to the cluster.
enum Blow {
  /// An instance is killed, and started again.
  KILLED {
    @Override
    void strike(Cluster cluster, Instance struck) throws Exception {
      struck.kill();
      struck.start();
    }
  },
  /// An instance is killed, and started again on an empty directory.
  STATE_LOST {
    @Override
    void strike(Cluster cluster, Instance struck) throws Exception {
      struck.kill();
      struck.loseState();
      struck.start();
    }
  },
  /// An instance is ended in good order, and started again.
  RESTARTED {
    @Override
    void strike(Cluster cluster, Instance struck) throws Exception {
      struck.end();
      struck.start();
    }
  },
  /// An instance stands still until the group takes it for dead, and then goes on as if nothing had
  /// happened: what it was about to commit must not be.
  FROZEN {
    @Override
    void strike(Cluster cluster, Instance struck) throws Exception {
      cluster.awaitMembers(Cluster.INSTANCES);
      struck.freeze();
      try {
        cluster.awaitMembers(Cluster.INSTANCES - 1);
      } finally {
        struck.thaw();
      }
    }
  },
  /// The broker is killed, and started again on its port and data.
  BROKER_KILLED {
    @Override
    void strike(Cluster cluster, Instance struck) throws Exception {
      cluster.restartBroker();
    }
  };

  /// @param struck the instance that it is about, if it is about one
  abstract void strike(Cluster cluster, Instance struck) throws Exception;
}
