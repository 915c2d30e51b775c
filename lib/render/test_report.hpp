// Results of tests as a test runner prints them: for people, and as JUnit reads them.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "render/output.hpp"

namespace nines::render {

struct TestCase {
  std::string suite;
  std::string name;
  std::string file;
  int line = 0;
  Findings failures;               ///< none: it passed
  std::vector<std::string> notes;  ///< what happened, a line each
};

struct TestReport {
  std::vector<TestCase> cases;
  Findings problems;  ///< errors that kept tests from running
};

/// "3 tests passed", "1 of 3 tests failed"; problems are counted too.
std::string summary(const TestReport& report);
/// "ok" or "FAIL" with the name of each test, its notes, then its failures with source and caret.
void write_tests(std::ostream& out, const TestReport& report, const Style& style);
void write_tests_junit(std::ostream& out, const TestReport& report);

}  // namespace nines::render
