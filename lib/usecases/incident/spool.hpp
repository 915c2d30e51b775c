// Lines that could not go into a store at once: kept safe, and folded in by a later command.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "domain/incident/model.hpp"

namespace nines::usecases {

/// A line of a timeline that waits. Its entry keeps its identity, so that it is never taken twice.
struct SpooledLine {
  incident::Entry entry;
  std::string actor;
  std::filesystem::path store = {};  ///< file it was meant for; empty: none was found
  std::optional<Uid> incident = {};  ///< none: whichever is opened or chosen next
};

/// One file per line under "log-spool" in the state folder, so that writers never meet.
class Spool {
 public:
  explicit Spool(const std::filesystem::path& state_folder);

  /// On disk when it returns. Throws Error{io}, or Error{config} without a state folder.
  void add(const SpooledLine& line) const;
  std::vector<SpooledLine> lines() const;  ///< in the order of recording
  void drop(const SpooledLine& line) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace nines::usecases
