// A definition on record: the document as applied, and who applied it, when and why.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uid.hpp"

namespace nines::slo {

struct DefinitionRecord {
  std::string kind;           ///< "SLO"
  std::string name;           ///< identity is (kind, name)
  std::string api_version;    ///< "openslo/v1"
  std::string path;           ///< file it came from, as it was named
  Json document;              ///< integers, decimal numbers as strings; members sorted
  std::int64_t revision = 0;  ///< from 1: how often it was applied or retired
  bool retired = false;
  std::string renamed_from;  ///< earlier name, when this revision renamed it
  std::string owner;
  std::string approver;
  std::string because;
  std::string actor;  ///< name of the person, or the uid once the name was erased
  Instant at;         ///< when it was applied or retired
  Uid tx;             ///< the command that did it
};

}  // namespace nines::slo
