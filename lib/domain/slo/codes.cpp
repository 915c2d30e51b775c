// Joins the pages of all families of findings into one list, in the order of their codes.
#include "domain/slo/codes.hpp"

#include <algorithm>
#include <array>

#include "domain/slo/codes_definitions.hpp"
#include "domain/slo/codes_document.hpp"
#include "domain/slo/codes_file.hpp"
#include "domain/slo/codes_kinds.hpp"
#include "domain/slo/codes_openslo.hpp"
#include "domain/slo/codes_rules.hpp"
#include "domain/slo/codes_timeline.hpp"
#include "domain/slo/codes_wording.hpp"

namespace nines::slo {

namespace {

constexpr std::size_t kCount = static_cast<std::size_t>(Code::name_left) + 1;

template <std::size_t... Sizes>
constexpr std::array<CodePage, kCount> all_pages(const CodePage (&... families)[Sizes]) {
  static_assert((Sizes + ...) == kCount);
  std::array<CodePage, kCount> all{};
  auto* next = all.data();
  ((next = std::copy(std::begin(families), std::end(families), next)), ...);
  return all;
}

constexpr auto kPages = all_pages(kFilePages, kDocumentPages, kOpensloPages, kDefinitionPages,
                                  kRulePages, kKindPages, kTimelinePages, kWordingPages);

constexpr bool in_order() {
  for (std::size_t i = 0; i < kPages.size(); ++i)
    if (static_cast<std::size_t>(kPages[i].code) != i) return false;
  return true;
}
static_assert(in_order());

char normal(char c) {
  if (c == '-') return '_';
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::span<const CodePage> code_pages() { return kPages; }

std::string_view name_of(Code code) { return kPages[static_cast<std::size_t>(code)].name; }

const CodePage* find_code_page(std::string_view name) {
  const auto found = std::find_if(std::begin(kPages), std::end(kPages), [&](const CodePage& page) {
    return std::equal(page.name.begin(), page.name.end(), name.begin(), name.end(),
                      [](char a, char b) { return a == normal(b); });
  });
  return found == std::end(kPages) ? nullptr : found;
}

}  // namespace nines::slo
