/// What the rest of the house relies on from Confluent's classes, shown without a registry or a
/// broker. This module has no code of its own and knows nothing of tasktrail's schemas.
package io.tasktrail.confluent;
