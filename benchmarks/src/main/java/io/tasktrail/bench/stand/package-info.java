/// What every measurement stands on: the processes, the machine, waiting, arithmetic, tables. Knows
/// nothing of what is measured.
package io.tasktrail.bench.stand;
