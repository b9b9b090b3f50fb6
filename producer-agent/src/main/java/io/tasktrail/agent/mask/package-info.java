/// Masking: secrets in command lines become `***` before anything leaves this host.
///
/// Begin with [Masking]. What is a secret is data: [Rules], the shipped ones in `mask.rules` beside
/// this room.
///
///     arguments ──▶ CommandWords (which word is whose) ──▶ OptionPattern ─┐
///          └──────▶ Scan (byte by byte: names, tokens, addresses, keys) ──┴▶ Spans ──▶ ***
///
/// Works on bytes, without regular expressions: every byte is looked at a bounded number of times.
/// Pure: knows nothing of the ring, of publishing, of settings.
package io.tasktrail.agent.mask;
