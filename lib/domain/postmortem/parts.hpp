// The parts a postmortem is told in, and which of them a heading opens.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace nines::postmortem {

enum class Part : std::uint8_t {
  other,
  summary,
  impact,
  timeline,
  surprises,
  factors,
  went_well,
  luck,
  questions,
  actions
};

std::string_view to_string(Part part);   ///< "went-well"
std::string_view heading_of(Part part);  ///< "What went well"; empty for other
std::vector<Part> written_parts();       ///< in the order a new document tells them
/// By its words, any case: "Action items", "Lessons: what went well"; other when it names none.
Part part_of_heading(std::string_view heading);

}  // namespace nines::postmortem
