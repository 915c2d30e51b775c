// The expressions of the Open-PSA format that have one value: constants, parameters, exponentials.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/xml.hpp"

namespace nines::ingest {

/// What an event's expression comes to: a probability, or a rate over the mission time.
struct OpenPsaChance {
  std::optional<double> probability;
  std::optional<double> rate;  ///< per hour
};

class OpenPsaExpressions {
 public:
  OpenPsaExpressions(const XmlDocument& document, std::optional<double> hours, Findings& findings)
      : document_(document), hours_(hours), findings_(findings) {}

  /// `expression` is the element below a define-parameter.
  void add_parameter(std::string_view name, XmlId expression);

  /// Nothing where it depends on a mission time that is not known, or where a finding was added.
  std::optional<double> value_of(XmlId expression);
  OpenPsaChance chance_of(XmlId expression);

 private:
  struct Parameter {
    XmlId expression = kNoXml;
    bool open = false;  ///< being computed: a second visit is a cycle
    bool known = false;
    std::optional<double> value;
  };

  std::optional<double> number_of(XmlId id);
  std::optional<double> parameter_of(XmlId id);
  std::optional<double> operation_of(XmlId id, std::string_view name);
  void refuse(XmlId id, std::string message, std::string hint);

  const XmlDocument& document_;
  std::optional<double> hours_;
  Findings& findings_;
  std::map<std::string, Parameter, std::less<>> parameters_;
  int depth_ = 0;
};

/// The children of an element that are not its label or attributes.
std::vector<XmlId> open_psa_content(const XmlDocument& document, XmlId id);

}  // namespace nines::ingest
