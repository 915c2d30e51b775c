// In canonical JSON a quote within a text is escaped, so that no text can look like a member.
#include "domain/log/confidential.hpp"

#include <algorithm>
#include <array>

namespace nines::log {

bool is_confidential(std::string_view header, std::string_view body) {
  constexpr std::array<std::string_view, 3> kMarks{
      R"("visibility":"privileged")", R"("class":"privileged")", R"("class":"personal")"};
  return header.find(R"("kind":"actor.named")") != std::string_view::npos ||
         std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
           return body.find(mark) != std::string_view::npos;
         });
}

}  // namespace nines::log
