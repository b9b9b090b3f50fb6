package io.tasktrail.bench.stand;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows under a head, as text: the first column to the left, figures to the right.
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /// A table without rows.
  public Table(String... head) {
    rows.add(List.of(head));
  }

  /// Adds a row.
  ///
  /// @param cells as many as the head has
  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /// A line below.
  public Table note(String text) {
    notes.add(text);
    return this;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }

  private String line(List<String> row) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> padded(row.get(column), width(column), column == 0))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String padded(String cell, int width, boolean left) {
    String space = " ".repeat(width - cell.length());
    return left ? cell + space : space + cell;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(line(row)).append('\n'));
    notes.forEach(note -> text.append(note).append('\n'));
    return text.toString();
  }
}
