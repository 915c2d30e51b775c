// An alert as its source knows it: one episode of one set of labels, from firing to resolved.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"

namespace nines::incident {

using Labels = std::map<std::string, std::string, std::less<>>;

/// One thing a source said about an alert: that it fires, or that it is resolved.
struct Alert {
  Uid uid;                  ///< of the episode: source, fingerprint and start
  std::string source;       ///< "alertmanager"
  std::string fingerprint;  ///< of the labels, as the source prints it
  Labels labels;
  Labels annotations;
  Instant starts;
  std::optional<Instant> ends = {};  ///< nothing while it fires
  std::string generator_url = {};
  std::string group_key = {};  ///< under which the source notified of it; empty: it did not say
  std::string receiver = {};
  bool suppressed = false;  ///< silenced or inhibited at the source
  std::string other = {};   ///< JSON of the members that nines does not know

  bool resolved() const { return ends.has_value(); }
  friend bool operator==(const Alert&, const Alert&) = default;
};

/// One name for the episode on every machine.
Uid alert_uid(std::string_view source, std::string_view fingerprint, Instant starts);

/// Prometheus' fingerprint of a label set (FNV-1a of 64 bits over sorted names and values), for
/// sources that leave it out.
std::string fingerprint_of(const Labels& labels);

/// The label, or nothing.
std::string label_of(const Labels& labels, std::string_view name);

/// "HighErrorRate (instance=web-1)": its name and the labels that tell it apart from its kin.
std::string describe(const Alert& alert);

}  // namespace nines::incident
