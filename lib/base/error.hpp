// The one exception of the project: what failed, where, and what to do about it.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "base/exit_code.hpp"
#include "base/export.hpp"

namespace nines {

/// A position in an input. `line` and `column` are 1-based, columns count code points; 0 = unknown.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

/// "file:line:column", as far as it is known.
std::string to_string(const Place& place);

/// Thrown by base, yaml, ingest, store, render and usecases; caught once, in run_program, which
/// prints it and exits with `kind`. Domain code never throws it.
/// `what` is lower case, without a full stop, the failure first, the subject in single quotes.
class NINES_EXPORT Error : public std::exception {
 public:
  /// `code` is the stable upper-snake name ("STORE_BUSY"); empty takes one from `kind`.
  Error(ExitCode kind, std::string what, std::string hint = {}, std::string code = {});

  Error& at(Place place);         ///< Sets the place unless one is known already.
  Error& note(std::string text);  ///< Adds a line of context on the way up.

  ExitCode kind() const { return kind_; }
  const char* what() const noexcept override { return what_.c_str(); }
  const Place& place() const { return place_; }
  const std::string& hint() const { return hint_; }
  const std::string& code() const { return code_; }
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  ExitCode kind_;
  std::string what_;
  std::string hint_;
  std::string code_;
  Place place_;
  std::vector<std::string> notes_;
};

}  // namespace nines
