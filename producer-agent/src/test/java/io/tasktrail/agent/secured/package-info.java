/// A broker that asks who somebody is and what they may do, and the certificates for it: for tests
/// of whatever has to live with that.
package io.tasktrail.agent.secured;
