// Incidents of PagerDuty: webhooks (version 3) and answers of its REST interface, told together.
#include "ingest/foreign_pagerduty.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "ingest/foreign_formats.hpp"
#include "ingest/foreign_json.hpp"
#include "ingest/json_stream.hpp"
#include "ingest/remarks.hpp"

namespace nines::ingest {
namespace {

using namespace pagerduty;
namespace milestone = incident::milestone;

constexpr std::size_t kMostPagerDutyRemarks = 50;
constexpr std::size_t kMostNamed = 5;

/// Collects the parts of each incident, whatever documents tell them.
class PagerDutyIncidents {
 public:
  explicit PagerDutyIncidents(const ForeignInput& input)
      : input_(input), remarks_(input.name), lines_(input.bytes) {}

  ForeignDocument read() {
    JsonStream stream(input_.bytes);
    std::optional<Error> bad;
    bool any = false;
    while (const auto piece = stream.next()) {
      try {
        line_ = piece->line;
        take_document(JsonStream::read(*piece, input_.name));
        any = true;
      } catch (const Error& error) {
        if (!bad) bad = error;
        remark("NOT_JSON", error.place().line, std::string(error.what()) + "; it was passed over",
               "send it again: one payload is one document");
      }
    }
    ForeignDocument document;
    document.zone_stated = true;
    if (bad && !any) {
      remarks_ = Remarks(input_.name);
      remarks_.add(Severity::error, "NOT_JSON", std::max(1, bad->place().line), bad->what(),
                   "export the incidents again; the file may be cut off");
    }
    if (entries_ > kMostForeignEntries)
      remarks_.add(Severity::warning, "TOO_LARGE", 0, "the rest of the document was not read",
                   "a document gives at most 100,000 entries");
    if (passed_over_ > 0)
      remarks_.add(Severity::warning, "TOO_LARGE", 0, "the rest of the incidents was not read",
                   "a document gives at most 10,000; split it");
    say_what_is_bare();
    document.findings = remarks_.take();
    for (auto& one : incidents_) {
      settle_parts(one);
      if (one.title.empty()) one.title = "PagerDuty incident " + one.origin.reference;
      document.incidents.push_back(std::move(one));
    }
    return document;
  }

 private:
  struct Told {
    int line = 1;
    bool untouched = false;
  };

  void remark(std::string code, int line, std::string message, std::string hint) {
    if (++remarked_ == kMostPagerDutyRemarks + 1)
      remarks_.add(Severity::warning, code, 0, "more of the kind are not listed", hint);
    if (remarked_ <= kMostPagerDutyRemarks)
      remarks_.add(Severity::warning, std::move(code), line, std::move(message), std::move(hint));
  }

  /// Incidents of the interface whose log entries did not come with them: what is empty here need
  /// not be empty there.
  void say_what_is_bare() {
    std::vector<std::string> names;
    int line = 0;
    for (const auto& [place, told] : told_whole_) {
      const auto& one = incidents_[place];
      // The first trigger alone is all there is only of what nobody touched yet.
      if (one.entries.size() > (told.untouched ? 0u : 1u)) continue;
      if (names.empty()) line = told.line;
      names.push_back(one.origin.reference);
    }
    if (names.empty()) return;
    const auto count = names.size();
    if (count > kMostNamed) {
      names.resize(kMostNamed);
      names.push_back("...");
    }
    remarks_.add(Severity::warning, "ENTRIES_MISSING", line,
                 count_of(count, "incident") +
                     " came without log entries, what happened is not in "
                     "this file: " +
                     join(names, ", "),
                 "ask for /incidents/ID/log_entries of each, and take that in too");
  }

  void take_document(const Json& json) {
    if (json.is_array()) {
      for (const auto& item : json.as_array()) take_one(item);
      return;
    }
    take_one(json);
    if (json.boolean("more"))
      remark("PAGES_MISSING", line_, "the answer is one page of several; the rest is not in it",
             "ask for the next page with 'offset', and take that in too");
  }

  void take_one(const Json& json) {
    if (const auto* event = json.find("event"); event != nullptr && event->is_object())
      return take_event(*event, json);
    if (json.find("event_type") != nullptr) return take_event(json, json);
    if (json.text("type").find("_log_entry") != std::string::npos) return take_log_entry(json);
    if (json.find("id") != nullptr && (json.find("status") || json.find("log_entries")))
      return take_incident(json);
    bool known = each(json, "incident", "incidents", [&](const Json& one) { take_incident(one); });
    known |= each(json, "log_entry", "log_entries", [&](const Json& one) { take_log_entry(one); });
    if (!known)
      remark("RECORD_PASSED_OVER", line_, "a record that tells of no incident was passed over",
             "webhooks of incidents, or answers with 'incidents' or 'log_entries'");
  }

  /// The one member, and the items of the other: whether there are any such members.
  template <class Take>
  static bool each(const Json& json, std::string_view one, std::string_view many, Take take) {
    const auto* single = json.find(one);
    const auto* list = json.find(many);
    const bool has_one = single != nullptr && single->is_object();
    const bool has_list = list != nullptr && list->is_array();
    if (has_one) take(*single);
    if (has_list)
      for (const auto& item : list->as_array()) take(item);
    return has_one || has_list;
  }

  /// The incident of that name; nothing when it has none, or there are too many.
  ForeignIncident* incident_of(const Json& reference) {
    const auto id = id_of(reference);
    if (id.empty()) {
      remark("MISSING_FIELD", line_, "an incident without 'id' was passed over",
             "every incident of PagerDuty has one");
      return nullptr;
    }
    if (place_.size() >= kMostForeignIncidents && !place_.contains(id)) {
      ++passed_over_;
      return nullptr;
    }
    const auto [place, fresh] = place_.try_emplace(id, incidents_.size());
    if (fresh) {
      ForeignIncident one;
      one.origin = {std::string(kSystem), id};
      one.partial = true;
      incidents_.push_back(std::move(one));
    }
    auto& one = incidents_[place->second];
    if (one.title.empty()) one.title = name_text(reference, "title");
    if (one.title.empty()) one.title = name_text(reference, "summary");
    return &one;
  }

  void take_event(const Json& event, const Json& whole) {
    const auto type = scalar_text(event, "event_type");
    const auto* data = event.find("data");
    const auto occurred = exported_time(event, "occurred_at", kSystem);
    if (!type.starts_with("incident.") || data == nullptr || !data->is_object())
      return remark("RECORD_PASSED_OVER", line_, "an event '" + type + "' tells of no incident",
                    "it was passed over");
    if (!occurred)
      return remark("TIME_UNREADABLE", line_,
                    "an event '" + type + "' without a time that can be read was passed over",
                    "'occurred_at' is RFC 3339");
    const auto* inner = data->find("incident");
    const auto& about = inner != nullptr && inner->is_object() ? *inner : *data;
    auto* one = incident_of(about);
    if (one == nullptr) return;
    // Only data that is the incident itself says how it stands.
    if (inner == nullptr) describe(*one, about, occurred->at);
    add_entry(*one, entry_of_event(event, about), id_of(event));
    one->raw += (one->raw.empty() ? "" : "\n") + whole.dump();
  }

  void take_incident(const Json& json) {
    auto* one = incident_of(json);
    if (one == nullptr) return;
    told_whole_.try_emplace(static_cast<std::size_t>(one - incidents_.data()),
                            Told{line_, scalar_text(json, "status") == "triggered"});
    auto as_of = exported_time(json, "updated_at", kSystem);
    if (!as_of) as_of = exported_time(json, "last_status_change_at", kSystem);
    if (!as_of) as_of = exported_time(json, "created_at", kSystem);
    describe(*one, json, as_of ? as_of->at : input_.now);
    if (const auto* list = json.find("log_entries"); list != nullptr && list->is_array()) {
      for (const auto& item : list->as_array()) add_log_entry(*one, item, json);
    } else if (const auto* first = json.find("first_trigger_log_entry");
               first != nullptr && first->find("created_at") != nullptr) {
      add_log_entry(*one, *first, json);
    }
    if (scalar_text(json, "status") == "resolved")
      if (auto when = exported_time(json, "resolved_at", kSystem)) tell_resolved(*one, *when);
    one->raw += (one->raw.empty() ? "" : "\n") + json.dump();
  }

  void take_log_entry(const Json& json) {
    const auto* about = json.find("incident");
    auto* one = about != nullptr ? incident_of(*about) : nullptr;
    if (about == nullptr)
      remark("MISSING_FIELD", line_, "a log entry that names no incident was passed over",
             "ask for it with include[]=incidents");
    if (one == nullptr) return;
    add_log_entry(*one, json, *about);
    one->raw += (one->raw.empty() ? "" : "\n") + json.dump();
  }

  void add_log_entry(ForeignIncident& one, const Json& json, const Json& about) {
    auto entry = entry_of_log_entry(json, about);
    if (!entry)
      return remark("TIME_UNREADABLE", line_,
                    "a log entry without a time that can be read was passed over",
                    "'created_at' is RFC 3339");
    add_entry(one, std::move(entry), id_of(json));
  }

  void add_entry(ForeignIncident& one, std::optional<ForeignEntry> entry, const std::string& id) {
    if (!entry || ++entries_ > kMostForeignEntries) return;
    entry->source.line = id.empty() ? 0 : lines_.find(id);
    if (entry->source.line == 0) entry->source.line = line_;
    const auto happening = happening_in(*entry);
    const auto first = [&](std::string_view name) {
      const auto [known, fresh] = one.milestones.emplace(std::string(name), entry->when);
      if (!fresh && entry->when.at < known->second.at) known->second = entry->when;
    };
    if (happening == "triggered") first(milestone::kDetected);
    if (happening == "acknowledged") first(milestone::kAcknowledged);
    if (happening == "resolved") tell_resolved(one, entry->when);
    if (happening == "reopened" && (!one.reopened || one.reopened->at < entry->when.at))
      one.reopened = entry->when;
    one.entries.push_back(std::move(*entry));
  }

  static void tell_resolved(ForeignIncident& one, const incident::StatedTime& when) {
    const auto [known, fresh] = one.milestones.emplace(std::string(milestone::kResolved), when);
    if (!fresh && known->second.at < when.at) known->second = when;
  }

  /// How the incident stands, in PagerDuty's own words; what they mean here nobody guesses. A
  /// priority that is named as a severity states one.
  void describe(ForeignIncident& one, const Json& json, Instant as_of) {
    ForeignIncident part;
    part.origin = one.origin;
    if (auto service = name_in(json, "service"); !service.empty()) {
      if (one.services.size() < kMostForeignServices)
        part.services.push_back(std::move(service));
      else if (std::find(one.services.begin(), one.services.end(), service) == one.services.end())
        remark("TOO_LARGE", line_, "an incident of more than 100 services: this one is left out",
               "nines incident set NAME --service NAME,... states those that matter");
    }
    part.priority = name_in(json, "priority");
    const auto stated = to_lower_ascii(part.priority);
    if (stated.starts_with("sev")) part.severity = incident::severity_from(part.priority);
    if (auto when = exported_time(json, "created_at", kSystem))
      part.milestones.emplace(std::string(milestone::kDetected), std::move(*when));
    for (const auto* key : {"status", "urgency", "incident_number", "number", "incident_key",
                            "html_url", "created_at", "resolve_reason"})
      put_foreign_fact(part, json, key);
    const auto put = [&](std::string_view name, std::string value) {
      if (!value.empty())
        put_foreign_fact(part, Json::object({{std::string(name), std::move(value)}}), name);
    };
    put("priority", part.priority);
    put("escalation_policy", name_in(json, "escalation_policy"));
    auto assigned = names_in(json, "assignees");
    if (assigned.empty()) assigned = names_in(json, "assignments");
    put("assignees", join(assigned, ", "));
    put("teams", join(names_in(json, "teams"), ", "));
    for (auto& fact : part.facts) fact.as_of = as_of;
    join_parts(one, std::move(part));
  }

  const ForeignInput& input_;
  Remarks remarks_;
  LineFinder lines_;
  std::vector<ForeignIncident> incidents_;
  std::map<std::string, std::size_t> place_;
  std::map<std::size_t, Told> told_whole_;  ///< incidents that came as such, by their place
  std::size_t entries_ = 0, remarked_ = 0, passed_over_ = 0;
  int line_ = 1;
};

}  // namespace

bool looks_like_pagerduty(std::string_view bytes) {
  const auto start = trim(bytes.substr(0, 64));
  const auto has = [&](std::string_view text) {
    return bytes.find(text) != std::string_view::npos;
  };
  if (!start.starts_with("{") && !start.starts_with("[")) return false;
  if (has("\"event_type\"") && (has("\"incident.") || has("\"pagey.ping\""))) return true;
  return has("_log_entry\"") || has("\"first_trigger_log_entry\"") ||
         (has("\"incident_number\"") && has("\"escalation_policy\""));
}

ForeignDocument read_pagerduty(const ForeignInput& input) {
  return PagerDutyIncidents(input).read();
}

}  // namespace nines::ingest
