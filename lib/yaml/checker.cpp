// Walks a document along its field table and collects findings with their place and path.
#include "yaml/checker.hpp"

#include <algorithm>
#include <utility>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "yaml/formats.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

/// More than this in one file helps nobody, and keeps hostile files small.
constexpr std::size_t kMostFindings = 300;

constexpr std::pair<Profiles, std::string_view> kNames[] = {
    {kSpec, "spec"}, {kGoSdk, "go-sdk"}, {kSloth, "sloth"}, {kNines, "nines"}};

Profiles mask_of(Profile profile) {
  switch (profile) {
    case Profile::strict:
      return kSpec | kGoSdk | kNines;
    case Profile::spec:
      return kSpec;
    case Profile::go_sdk:
      return kGoSdk;
    case Profile::sloth:
      return kSloth;
  }
  return 0xFF;
}

}  // namespace

Checker::Checker(const Source& source, Profile profile, Findings& findings)
    : source_(source), profile_(profile), findings_(findings) {}

void Checker::begin_document(int index, std::string object, Profiles who) {
  document_ = index;
  object_ = std::move(object);
  who_ = who;
  errors_ = false;
  references.clear();
  conditionals.clear();
  targets.clear();
  burns.clear();
  plugin_options.clear();
}

std::string Checker::path() const {
  std::string text;
  for (const Segment& segment : path_) {
    if (segment.index >= 0) {
      text += '[' + std::to_string(segment.index) + ']';
    } else {
      if (!text.empty()) text += '.';
      text += segment.name;
    }
  }
  return text;
}

Finding Checker::place_of(const Node& at) const {
  Finding finding = finding_at(source_, at.begin, std::max(at.end, at.begin));
  finding.path = path();
  finding.object = object_;
  finding.document = document_;
  return finding;
}

Finding Checker::make(Code code, const Node& at, std::string message, std::string hint,
                      Profiles rejected_by, Severity severity, Severity otherwise) const {
  Finding finding = place_of(at);
  finding.code = slo::name_of(code);
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  const bool shared = (rejected_by & mask_of(profile_)) != 0;
  finding.severity = severity == Severity::error && !shared ? otherwise : severity;
  for (const auto& [bit, name] : kNames) {
    if ((rejected_by & bit) != 0) finding.rejected_by.emplace_back(name);
  }
  return finding;
}

Finding& Checker::report(Code code, const Node& at, std::string message, std::string hint,
                         Profiles rejected_by, Severity severity, Severity otherwise) {
  if (findings_.size() >= kMostFindings) {
    errors_ = errors_ || severity == Severity::error;
    if (findings_.back().code != slo::name_of(Code::too_many_findings)) {
      findings_.push_back(make(Code::too_many_findings, at,
                               "more findings in this file are not shown", "mend these first",
                               kNines, Severity::warning, Severity::warning));
    }
    return findings_.back();
  }
  findings_.push_back(
      make(code, at, std::move(message), std::move(hint), rejected_by, severity, otherwise));
  if (findings_.back().severity == Severity::error) errors_ = true;
  return findings_.back();
}

void Checker::refer(std::string kind, const Node& name, std::string_view type, bool soft) {
  if (!name.is_text() || name.text.empty()) return;
  references.push_back(
      {std::move(kind), std::string(name.text), std::string(type), soft, place_of(name)});
}

void Checker::check(const Node& map, const Shape& shape) {
  if (!map.is_mapping()) {
    error(Code::wrong_type, map, std::string("expected a map, found ") + shown(map),
          "write 'name: value' lines, indented below");
    return;
  }
  check_members(map, shape);
  for (const Field& field : shape.fields) {
    if (field.required == 0) continue;
    const Node* value = map.find(field.name);
    if (value != nullptr && !value->is_null()) continue;
    const Node& at = value != nullptr                    ? *map.find_key(field.name)
                     : map.first != nullptr && !map.flow ? *map.first
                                                         : map;
    std::string hint(field.help);
    if (!field.choices.empty()) {
      hint += ": one of ";
      for (const auto choice : field.choices)
        hint += (choice == field.choices.front() ? "" : ", ") + std::string(choice);
    }
    report(Code::missing_field, at,
           "'" + std::string(field.name) + "' is missing" + (path_.empty() ? "" : " in " + path()),
           std::move(hint), field.required);
  }
  if (shape.rule != nullptr) shape.rule(*this, map);
}

void Checker::check_members(const Node& map, const Shape& shape) {
  for (const auto& [key, value] : map.members()) {
    if (!key.is_scalar()) continue;
    const auto field =
        std::find_if(shape.fields.begin(), shape.fields.end(),
                     [&, text = key.text](const Field& f) { return f.name == text; });
    if (field == shape.fields.end()) {
      report_unknown(key, shape);
      continue;
    }
    const Step step(*this, field->name);
    if (!value.is_null()) check_value(key, value, *field);
  }
}

void Checker::check_value(const Node& key, const Node& value, const Field& field) {
  static_cast<void>(key);
  switch (field.type) {
    case Type::object:
      return check(value, *field.shape);
    case Type::list:
      return check_list(value, field);
    case Type::text:
    case Type::boolean:
    case Type::number:
    case Type::integer:
      return check_scalar(value, field);
    case Type::any:
      break;
    case Type::free_map:
      if (!value.is_mapping() || value.count == 0) {
        report(Code::wrong_type, value,
               "expected a map with at least one member, found " + shown(value),
               "write what the source needs, such as 'query: ...'", kGoSdk);
        return;
      }
      break;
    case Type::texts:
      if (!value.is_sequence()) return check_texts(value);
      check_texts(value);
      break;
    case Type::text_map:
    case Type::annotations:
    case Type::labels:
      check_text_map(value, field.type);
      break;
  }
  if (field.format != nullptr) field.format->check(*this, value);
}

void Checker::check_list(const Node& value, const Field& field) {
  if (!value.is_sequence()) {
    error(Code::wrong_type, value, "expected a list, found " + shown(value),
          "begin each entry with '- '");
    return;
  }
  int index = 0;
  for (const Node& item : value.items()) {
    const Step step(*this, index++);
    check(item, *field.shape);
  }
  if (field.format != nullptr) field.format->check(*this, value);
}

void Checker::check_texts(const Node& value) {
  if (!value.is_sequence()) {
    error(Code::wrong_type, value, "expected a list, found " + shown(value),
          "write the values in brackets: [one, two]");
    return;
  }
  int index = 0;
  for (const Node& item : value.items()) {
    const Step step(*this, index++);
    if (item.is_text()) continue;
    auto& finding = error(Code::wrong_type, item, "expected text, found " + shown(item),
                          "put the value in quotes");
    if (item.is_scalar() && !item.is_null())
      finding.fix = replace_with(item, '"' + std::string(item.text) + '"');
  }
}

void Checker::check_text_map(const Node& value, Type type) {
  const bool labels = type == Type::labels;
  if (!value.is_mapping()) {
    error(Code::wrong_type, value, "expected a map, found " + shown(value),
          "write 'name: value' lines, indented below");
    return;
  }
  const auto check_entry = [&](const Node& entry) {
    if (entry.is_text()) return;
    auto& finding = error(Code::wrong_type, entry, "expected text, found " + shown(entry),
                          "put the value in quotes");
    if (entry.is_scalar() && !entry.is_null())
      finding.fix = replace_with(entry, '"' + std::string(entry.text) + '"');
  };
  for (const auto& [key, entry] : value.members()) {
    if (!key.is_scalar()) continue;
    const Step step(*this, key.text);
    if (labels && entry.is_sequence()) {
      for (const Node& item : entry.items()) check_entry(item);
    } else {
      check_entry(entry);
    }
    if (labels) check_label_key(*this, key, entry);
    if (type == Type::annotations) check_annotation(*this, key, entry);
  }
}

void Checker::check_scalar(const Node& value, const Field& field) {
  if (!value.is_scalar()) {
    error(Code::wrong_type, value, "expected one value, found " + shown(value),
          std::string(field.help));
    return;
  }
  if (field.type == Type::boolean) return check_boolean(value);
  if (field.type == Type::number || field.type == Type::integer) {
    check_number(value, field.type == Type::integer);
    if (!value.is_number() || !Decimal::parse(value.text)) return;
  } else if (!value.is_text()) {
    if (field.format != nullptr && field.format->is_duration)
      return check_numeric_duration(*this, value);
    auto& finding = error(Code::wrong_type, value, "expected text, found " + shown(value),
                          "put the value in quotes");
    finding.fix = replace_with(value, '"' + std::string(value.text) + '"');
    return;
  }
  if (!field.choices.empty()) return check_choice(value, field);
  if (field.type == Type::text && value.text.empty() && field.required != 0) {
    report(Code::empty_value, value, "the value is empty", std::string(field.help), field.required);
    return;
  }
  if (field.format != nullptr) field.format->check(*this, value);
}

void Checker::check_boolean(const Node& value) {
  if (value.is_bool()) return;
  const std::string lower = to_lower_ascii(value.text);
  const bool yes =
      lower == "yes" || lower == "on" || lower == "1" || lower == "true" || lower == "y";
  const bool no =
      lower == "no" || lower == "off" || lower == "0" || lower == "false" || lower == "n";
  auto& finding = error(Code::bad_boolean, value, "expected true or false, found " + shown(value),
                        yes  ? "write true"
                        : no ? "write false"
                             : "write true or false, without quotes");
  if (yes || no) finding.fix = replace_with(value, yes ? "true" : "false");
}

void Checker::check_number(const Node& value, bool integer) {
  const bool number = value.is_number() && Decimal::parse(value.text).has_value();
  if (number && (!integer || value.text.find_first_of(".eE") == std::string_view::npos)) return;
  const std::string_view wanted =
      integer ? "expected a whole number, found " : "expected a number, found ";
  auto& finding = error(Code::bad_number, value, std::string(wanted) + shown(value),
                        "write it in digits, such as 99.9, without quotes");
  if (!value.plain && is_json_number(value.text))
    finding.fix = replace_with(value, std::string(value.text));
}

void Checker::check_choice(const Node& value, const Field& field) {
  if (std::find(field.choices.begin(), field.choices.end(), value.text) != field.choices.end())
    return;
  std::string all;
  for (const auto choice : field.choices) all += (all.empty() ? "" : ", ") + std::string(choice);
  std::string hint = did_you_mean_hint(value.text, field.choices);
  const auto close = did_you_mean(value.text, field.choices);
  hint = hint.empty() ? "use one of " + all : hint + " (one of " + all + ")";
  auto& finding = error(Code::bad_enum, value,
                        shown(value) + " is no value of '" + std::string(field.name) + "'", hint);
  if (close.size() == 1) finding.fix = replace_with(value, close.front());
}

}  // namespace nines::yaml
