// Rows of named cells as timeline entries: what CSV and JSON lines have in common.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/document_time.hpp"
#include "ingest/foreign.hpp"
#include "ingest/remarks.hpp"

namespace nines::ingest {

/// Cells by the names that the source gives them.
using Cells = std::vector<std::pair<std::string, std::string>>;

/// What a column means, by the names people give it: "time", "text", "author", "kind", "id",
/// "zone", "recorded", "date", "incident", "title"; empty when it is none of them.
std::string_view meaning_of(std::string_view column);

/// Collects rows into incidents: one, or one for each value of an "incident" column.
class EntryRows {
 public:
  EntryRows(const ForeignInput& input, std::string system);

  void state_zone(std::string_view word) { times_.state_zone(word); }
  void add(const Cells& cells, int line, std::string raw);
  ForeignDocument finish();

 private:
  ForeignIncident& incident_of(const std::map<std::string_view, std::string>& row);

  const ForeignInput& input_;
  std::string system_;
  DocumentTime times_;
  Remarks remarks_;
  std::vector<ForeignIncident> incidents_;
  std::map<std::string, std::size_t> place_;
  std::size_t entries_ = 0;
};

/// The name of a file without folder and ending; empty for standard input.
std::string base_name(std::string_view name);

/// Names a source without a name of its own: by its first entry, which stays when it grows.
std::string reference_of(const ForeignIncident& one);

}  // namespace nines::ingest
