// Walks a document along its field table and collects findings with their place and path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/slo/codes.hpp"
#include "yaml/definitions.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

class Checker {
 public:
  Checker(const Source& source, Profile profile, Findings& findings);

  /// Starts a document. `who` are the profiles that know its dialect: what its unknown fields and
  /// wrong types are rejected by.
  void begin_document(int index, std::string object, Profiles who);
  void check(const Node& map, const Shape& shape);
  bool document_has_errors() const { return errors_; }

  Profiles who() const { return who_; }
  Profile profile() const { return profile_; }
  const Source& source() const { return source_; }
  const std::string& object() const { return object_; }

  /// Adds a finding on [node.begin, node.end). An error that the chosen profile does not share
  /// becomes `otherwise`. The reference is good until the next call.
  Finding& report(slo::Code code, const Node& at, std::string message, std::string hint,
                  Profiles rejected_by, Severity severity = Severity::error,
                  Severity otherwise = Severity::info);
  Finding& error(slo::Code code, const Node& at, std::string message, std::string hint) {
    return report(code, at, std::move(message), std::move(hint), who_);
  }
  Finding& advise(slo::Code code, const Node& at, std::string message, std::string hint,
                  Severity severity = Severity::warning) {
    return report(code, at, std::move(message), std::move(hint), kNines, severity);
  }
  /// A finding with place, path and object only.
  Finding place_of(const Node& at) const;
  /// As `report`, but given back instead of added.
  Finding make(slo::Code code, const Node& at, std::string message, std::string hint,
               Profiles rejected_by, Severity severity, Severity otherwise) const;

  /// Steps into a member or item for the time of a scope.
  class Step {
   public:
    Step(Checker& checker, std::string_view name) : checker_(checker) {
      checker_.path_.push_back({name, -1});
    }
    Step(Checker& checker, int index) : checker_(checker) { checker_.path_.push_back({{}, index}); }
    ~Step() { checker_.path_.pop_back(); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Checker& checker_;
  };

  std::vector<Reference> references;
  std::vector<Conditional> conditionals;
  std::vector<Finding> targets;
  std::vector<BurnLimit> burns;
  std::vector<PluginOption> plugin_options;
  void refer(std::string kind, const Node& name, std::string_view type = {}, bool soft = false);

 private:
  struct Segment {
    std::string_view name;
    int index;
  };

  void check_members(const Node& map, const Shape& shape);
  void check_value(const Node& key, const Node& value, const Field& field);
  void check_list(const Node& value, const Field& field);
  void check_texts(const Node& value);
  void check_text_map(const Node& value, Type type);
  void check_scalar(const Node& value, const Field& field);
  void check_boolean(const Node& value);
  void check_number(const Node& value, bool integer);
  void check_choice(const Node& value, const Field& field);
  void report_unknown(const Node& key, const Shape& shape);
  std::string path() const;

  const Source& source_;
  Profile profile_;
  Findings& findings_;
  std::vector<Segment> path_;
  std::string object_;
  int document_ = 0;
  Profiles who_ = kSpec | kGoSdk;
  bool errors_ = false;
};

/// "'text'", cut to 60 code points; "a map", "a list" or "nothing" for what is no text.
std::string shown(const Node& node);

/// Edits. Each is empty where the layout does not allow a sure one.
std::vector<Edit> replace_with(const Node& node, std::string text);
std::vector<Edit> remove_member(const Source& source, const Node& key);
/// Adds `line` ("isRolling: true") to the map, below the member that begins with `after`.
std::vector<Edit> insert_below(const Source& source, const Node& map, const Node& after,
                               std::string_view line);

}  // namespace nines::yaml
