/// Tests of the endpoint over HTTP on loopback.
package io.tasktrail.role.http;
