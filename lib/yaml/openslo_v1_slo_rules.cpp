// OpenSLO v1: rules of a whole SLO, where the indicator, the method and the objectives must agree.
#include <algorithm>

#include "base/decimal.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/same.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr Profiles kSpecAndGoSdk = kSpec | kGoSdk;

/// What an indicator turns out to be; `by_name` when another document decides.
enum class Metric { none, ratio, threshold, by_name };

Metric metric_of(const Node& holder, const SloNames& names) {
  const Node* indicator = holder.find(names.indicator);
  if (indicator != nullptr && indicator->is_mapping()) {
    const Node* spec = indicator->find("spec");
    if (spec == nullptr) return Metric::none;
    if (is_set(*spec, "ratioMetric")) return Metric::ratio;
    return is_set(*spec, "thresholdMetric") ? Metric::threshold : Metric::none;
  }
  return is_set(holder, names.indicator_ref) ? Metric::by_name : Metric::none;
}

/// The SLO under check, so that its rules share what they look at.
class SloRules {
 public:
  SloRules(Checker& checker, const Node& spec, const SloNames& names)
      : checker_(checker), spec_(spec), names_(names) {
    const Node* list = spec.find("objectives");
    if (list == nullptr || !list->is_sequence()) return;
    for (const Node& objective : list->items()) {
      if (objective.is_mapping()) objectives_.push_back(&objective);
    }
  }

  void run() {
    check_counts();
    check_choice();
    const Node* method = spec_.find("budgetingMethod");
    method_ = method != nullptr && method->is_scalar() ? method->text : std::string_view();
    for (std::size_t i = 0; i < objectives_.size(); ++i) {
      const Checker::Step list(checker_, "objectives");
      const Checker::Step item(checker_, static_cast<int>(i));
      const Node& objective = *objectives_[i];
      check_operator(objective);
      check_slices(objective);
      check_weight(objective);
      check_repeated(i);
    }
    check_weights();
    if (!is_set(spec_, "description")) {
      checker_.advise(Code::no_description, first_of(spec_), "the SLO has no description",
                      "say in a sentence what users get", Severity::info);
    }
    if (is_set(spec_, names_.service)) {
      const Checker::Step step(checker_, names_.service);
      checker_.refer("Service", *spec_.find(names_.service), {}, true);
    }
    refer_indicator(spec_);
  }

 private:
  void refer_indicator(const Node& holder) {
    if (!is_set(holder, names_.indicator_ref)) return;
    const Checker::Step step(checker_, names_.indicator_ref);
    checker_.refer("SLI", *holder.find(names_.indicator_ref));
  }

  void check_counts() {
    check_window_count(checker_, spec_, "timeWindow");
    const Node* list = spec_.find("objectives");
    if (list != nullptr && list->is_sequence() && list->count == 0) {
      checker_.report(Code::empty_value, *spec_.find_key("objectives"), "the SLO has no objective",
                      "add one with a target", kSpec);
    }
  }

  bool has_indicator(const Node& holder) const {
    return is_set(holder, names_.indicator) || is_set(holder, names_.indicator_ref);
  }

  /// "'indicator' or 'indicatorRef'"
  std::string either(std::string_view joint) const {
    return "'" + std::string(names_.indicator) + "' " + std::string(joint) + " '" +
           std::string(names_.indicator_ref) + "'";
  }

  void check_one_form(const Node& holder) {
    if (!is_set(holder, names_.indicator) || !is_set(holder, names_.indicator_ref)) return;
    checker_.error(Code::indicator_choice, *holder.find_key(names_.indicator_ref),
                   "both " + either("and"), "give exactly one of the two");
  }

  void check_choice() {
    const bool here = has_indicator(spec_);
    check_one_form(spec_);
    std::size_t with = 0;
    const Node* one = nullptr;
    for (const Node* objective : objectives_) {
      if (!has_indicator(*objective)) continue;
      ++with;
      one = objective->find_key(is_set(*objective, names_.indicator_ref) ? names_.indicator_ref
                                                                         : names_.indicator);
      check_one_form(*objective);
    }
    composite_ = with > 0;
    if (here && composite_) {
      checker_.error(Code::indicator_choice, *one, "an indicator on the SLO and on an objective",
                     "a composite SLO has indicators on its objectives only");
    } else if (!here && !composite_) {
      checker_.error(Code::indicator_choice, first_of(spec_), "the SLO has no indicator",
                     "add " + either("or"));
    } else if (composite_ && with < objectives_.size()) {
      for (const Node* objective : objectives_) {
        if (has_indicator(*objective)) continue;
        checker_.report(Code::composite_incomplete, first_of(*objective),
                        "this part of the composite has no indicator", "add " + either("or"),
                        kSpec);
      }
    }
    if (!composite_ && metric_of(spec_, names_) == Metric::threshold && objectives_.size() > 1) {
      checker_.report(Code::threshold_objectives, *spec_.find_key("objectives"),
                      "a threshold indicator takes one objective, here are " +
                          std::to_string(objectives_.size()),
                      "make one SLO per limit", kSpec);
    }
  }

  void check_operator(const Node& objective) {
    const Node& holder = metric_of(objective, names_) != Metric::none ? objective : spec_;
    if (&holder == &objective) refer_indicator(objective);
    switch (metric_of(holder, names_)) {
      case Metric::none:
        return;
      case Metric::ratio:
        return op_with_ratio(objective, nullptr);
      case Metric::threshold:
        return op_missing(objective, nullptr);
      case Metric::by_name:
        op_with_ratio(objective, holder.find(names_.indicator_ref));
        return op_missing(objective, holder.find(names_.indicator_ref));
    }
  }

  /// Reports now, or, when another document decides, later.
  void settle(const Node* sli, bool if_threshold, Finding finding, Severity later) {
    if (sli == nullptr) return;
    finding.severity = later;
    checker_.conditionals.push_back({std::string(sli->text), if_threshold, std::move(finding)});
  }

  void op_with_ratio(const Node& objective, const Node* sli) {
    for (const std::string_view name : {std::string_view("op"), std::string_view("value")}) {
      const Node* key = objective.find_key(name);
      if (key == nullptr) continue;
      const std::string message =
          "'" + std::string(name) + "' has no meaning for a ratio indicator";
      const std::string hint = "remove the line; only threshold indicators compare a value";
      const auto fix =
          objective.flow ? std::vector<Edit>{} : remove_member(checker_.source(), *key);
      if (sli == nullptr) {
        checker_
            .report(Code::op_with_ratio, *key, message, hint, kGoSdk, Severity::error,
                    Severity::warning)
            .fix = fix;
      } else {
        auto finding = checker_.make(Code::op_with_ratio, *key, message, hint, kNines,
                                     Severity::warning, Severity::warning);
        finding.fix = fix;
        settle(sli, false, std::move(finding), Severity::warning);
      }
    }
  }

  void op_missing(const Node& objective, const Node* sli) {
    for (const std::string_view name : {std::string_view("op"), std::string_view("value")}) {
      if (is_set(objective, name)) continue;
      const std::string message =
          "'" + std::string(name) + "' is missing: the indicator is a threshold";
      const std::string hint = name == "op" ? "add 'op' (gt, gte, lt or lte) and 'value'"
                                            : "add 'value', the limit to compare with";
      if (sli == nullptr) {
        checker_.report(Code::op_missing, first_of(objective), message, hint, kSpecAndGoSdk);
      } else {
        auto finding = checker_.make(Code::op_missing, first_of(objective), message, hint, kSpec,
                                     Severity::error, Severity::info);
        const Severity severity = finding.severity;
        settle(sli, true, std::move(finding), severity);
      }
    }
  }

  void check_slices(const Node& objective) {
    const bool slices = method_ == "Timeslices";
    const bool ratio_slices = method_ == "RatioTimeslices";
    if (slices && !is_set(objective, "timeSliceTarget")) {
      checker_.error(
          Code::missing_field, first_of(objective), "'timeSliceTarget' is missing",
          "Timeslices needs the share of good events that makes a slice good, such as 0.95");
    }
    if ((slices || ratio_slices) && !is_set(objective, "timeSliceWindow")) {
      checker_.error(Code::missing_field, first_of(objective), "'timeSliceWindow' is missing",
                     std::string(method_) + " needs the length of a slice, such as 5m");
    }
    const Node* window = spec_.find("timeWindow");
    const Node* slice = objective.find("timeSliceWindow");
    if (slice == nullptr || !slice->is_scalar() || window == nullptr || !window->is_sequence() ||
        window->count != 1)
      return;
    const Node* duration = window->first->find("duration");
    const auto whole = duration != nullptr ? length_from(duration->text) : std::nullopt;
    const auto part = length_from(slice->text);
    if (!whole || !part || part->count <= 0 || whole->count <= 0 ||
        whole->rolling().count() % part->rolling().count() == 0)
      return;
    checker_.advise(
        Code::slice_not_divisor, *slice,
        "slices of " + part->to_string() + " do not fill " + whole->to_string() + " evenly",
        "use a length that divides the window, such as 1m or 5m");
  }

  void check_weight(const Node& objective) {
    const Node* key = objective.find_key("compositeWeight");
    if (key == nullptr) return;
    if (!composite_) {
      checker_
          .report(Code::composite_weight_unused, *key,
                  "'compositeWeight' has no meaning: this SLO is no composite", "remove it", kSpec,
                  Severity::warning)
          .fix = objective.flow ? std::vector<Edit>{} : remove_member(checker_.source(), *key);
    } else if (method_ != "Occurrences") {
      checker_.advise(Code::composite_weight_unused, *key,
                      "'compositeWeight' is ignored with " + std::string(method_), "remove it");
    }
  }

  void check_repeated(std::size_t i) {
    for (std::size_t k = 0; k < i; ++k) {
      const auto equal = [&](std::string_view name) {
        const Node* a = objectives_[i]->find(name);
        const Node* b = objectives_[k]->find(name);
        return (a == nullptr) == (b == nullptr) && (a == nullptr || same_values(*a, *b));
      };
      const std::string_view names[] = {"target",          "targetPercent",  "op",
                                        "value",           names_.indicator, names_.indicator_ref,
                                        "timeSliceTarget", "timeSliceWindow"};
      if (!std::all_of(std::begin(names), std::end(names), equal)) continue;
      checker_.advise(Code::duplicate_objective, first_of(*objectives_[i]),
                      "the same objective as number " + std::to_string(k + 1),
                      "remove one of them");
      return;
    }
  }

  void check_weights() {
    if (!composite_ || method_ != "Occurrences") return;
    Decimal sum(0, 0);
    bool written = false;
    for (const Node* objective : objectives_) {
      const Node* value = objective->find("compositeWeight");
      written = written || value != nullptr;
      const auto weight = value != nullptr && value->is_number()
                              ? Decimal::parse(value->text)
                              : std::optional<Decimal>(Decimal(1, 0));
      const auto total = weight ? plus(sum, *weight) : std::nullopt;
      if (!total) return;
      sum = *total;
    }
    if (!written || sum == Decimal(1, 0)) return;
    checker_.advise(Code::weights_not_one, *spec_.find_key("objectives"),
                    "the weights add up to " + sum.to_string() + ", not 1",
                    "the share of each part is its weight over that sum");
  }

  static std::optional<Decimal> plus(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale(), b.scale());
    std::int64_t units[2] = {a.units(), b.units()};
    const int missing[2] = {scale - a.scale(), scale - b.scale()};
    for (int side = 0; side < 2; ++side) {
      for (int i = 0; i < missing[side]; ++i) {
        if (__builtin_mul_overflow(units[side], 10, &units[side])) return std::nullopt;
      }
    }
    std::int64_t sum = 0;
    if (__builtin_add_overflow(units[0], units[1], &sum)) return std::nullopt;
    return Decimal(sum, scale);
  }

  Checker& checker_;
  const Node& spec_;
  const SloNames& names_;
  std::vector<const Node*> objectives_;
  std::string_view method_;
  bool composite_ = false;
};

}  // namespace

void check_slo_spec(Checker& checker, const Node& map, const SloNames& names) {
  SloRules(checker, map, names).run();
}

}  // namespace nines::yaml
