// Reading the log backwards, and finding which subject a word means.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"

namespace nines::store {

class Store;

/// An event with what this file knows about it.
struct Recorded {
  log::Event event;
  std::int64_t position = 0;
  std::string actor;  ///< name
  std::string name;   ///< of the subject
  bool undone = false;
  bool known = true;
  bool left_out = false;  ///< its body is at a place, by rule
};

/// Calls `visit` with each event, newest first by the logical clock, until it returns false;
/// `subject` limits them to one.
void visit_backwards(const Store& store, const std::optional<std::string>& subject,
                     const std::function<bool(Recorded)>& visit);

/// Calls `visit` with each event of these kinds, undone ones too, in the order of the logical clock.
void visit_kinds(const Store& store, const std::vector<std::string_view>& kinds,
                 const std::function<void(const Recorded&)>& visit);

/// The subject meant by "slo/checkout", "CHG-7", or "checkout". Throws Error{not_found}, with the
/// candidates when there are several.
std::string find_subject(const Store& store, const std::string& text);
/// The same, and it is here (left_out.hpp).
std::string get_subject(const Store& store, const std::string& text);

}  // namespace nines::store
