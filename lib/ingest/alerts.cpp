// Reads payloads leniently: what is not known is kept, what is broken is said and passed over.
#include "ingest/alerts.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/error.hpp"
#include "ingest/bounded.hpp"
#include "ingest/json_stream.hpp"

namespace nines::ingest {
namespace {

using incident::Alert;
using incident::Labels;

constexpr std::size_t kMostFindings = 1000;
constexpr std::size_t kLongestOther = 4096;
constexpr const char* kSource = "alertmanager";

constexpr std::array<std::string_view, 9> kAlertMembers = {
    "status",       "labels",      "annotations", "startsAt", "endsAt",
    "generatorURL", "fingerprint", "receivers",   "updatedAt"};

constexpr std::array<std::string_view, 10> kPayloadMembers = {
    "version",     "groupKey",     "truncatedAlerts",   "status",      "receiver",
    "groupLabels", "commonLabels", "commonAnnotations", "externalURL", "alerts"};

struct Mistake {
  std::string code;
  std::string message;
  std::string hint;
};

class Reader {
 public:
  Reader(AlertReading& reading, std::string_view file) : reading_(reading), file_(file) {}

  void read(const JsonStream::Piece& piece) {
    line_ = piece.line;
    try {
      read_document(JsonStream::read(piece, file_));
    } catch (const Error& error) {
      line_ = std::max(error.place().line, 1);
      say({error.code(), error.what(),
           error.hint().empty() ? "the payload is passed over; the others are read"
                                : error.hint()});
    }
  }

 private:
  void say(Mistake mistake) {
    if (reading_.findings.size() >= kMostFindings) return;
    Finding finding;
    finding.code = std::move(mistake.code);
    finding.file = std::string(file_);
    finding.span.line = finding.span.end_line = line_;
    finding.span.column = finding.span.end_column = 1;
    finding.message = std::move(mistake.message);
    finding.hint = std::move(mistake.hint);
    reading_.findings.push_back(std::move(finding));
  }

  void read_document(const Json& document) {
    if (document.is_array()) {
      read_list(document.as_array());
    } else if (!is_alertmanager(document)) {
      say({"UNKNOWN_PAYLOAD", "this document is no payload of Alertmanager",
           "a webhook body with 'alerts', or the list that /api/v2/alerts gives"});
    } else {
      read_payload(document);
    }
  }

  /// The answer of /api/v2/alerts, or several webhook bodies in one array.
  void read_list(const Json::Array& items) {
    ++reading_.payloads;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto& item = items[i];
      if (item.find("alerts") != nullptr && is_alertmanager(item)) {
        read_payload(item);
        --reading_.payloads;
      } else {
        read_alert(item, Json::object(), i);
      }
    }
  }

  void read_payload(const Json& payload) {
    const auto* alerts = payload.find("alerts");
    if (!alerts->is_array()) {
      say({"WRONG_TYPE", "'alerts' must be a list",
           "as Alertmanager's webhook version 4 sends it"});
      return;
    }
    ++reading_.payloads;
    reading_.truncated += std::max<std::int64_t>(0, payload.integer("truncatedAlerts"));
    const auto& items = alerts->as_array();
    for (std::size_t i = 0; i < items.size(); ++i) read_alert(items[i], payload, i);
  }

  void read_alert(const Json& json, const Json& payload, std::size_t index) {
    Alert alert;
    if (auto mistake = fill(alert, json, payload)) {
      mistake->message = "alert " + std::to_string(index + 1) + ": " + mistake->message;
      say(std::move(*mistake));
      return;
    }
    reading_.alerts.push_back(std::move(alert));
  }

  std::optional<Mistake> fill(Alert& alert, const Json& json, const Json& payload) {
    const auto* labels = json.find("labels");
    if (labels == nullptr || !labels->is_object())
      return Mistake{"MISSING_FIELD", "it has no labels", "an alert is known by its labels"};
    const auto all = texts_of(*labels);
    alert.source = kSource;
    alert.fingerprint = json.text("fingerprint");
    if (alert.fingerprint.empty() || alert.fingerprint.size() > 64)
      alert.fingerprint = incident::fingerprint_of(all);
    alert.labels = kept(all);
    if (const auto* annotations = json.find("annotations"); annotations != nullptr)
      alert.annotations = kept(texts_of(*annotations));
    if (auto mistake = fill_times(alert, json)) return mistake;
    alert.uid = incident::alert_uid(alert.source, alert.fingerprint, alert.starts);
    alert.generator_url = cut(json.text("generatorURL"));
    alert.group_key = cut(payload.text("groupKey"));
    alert.receiver = cut(payload.text("receiver"));
    alert.other = other_members(json, payload);
    return std::nullopt;
  }

  std::optional<Mistake> fill_times(Alert& alert, const Json& json) {
    const auto starts = parse_rfc3339(json.text("startsAt"));
    if (!starts || json.text("startsAt").starts_with("0001-"))
      return Mistake{"BAD_VALUE", "'startsAt' is not a time: '" + cut(json.text("startsAt")) + "'",
                     "RFC 3339: 2026-11-23T09:14:00Z"};
    alert.starts = *starts;
    const auto* status = json.find("status");
    // In a list the status is an object, and endsAt the time when the alert would expire.
    if (status != nullptr && status->is_object()) {
      alert.suppressed = status->text("state") == "suppressed";
      return std::nullopt;
    }
    const auto word = json.text("status");
    if (word == "firing") return std::nullopt;
    if (word != "resolved")
      return Mistake{"BAD_VALUE", "'" + cut(word) + "' is no status", "firing or resolved"};
    const auto ends = parse_rfc3339(json.text("endsAt"));
    if (!ends || json.text("endsAt").starts_with("0001-"))
      return Mistake{"BAD_VALUE", "it is resolved, and 'endsAt' is not a time",
                     "RFC 3339: 2026-11-23T09:14:00Z"};
    alert.ends = ends;
    return std::nullopt;
  }

  static Labels texts_of(const Json& object) {
    Labels texts;
    if (!object.is_object()) return texts;
    for (const auto& [name, value] : object.as_object())
      texts.emplace(name, value.is_string() ? value.as_string() : value.dump());
    return texts;
  }

  Labels kept(const Labels& all) {
    Labels labels;
    for (const auto& [name, value] : all) {
      if (labels.size() == kMostLabels) {
        reading_.cut += static_cast<std::int64_t>(all.size() - kMostLabels);
        break;
      }
      labels.emplace(cut(name), cut(value));
    }
    return labels;
  }

  std::string cut(const std::string& text) {
    if (text.size() <= kLongestLabel) return text;
    ++reading_.cut;
    return bounded(text, kLongestLabel) + "\u2026";
  }

  std::string other_members(const Json& json, const Json& payload) {
    auto other = unknown_members(json, kAlertMembers);
    if (auto around = unknown_members(payload, kPayloadMembers); !around.as_object().empty())
      other.set("payload", std::move(around));
    if (other.as_object().empty()) return {};
    auto text = other.dump();
    if (text.size() <= kLongestOther) return text;
    ++reading_.cut;
    return {};
  }

  static Json unknown_members(const Json& json, std::span<const std::string_view> known) {
    auto unknown = Json::object();
    for (const auto& [name, value] : json.as_object())
      if (std::find(known.begin(), known.end(), name) == known.end()) unknown.set(name, value);
    return unknown;
  }

  AlertReading& reading_;
  std::string_view file_;
  int line_ = 1;
};

}  // namespace

bool is_alertmanager(const Json& document) {
  if (document.is_array()) {
    const auto& items = document.as_array();
    return items.empty() || is_alertmanager(items.front()) ||
           (items.front().find("labels") != nullptr && items.front().find("startsAt") != nullptr);
  }
  const auto* alerts = document.find("alerts");
  return alerts != nullptr &&
         (document.find("groupKey") != nullptr || document.find("receiver") != nullptr ||
          document.find("groupLabels") != nullptr);
}

AlertReading read_alerts(std::string_view bytes, std::string_view file) {
  AlertReading reading;
  Reader reader(reading, file);
  JsonStream stream(bytes);
  while (const auto piece = stream.next()) reader.read(*piece);
  return reading;
}

}  // namespace nines::ingest
