// Runs the SLOTest documents among definition files, on our own evaluator.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "base/time.hpp"

namespace nines::usecases {

struct SloTestRequest {
  std::vector<std::string> paths;  ///< as those of CheckRequest
  std::filesystem::path cwd;
  std::string input;  ///< text of "-"
  Instant now;
  std::filesystem::path calendar_program = {};
};

/// Seconds from the beginning of the test; negative in its history.
struct FiringSpan {
  std::int64_t from = 0;
  std::int64_t to = 0;  ///< the last evaluation at which it fired
};

struct SloTestAlert {
  std::string alert;  ///< "page"; with its name where several have that severity
  std::vector<FiringSpan> firing;
  std::string text;  ///< "from 6h4m to 6h20m", or "never"
};

struct SloTestCase {
  std::string suite;
  std::string name;
  std::string slo;     ///< empty with a target of its own
  bool ruled = false;  ///< judged by the alerts that nines slo rules writes; else by usual ones
  Finding where;       ///< place of the name
  std::vector<SloTestAlert> alerts;
  std::optional<double> counted_sli;   ///< over the period that ends with the test
  std::optional<double> recorded_sli;  ///< the same as the rules record it
  std::optional<double> budget_left;   ///< by counted_sli
  std::size_t expectations = 0;
  Findings failures;  ///< one per expectation that is not met
};

struct SloTestResult {
  std::vector<SloTestCase> cases;  ///< by file and place
  Findings problems;               ///< errors of the documents, which keep their tests from running
  std::vector<std::string> files;
};

/// Throws Error: not_found for a path that is not there, io.
NINES_EXPORT SloTestResult run_slo_tests(const SloTestRequest& request);

}  // namespace nines::usecases
