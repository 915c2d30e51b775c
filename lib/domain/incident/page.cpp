// The names of what can come of a page.
#include "domain/incident/page.hpp"

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<PageResult, 5> kResults{
    {"intended", "sent", "failed", "simulated", "unresolved"}};

}  // namespace

std::string_view to_string(PageResult result) { return kResults.of(result); }
std::optional<PageResult> page_result_from(std::string_view text) { return kResults.find(text); }

}  // namespace nines::incident
