/// What the kernel's records do not say of kernel modules: the digests of their files, and which
/// modules the host shows as loaded, in one place or another. Knows nothing of the ring and of
/// publishing.
package io.tasktrail.agent.modules;
