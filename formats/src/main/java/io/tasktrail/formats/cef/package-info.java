/// ArcSight's Common Event Format, which most SIEMs read. Knows nothing of other formats.
package io.tasktrail.formats.cef;
