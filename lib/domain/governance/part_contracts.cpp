// Part 3: what vendors promise and until when; credits and claims once contracts are on record.
#include <algorithm>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "domain/governance/parts.hpp"

namespace nines::governance {
namespace {

/// The earliest notice that contracts commonly ask for, with the time to prepare.
constexpr std::chrono::days kReviewAhead{180};

std::string users_of(const Material& material, const std::string& vendor) {
  std::vector<std::string> users;
  for (const auto& [name, service] : material.services) {
    const bool depends = service.vendor == vendor ||
                         std::any_of(service.dependencies.begin(), service.dependencies.end(),
                                     [&](const auto& dependency) {
                                       return dependency.vendor && dependency.on == vendor;
                                     });
    if (depends) users.push_back(name);
  }
  return users.empty() ? "-" : join(users, ", ");
}

}  // namespace

Part part_of_contracts(const Material& material) {
  Part part{3, "Contracts", material.first.definition};
  part.say(
      "Contracts with customers, credits owed and credits claimable are not recorded yet: no "
      "agreement is on record, which does not mean that there is none.",
      Mood::warn);
  if (material.vendors.empty()) {
    part.say("No vendor is defined.");
    return part;
  }
  Grid grid{"Vendors",
            {{"vendor", false, true},
             {"promises %", true},
             {"contract", false, true},
             {"term ends"},
             {"used by", false, true}},
            {}};
  for (const auto& [name, vendor] : material.vendors) {
    const bool soon = vendor.until && Instant{*vendor.until} < material.until + kReviewAhead;
    grid.rows.push_back({name, vendor.sla ? vendor.sla->percent_text() : "not known",
                         vendor.contract.empty() ? "not known" : vendor.contract,
                         vendor.until
                             ? GridCell(format_day(*vendor.until), soon ? Mood::warn : Mood::plain)
                             : GridCell("not known"),
                         users_of(material, name)});
    if (soon)
      part.say(
          fmt::format("The term of {} ends on {}: notice is commonly due 30 to 90 days before.",
                      name, format_day(*vendor.until)),
          Mood::warn);
  }
  part.grids.push_back(std::move(grid));
  return part;
}

}  // namespace nines::governance
