// What tests of alerts are run against: the alerts of an SLO as its rules have them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/finding.hpp"
#include "domain/slo/codes.hpp"
#include "usecases/slo/alert_test.hpp"
#include "usecases/slo/rules.hpp"
#include "yaml/slo_test.hpp"

namespace nines::usecases {

/// An SLO, and where the rules of its objectives are to be looked for.
struct Defined {
  nines::slo::Slo slo;
  Finding where;          ///< of its definition
  std::size_t index = 0;  ///< of its first objective among those of the definition
};

/// What can be tested.
struct Testable {
  std::vector<Defined> slos;
  std::vector<alert::WindowTable> tables;  ///< of AlertWindows documents
};

/// What a suite is run against.
struct TestSubject {
  alert::Policy policy;
  double budget = 0;
  alert::QueryShape queries;
  bool ruled = false;  ///< by what nines slo rules writes of it
};

/// Finds what each suite is about. `testable` and `request` must outlive it.
class TestSubjects {
 public:
  TestSubjects(const Testable& testable, const SloTestRequest& request)
      : testable_(testable), request_(request) {}

  /// Empty, with the reason in `problems`, for an SLO that is not among the files, rules that it
  /// cannot have, and expectations about alerts that nothing is called.
  std::optional<TestSubject> subject(const yaml::LocatedSuite& located, Findings& problems);

 private:
  using Way = std::tuple<alert::PeriodMode, std::uint64_t, std::uint64_t, std::int64_t, bool, bool,
                         std::string>;

  std::optional<TestSubject> find(const yaml::LocatedSuite& located, Findings& problems);
  const RulesResult& rules_for(const alert::Suite& suite);

  const Testable& testable_;
  const SloTestRequest& request_;
  std::map<Way, RulesResult> made_;  ///< the rules of the files, once for each way to make them
};

/// Adds a finding at a place.
void test_problem(Findings& findings, const Finding& where, nines::slo::Code code,
                  std::string message, std::string hint);

}  // namespace nines::usecases
