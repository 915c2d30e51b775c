// Reads the members of a JSON object, turning each surprise into a finding at its path.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/json.hpp"
#include "domain/slo/codes.hpp"

namespace nines::ingest {

class ObjectReader {
 public:
  /// Both must outlive the reader.
  ObjectReader(const Json& object, std::string path, Findings& findings)
      : object_(object), path_(std::move(path)), findings_(findings) {}

  /// The member, or null; a member that is null counts as absent.
  const Json* find(std::string_view key);
  /// Text that is not empty and at most `most` bytes long.
  std::optional<std::string> text(std::string_view key, std::size_t most = 200);
  std::optional<std::string> required_text(std::string_view key, std::string_view hint);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t low, std::int64_t high);
  std::optional<bool> flag(std::string_view key);
  /// Place of a text in a list of allowed ones.
  std::optional<std::size_t> choice(std::string_view key, const std::vector<std::string_view>& of);

  /// Names that would be known, had an earlier mistake not ended the reading.
  void know(const std::vector<std::string_view>& names) {
    asked_.insert(asked_.end(), names.begin(), names.end());
  }
  /// Whether `key` is absent, and another member nearly has its name.
  bool misspelt(std::string_view key) const;
  /// After all reads: members that no read asked for are unknown.
  void finish();

  void error(slo::Code code, std::string_view key, std::string message, std::string hint = {});
  void warning(slo::Code code, std::string_view key, std::string message, std::string hint = {});
  std::string path_of(std::string_view key) const;
  Findings& findings() { return findings_; }

 private:
  void add(Severity severity, slo::Code code, std::string_view key, std::string message,
           std::string hint);

  const Json& object_;
  std::string path_;
  Findings& findings_;
  std::vector<std::string_view> asked_;
};

/// "a number", "a list": what a value is, in words.
std::string_view kind_of(const Json& value);

}  // namespace nines::ingest
