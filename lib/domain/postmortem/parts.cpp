// Headings as teams write them: the words that tell the parts apart.
#include "domain/postmortem/parts.hpp"

#include <array>
#include <utility>

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::postmortem {
namespace {

constexpr EnumNames<Part, 10> kParts{{"other", "summary", "impact", "timeline", "surprises",
                                      "factors", "went-well", "luck", "questions", "actions"}};

/// The first that occurs decides: longer phrases stand before the words they hold.
constexpr std::pair<std::string_view, Part> kHeadingWords[] = {
    {"went well", Part::went_well},
    {"worked well", Part::went_well},
    {"lucky", Part::luck},
    {"luck", Part::luck},
    {"surpris", Part::surprises},
    {"open question", Part::questions},
    {"questions", Part::questions},
    {"action", Part::actions},
    {"follow-up", Part::actions},
    {"follow up", Part::actions},
    {"next step", Part::actions},
    {"remediation", Part::actions},
    {"preventive measure", Part::actions},
    {"prevention", Part::actions},
    {"to do", Part::actions},
    {"timeline", Part::timeline},
    {"key event", Part::timeline},
    {"chronolog", Part::timeline},
    {"contributing", Part::factors},
    {"factor", Part::factors},
    {"root cause", Part::factors},
    {"cause", Part::factors},
    {"analysis", Part::factors},
    {"went wrong", Part::factors},
    {"impact", Part::impact},
    {"summary", Part::summary},
    {"overview", Part::summary},
};

}  // namespace

std::string_view to_string(Part part) { return kParts.of(part); }

std::string_view heading_of(Part part) {
  constexpr std::array<std::string_view, 10> kHeadings{"",
                                                       "Summary",
                                                       "Impact",
                                                       "Timeline",
                                                       "What surprised us",
                                                       "Contributing factors",
                                                       "What went well",
                                                       "Where we got lucky",
                                                       "Open questions",
                                                       "Actions"};
  return kHeadings.at(static_cast<std::size_t>(part));
}

std::vector<Part> written_parts() {
  return {Part::summary,   Part::impact, Part::timeline,  Part::surprises, Part::factors,
          Part::went_well, Part::luck,   Part::questions, Part::actions};
}

Part part_of_heading(std::string_view heading) {
  const auto lower = to_lower_ascii(heading);
  for (const auto& [words, part] : kHeadingWords)
    if (lower.find(words) != std::string::npos) return part;
  return Part::other;
}

}  // namespace nines::postmortem
