package io.tasktrail.wire;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import java.util.List;

/// Arguments: four fields in a row, and one, elsewhere, for the rules by which they were masked.
final class ArgumentsForm {

  private ArgumentsForm() {}

  static void write(Arguments arguments, AvroOutput out) {
    List<ByteText> values = arguments.values();
    out.items(values.size());
    for (int i = 0; i < values.size(); i++) {
      out.text(values.get(i));
    }
    out.endOfItems();
    out.number(arguments.count());
    out.number(arguments.bytes());
    out.flag(arguments.truncated());
  }

  static Arguments read(AvroInput in) {
    return new Arguments(in.list(AvroInput::text), in.number(), in.number(), in.flag());
  }

  static void writeRules(Arguments arguments, AvroOutput out) {
    List<String> maskedBy = arguments.maskedBy();
    out.items(maskedBy.size());
    for (int i = 0; i < maskedBy.size(); i++) {
      out.text(maskedBy.get(i));
    }
    out.endOfItems();
  }

  /// The arguments with the rules that follow.
  static Arguments readRules(Arguments arguments, AvroInput in) {
    List<String> maskedBy = in.list(AvroInput::string);
    return maskedBy.isEmpty() ? arguments : arguments.masked(arguments.values(), maskedBy);
  }
}
