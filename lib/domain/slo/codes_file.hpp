// Findings about a file as text and as YAML.
#pragma once

#include "domain/slo/codes.hpp"

namespace nines::slo {

// One member per line, so that a page reads as a page; in the order of Code.
// clang-format off
inline constexpr CodePage kFilePages[] = {
    {Code::yaml_syntax, "YAML_SYNTAX", "the file is not valid YAML",
     "The parser stopped here, and nothing below this place was read. Most often the indentation "
     "does not match the lines above, a bracket is not closed, or a text that holds a colon and a "
     "blank needs quotes.",
     "  name: checkout: availability",
     "  name: checkout-availability"},
    {Code::unterminated_quote, "UNTERMINATED_QUOTE", "a quote is opened and never closed",
     "Everything up to the end of the file would belong to this text, so reading stops at the "
     "opening quote.",
     "      target: '0.999",
     "      target: 0.999"},
    {Code::tab_indent, "TAB_INDENT", "a tab stands where YAML wants spaces",
     "YAML forbids tabs in indentation, because their width depends on the editor.",
     "\tname: checkout-availability",
     "  name: checkout-availability"},
    {Code::bad_utf8, "BAD_UTF8", "the text is not valid UTF-8",
     "Files in UTF-16 or Latin-1 look right in some editors but hold other bytes than YAML "
     "expects. Save the file as UTF-8.",
     "",
     ""},
    {Code::control_character, "CONTROL_CHARACTER", "the text holds a character that YAML does not allow",
     "NUL, escape and other control characters are not visible and never wanted in a definition. "
     "Write them as escapes inside double quotes if they are.",
     "",
     ""},
    {Code::too_large, "TOO_LARGE", "the file is larger than definitions get",
     "Files above 1 MiB are not read, so that a wrong file name cannot fill the memory. Split the "
     "file.",
     "",
     ""},
    {Code::too_deep, "TOO_DEEP", "values are nested too deeply",
     "No definition needs more than 64 levels; such a file is broken or hostile.",
     "",
     ""},
    {Code::too_many_nodes, "TOO_MANY_NODES", "the file holds too many values",
     "A file may hold 100,000 values, with every alias counted as what it stands for. A few lines "
     "of aliases to aliases can stand for billions.",
     "",
     ""},
    {Code::too_many_findings, "TOO_MANY_FINDINGS", "the file has more findings than are shown",
     "After 300 findings the rest of one file is left out. Mend the first ones; many of the others "
     "often go with them.",
     "",
     ""},
    {Code::alias_cycle, "ALIAS_CYCLE", "an alias stands inside the value it names",
     "A value cannot contain itself, directly or through others.",
     "  service: &all [*all]",
     "  service: checkout"},
    {Code::alias_unknown, "ALIAS_UNKNOWN", "an alias names no anchor",
     "An alias (*name) repeats the value that an anchor (&name) marks earlier in the same "
     "document.",
     "  service: *common",
     "  service: checkout"},
    {Code::merge_key, "MERGE_KEY", "merge keys are not allowed",
     "The merge key << is no part of YAML 1.2, tools disagree about it, and it hides what a "
     "definition says. Write the members out, or repeat a whole value by an alias.",
     "    <<: {team: payments}",
     "    team: payments"},
    {Code::tag_refused, "TAG_REFUSED", "tags are not allowed",
     "A tag such as !!str tries to set the type of a value. Here the type comes from the field; "
     "text is put in quotes.",
     "  name: !!str checkout-availability",
     "  name: checkout-availability"},
    {Code::duplicate_key, "DUPLICATE_KEY", "a key stands twice in one map",
     "Only one of the two values could count, and tools differ in which.",
     R"(  service: checkout
  service: cart)",
     "  service: checkout"},
    {Code::key_not_text, "KEY_NOT_TEXT", "a key is not a single word or text",
     "Keys of definitions are names. A list or a map as a key is legal YAML but means nothing "
     "here.",
     R"(  ? [service]
  : checkout)",
     "  service: checkout"},
    {Code::reserved_key, "RESERVED_KEY", "the key is kept for the record format",
     "The record of definitions marks some texts with the key $text, so documents cannot use it "
     "themselves.",
     "    $text: payments",
     "    team: payments"},
    {Code::empty_file, "EMPTY_FILE", "the file holds no definition",
     "An empty file, or one of comments only, is probably a mistake.",
     "",
     ""},
};
// clang-format on

}  // namespace nines::slo
