// Words about groups of alerts; what foreign text holds is cut to a line.
#include "domain/incident/alert_proposal.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace nines::incident {
namespace {

constexpr std::size_t kLongestTitle = 200;
constexpr std::size_t kShown = 10;

std::string one_line(std::string text, std::size_t longest) {
  for (auto& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  if (text.size() <= longest) return text;
  auto end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "\u2026";
}

std::string alert_summary(const Alert& alert) {
  for (const auto* name : {"summary", "description", "message"})
    if (const auto text = label_of(alert.annotations, name); !text.empty())
      return one_line(text, kLongestTitle);
  return {};
}

int badness(Severity severity) {
  return severity == Severity::undetermined ? 6 : static_cast<int>(severity);
}

/// How many of the group's services the member's own depends on: whoever is hurt by others stands
/// for the group.
std::size_t leans_on(const Member& member, const std::set<std::string>& services,
                     const ServiceGraph& graph, int steps) {
  std::size_t count = 0;
  if (member.service.empty()) return count;
  for (const auto& relation : graph.related(member.service, steps))
    if (relation.path.starts_with(member.service + " -> ") && services.contains(relation.service))
      ++count;
  return count;
}

std::set<std::string> services_in(const AlertGroup& group) {
  std::set<std::string> services;
  for (const auto& member : group.members)
    if (!member.service.empty()) services.insert(member.service);
  return services;
}

const Member& face_of(const AlertGroup& group, const ServiceGraph& graph,
                      const GroupingRules& rules) {
  const auto services = services_in(group);
  std::map<std::string, std::size_t> leans;
  const Member* face = &group.members.front();
  const auto rank = [&](const Member& member) {
    const auto [found, fresh] = leans.try_emplace(member.service);
    if (fresh) found->second = leans_on(member, services, graph, rules.steps);
    return std::pair(badness(member.severity), -static_cast<int>(found->second));
  };
  for (const auto& member : group.members)
    if (rank(member) < rank(*face)) face = &member;
  return *face;
}

std::string span_text(const Alert& alert) {
  const auto from = format_utc(std::chrono::floor<std::chrono::seconds>(alert.starts));
  if (!alert.ends) return "fires since " + from;
  return "fired from " + from + " to " +
         format_utc(std::chrono::floor<std::chrono::seconds>(*alert.ends));
}

std::string count_text(const AlertGroup& group) {
  const auto all = group.members.size();
  const auto firing = static_cast<std::size_t>(
      std::count_if(group.members.begin(), group.members.end(),
                    [](const Member& member) { return !member.alert.resolved(); }));
  if (firing == all) return count_of(all, "alert") + (all == 1 ? " fires" : " fire");
  if (firing > 0) return std::to_string(firing) + " of " + count_of(all, "alert") + " still fire";
  const auto when = format_utc(std::chrono::floor<std::chrono::seconds>(*group.ended()));
  return all == 1 ? "the alert ended at " + when
                  : "all " + count_of(all, "alert") + " have ended, the last at " + when;
}

std::vector<Evidence> evidence_of(const AlertGroup& group) {
  std::vector<Evidence> evidence{{count_text(group)}};
  const auto& first = group.members.front().alert;
  evidence.push_back({first.group_key.empty()
                          ? "alert-group: the same alertname and service, without a lull of 30m"
                          : "alert-group: grouped by " + first.source + " as " +
                                one_line(first.group_key, kLongestTitle)});
  for (const auto& link : group.links)
    evidence.push_back({std::string(to_string(link.rule)) + ": " + link.says});
  for (std::size_t i = 0; i < group.members.size() && i < kShown; ++i) {
    const auto& member = group.members[i];
    const auto severity = label_of(member.alert.labels, "severity");
    evidence.push_back({one_line(describe(member.alert), kLongestTitle) +
                            (member.service.empty() ? "" : " of " + member.service) +
                            (severity.empty() ? "" : ", " + severity) + ", " +
                            span_text(member.alert),
                        "alert/" + member.alert.uid.to_string()});
  }
  if (group.members.size() > kShown)
    evidence.push_back({"and " + count_of(group.members.size() - kShown, "more alert")});
  return evidence;
}

std::string name_of(std::string_view alertname) {
  return alertname.empty() ? "an alert without a name"
                           : one_line(std::string(alertname), kLongestTitle);
}

}  // namespace

GroupWords words_of(const AlertGroup& group, const ServiceGraph& graph,
                    const GroupingRules& rules) {
  const auto& face = face_of(group, graph, rules);
  GroupWords words;
  auto title = alert_summary(face.alert);
  if (title.empty())
    title = one_line(describe(face.alert), kLongestTitle) +
            (face.service.empty() ? "" : " of " + face.service);
  words.title = std::move(title);
  for (const auto& member : group.members)
    if (badness(member.severity) < badness(words.severity)) words.severity = member.severity;
  if (!face.service.empty()) words.services.push_back(face.service);
  for (const auto& service : services_in(group))
    if (service != face.service) words.services.push_back(service);
  words.evidence = evidence_of(group);
  return words;
}

std::string fires_text(const Alert& alert) {
  const auto summary = alert_summary(alert);
  return one_line(describe(alert), kLongestTitle) + " fires" +
         (summary.empty() ? "" : ": " + summary);
}

std::string ends_text(const Alert& alert) {
  return one_line(describe(alert), kLongestTitle) + " has ended";
}

std::string fires_text(std::string_view alertname, std::size_t count) {
  return name_of(alertname) +
         " fires: " + (count == 1 ? "one alert" : group_digits(count) + " alerts") +
         " of that name in all";
}

std::string ends_text(std::string_view alertname, std::size_t count) {
  return name_of(alertname) + " has ended" +
         (count == 1 ? "" : ": all " + group_digits(count) + " alerts of that name");
}

std::optional<Attachment> find_attachment(const AlertGroup& group,
                                          std::span<const OpenIncident> open,
                                          const ServiceGraph& graph, const GroupingRules& rules) {
  std::optional<Attachment> best;
  Instant newest{};
  const auto offer = [&](std::size_t i, const std::string& rule, const std::string& says) {
    const bool better =
        !best || (best->rule == rule ? open[i].from > newest : rule == "attach-service");
    if (!better) return;
    best = Attachment{i, rule, {rule + ": " + says, open[i].subject}};
    newest = open[i].from;
  };
  for (const auto& service : services_in(group)) {
    const auto relations = rules.attach_by_dependency ? graph.related(service, rules.steps)
                                                      : std::vector<ServiceGraph::Relation>{};
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (group.started() < open[i].from - std::chrono::hours{1}) continue;
      for (const auto& hurt : open[i].services) {
        if (hurt == service && rules.attach_by_service)
          offer(i, "attach-service", open[i].name + " is open for " + service);
        for (const auto& relation : relations)
          if (relation.service == hurt)
            offer(i, "attach-dependency",
                  open[i].name + " is open for " + hurt + ", and " + relation.path);
      }
    }
  }
  return best;
}

}  // namespace nines::incident
