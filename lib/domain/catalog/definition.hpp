// What a service and a vendor are, as their definitions state it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/time.hpp"

namespace nines::catalog {

using StringMap = std::map<std::string, std::string>;

/// Hard: when it is down, so are we. Soft: we degrade.
enum class Dependence { hard, soft };

struct Dependency {
  std::string on;  ///< name of the service or vendor
  bool vendor = false;
  Dependence kind = Dependence::hard;
  std::optional<Day> since;  ///< no day: always

  friend bool operator==(const Dependency&, const Dependency&) = default;
};

/// What a minute of full outage costs, and who says so.
struct BadMinuteCost {
  Decimal amount;
  std::string currency;  ///< ISO 4217: "EUR"
  std::string source;

  friend bool operator==(const BadMinuteCost&, const BadMinuteCost&) = default;
};

struct Service {
  std::string name;
  std::string display_name;
  std::string description;
  std::optional<std::int64_t> tier;  ///< 0 (most important) to 4
  std::string owner;                 ///< team
  std::string vendor;                ///< when somebody else runs it
  std::vector<Dependency> dependencies;
  std::optional<BadMinuteCost> cost;
  StringMap labels;
  StringMap annotations;

  friend bool operator==(const Service&, const Service&) = default;
};

struct Vendor {
  std::string name;
  std::string display_name;
  std::string description;
  std::string contract;      ///< reference of the contract
  std::optional<Day> from;   ///< first day of its term
  std::optional<Day> until;  ///< last day of its term
  std::optional<Ratio> sla;  ///< what the contract promises
  StringMap labels;
  StringMap annotations;

  friend bool operator==(const Vendor&, const Vendor&) = default;
};

}  // namespace nines::catalog
