// Any text read as a postmortem keeps its bytes, and gives findings with places inside of it.
#include "check.hpp"
#include "domain/postmortem/document.hpp"
#include "domain/postmortem/prose.hpp"
#include "domain/postmortem/rendering.hpp"
#include "domain/postmortem/wording.hpp"

namespace {

using namespace nines;

void check_findings(const Findings& findings, std::string_view text) {
  for (const auto& one : findings) {
    fuzz::check(!one.code.empty() && !one.hint.empty(), "a finding has a code and a hint");
    fuzz::check(one.span.line >= 1 && one.span.byte_begin <= one.span.byte_end &&
                    one.span.byte_end <= text.size(),
                "a finding lies in the text");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto prose = postmortem::read_prose(text);
  for (const auto& block : prose.blocks)
    for (const auto& sentence : block.sentences)
      for (const auto& token : sentence)
        fuzz::check(token.begin < token.end && token.end <= text.size(), "a token is a stretch");
  check_findings(postmortem::check_wording(text, {{"Ada"}, true}).findings, text);
  std::size_t at = 0;
  for (const auto& section : postmortem::sections_of(text)) {
    fuzz::check(section.begin >= at && section.begin <= section.end && section.end <= text.size(),
                "sections come one after another");
    at = section.begin;
  }
  if (!postmortem::front_value(text, "revision")) {
    const auto out = postmortem::with_front(text, "revision", "3-9f2c1a");
    fuzz::check(postmortem::front_value(out, "revision") == "3-9f2c1a", "a key is read back");
    if (postmortem::body_of(text).size() != text.size())
      fuzz::check(postmortem::without_front(out, "revision") == text, "and is taken out again");
  }
  if (const auto renewed = postmortem::with_region(text, "facts", "- a\n"))
    fuzz::check(postmortem::with_region(*renewed, "facts", "- a\n") == renewed,
                "a stretch is renewed once");
  incident::Record record;
  record.head.name = "INC-4";
  record.roles = {{"commander", "ada", {}, {}}};
  const auto identities =
      postmortem::identities_in(text, record, {{"ada", "Ada Lovelace", {"ada@shop.example"}}});
  for (const auto audience : {postmortem::Audience::roles, postmortem::Audience::open}) {
    const auto out = postmortem::rendered(text, audience, identities);
    check_findings(postmortem::leaks_in(out, audience, identities), out);
  }
  return 0;
}
