// Walks the alerts by their start, with the groups indexed by key and by service.
#include "domain/incident/alert_groups.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<LinkRule, 3> kRules{{"alert-group", "alert-service", "alert-dependency"}};

/// Of the groups that one key or service was in, only the latest can still be joined.
constexpr std::size_t kOpenSlots = 16;

struct Activity {
  Instant first, last;         ///< starts
  std::optional<Instant> end;  ///< of the last to end; nothing while one fires
};

std::string key_of(const Member& member) {
  if (!member.alert.group_key.empty()) return member.alert.group_key;
  return "alertname=" + label_of(member.alert.labels, "alertname") + "\nservice=" + member.service;
}

void widen(std::map<std::string, Activity>& stretches, const std::string& name,
           const Alert& alert) {
  const auto [found, fresh] =
      stretches.try_emplace(name, Activity{alert.starts, alert.starts, alert.ends});
  if (fresh) return;
  auto& stretch = found->second;
  stretch.first = std::min(stretch.first, alert.starts);
  stretch.last = std::max(stretch.last, alert.starts);
  stretch.end =
      stretch.end && alert.ends ? std::optional(std::max(*stretch.end, *alert.ends)) : std::nullopt;
}

struct Slot {
  AlertGroup group;
  std::map<std::string, Activity> keys;
  std::map<std::string, Activity> services;
  bool gone = false;  ///< merged into another
};

struct Joinable {
  std::size_t slot;
  GroupLink link;
  Micros apart{0};
};

class Grouper {
 public:
  Grouper(const ServiceGraph& graph, const GroupingRules& rules) : graph_(graph), rules_(rules) {}

  void take(AlertGroup group) {
    const auto at = slots_.size();
    slots_.push_back({});
    slots_[at].group.uid = group.uid;
    slots_[at].group.known = group.known;
    slots_[at].group.touched = group.touched;
    slots_[at].group.decided = group.decided;
    slots_[at].group.links = std::move(group.links);
    for (auto& member : group.members) put(at, std::move(member));
  }

  void join(Member member) {
    const auto candidates = candidates_of(member);
    if (candidates.empty()) {
      slots_.push_back({});
      put(slots_.size() - 1, std::move(member));
      return;
    }
    const auto& best = candidates.front();
    add_link(slots_[best.slot].group, best.link);
    slots_[best.slot].group.touched = true;
    put(best.slot, std::move(member));
    for (std::size_t i = 1; i < candidates.size(); ++i) absorb(best.slot, candidates[i]);
  }

  std::vector<AlertGroup> groups() {
    std::vector<AlertGroup> groups;
    for (auto& slot : slots_) {
      if (slot.gone) continue;
      auto& members = slot.group.members;
      std::stable_sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
        return std::pair(a.alert.starts, a.alert.uid) < std::pair(b.alert.starts, b.alert.uid);
      });
      groups.push_back(std::move(slot.group));
    }
    return groups;
  }

 private:
  void put(std::size_t at, Member member) {
    auto& slot = slots_[at];
    const auto key = key_of(member);
    widen(slot.keys, key, member.alert);
    note(by_key_[key], at);
    if (!member.service.empty()) {
      widen(slot.services, member.service, member.alert);
      note(by_service_[member.service], at);
    }
    slot.group.members.push_back(std::move(member));
  }

  static void note(std::vector<std::size_t>& list, std::size_t slot) {
    if (std::find(list.rbegin(), list.rend(), slot) != list.rend()) return;
    list.push_back(slot);
    if (list.size() > kOpenSlots) list.erase(list.begin());
  }

  /// What the source itself put together needs no reason; of many alike the first few say it all.
  static void add_link(AlertGroup& group, const GroupLink& link) {
    constexpr std::size_t kEnough = 20;
    if (link.rule == LinkRule::group) return;
    if (group.links.size() < kEnough || link.rule > group.weakest()) group.links.push_back(link);
  }

  /// A group nobody has seen yet becomes part of the one that the same alert is in. Two that people
  /// have seen stay two.
  void absorb(std::size_t into, const Joinable& other) {
    auto& from = slots_[other.slot];
    if (other.slot == into || from.gone || from.group.known) return;
    from.gone = true;
    for (const auto& link : from.group.links) add_link(slots_[into].group, link);
    add_link(slots_[into].group, other.link);
    for (auto& member : std::exchange(from.group.members, {})) put(into, std::move(member));
  }

  bool continues(const Activity& stretch, Instant start) const {
    if (start < stretch.first - rules_.together) return false;
    if (stretch.end) return start <= *stretch.end + rules_.lull;
    return start <= stretch.last + rules_.longest;
  }

  std::optional<Micros> apart(const Activity& stretch, Instant start) const {
    auto distance = Micros{0};
    if (start < stretch.first) distance = stretch.first - start;
    if (start > stretch.last) distance = start - stretch.last;
    return distance <= rules_.together ? std::optional(distance) : std::nullopt;
  }

  std::vector<Joinable> candidates_of(const Member& member) {
    std::vector<Joinable> found;
    const auto add = [&](std::size_t slot, LinkRule rule, const std::string& says, Micros how_far) {
      if (slots_[slot].gone) return;
      const auto same = [&](const Joinable& one) { return one.slot == slot; };
      if (std::none_of(found.begin(), found.end(), same))
        found.push_back({slot, {rule, says}, how_far});
    };
    for (const auto slot : by_key_[key_of(member)])
      if (continues(slots_[slot].keys.at(key_of(member)), member.alert.starts))
        add(slot, LinkRule::group, {}, Micros{0});
    if (rules_.by_service && !member.service.empty()) near(member, member.service, "", add);
    if (rules_.by_dependency && !member.service.empty())
      for (const auto& relation : related(member.service))
        near(member, relation.service, relation.path, add);
    std::stable_sort(found.begin(), found.end(), [&](const Joinable& a, const Joinable& b) {
      const auto rank = [&](const Joinable& c) {
        return std::tuple(c.link.rule, !slots_[c.slot].group.known, c.apart, c.slot);
      };
      return rank(a) < rank(b);
    });
    return found;
  }

  template <class Add>
  void near(const Member& member, const std::string& service, const std::string& path, Add add) {
    const auto list = by_service_.find(service);
    if (list == by_service_.end()) return;
    for (const auto slot : list->second) {
      if (slots_[slot].group.decided) continue;
      const auto stretch = slots_[slot].services.find(service);
      if (stretch == slots_[slot].services.end()) continue;
      const auto how_far = apart(stretch->second, member.alert.starts);
      if (!how_far) continue;
      const auto within =
          format_duration(std::chrono::ceil<std::chrono::minutes>(std::max(*how_far, Micros{1})));
      add(slot, path.empty() ? LinkRule::service : LinkRule::dependency,
          describe(member.alert) + " of " + member.service + " started within " + within +
              (path.empty() ? " of another alert of " + service
                            : " of an alert of " + service + ", and " + path),
          *how_far);
    }
  }

  const std::vector<ServiceGraph::Relation>& related(const std::string& service) {
    const auto [found, fresh] = related_.try_emplace(service);
    if (fresh) found->second = graph_.related(service, rules_.steps);
    return found->second;
  }

  const ServiceGraph& graph_;
  const GroupingRules& rules_;
  std::vector<Slot> slots_;
  std::map<std::string, std::vector<std::size_t>> by_key_, by_service_;
  std::map<std::string, std::vector<ServiceGraph::Relation>> related_;
};

constexpr std::array kServiceLabels{"service", "app", "application", "component", "job"};
constexpr std::array kSeverityLabels{"severity", "priority", "level"};

struct SeverityWord {
  std::string_view word;
  Severity severity;
};
constexpr std::array kSeverityWords{
    SeverityWord{"emergency", Severity::sev1}, SeverityWord{"fatal", Severity::sev1},
    SeverityWord{"critical", Severity::sev2},  SeverityWord{"page", Severity::sev2},
    SeverityWord{"error", Severity::sev3},     SeverityWord{"high", Severity::sev3},
    SeverityWord{"warning", Severity::sev3},   SeverityWord{"minor", Severity::sev4},
    SeverityWord{"low", Severity::sev4},
};

std::string severity_word(const Labels& labels) {
  for (const auto* name : kSeverityLabels)
    if (const auto value = label_of(labels, name); !value.empty()) return to_lower_ascii(value);
  return {};
}

}  // namespace

std::string_view to_string(LinkRule rule) { return kRules.of(rule); }

LinkRule AlertGroup::weakest() const {
  auto weakest = LinkRule::group;
  for (const auto& link : links) weakest = std::max(weakest, link.rule);
  return weakest;
}

Instant AlertGroup::started() const { return members.front().alert.starts; }

std::optional<Instant> AlertGroup::ended() const {
  std::optional<Instant> end;
  for (const auto& member : members) {
    if (!member.alert.ends) return std::nullopt;
    end = std::max(end.value_or(*member.alert.ends), *member.alert.ends);
  }
  return end;
}

std::vector<AlertGroup> group_alerts(std::vector<AlertGroup> known, std::vector<Member> fresh,
                                     const ServiceGraph& graph, const GroupingRules& rules) {
  std::sort(fresh.begin(), fresh.end(), [](const Member& a, const Member& b) {
    return std::pair(a.alert.starts, a.alert.uid) < std::pair(b.alert.starts, b.alert.uid);
  });
  Grouper grouper(graph, rules);
  for (auto& group : known) grouper.take(std::move(group));
  for (auto& member : fresh) grouper.join(std::move(member));
  return grouper.groups();
}

std::string service_of(const Labels& labels, const std::set<std::string, std::less<>>& services) {
  for (const auto* name : kServiceLabels)
    if (auto value = label_of(labels, name); services.contains(value)) return value;
  return label_of(labels, "service");
}

Severity severity_of(const Labels& labels, const SeverityWords& words) {
  auto word = severity_word(labels);
  if (const auto own = words.find(word); own != words.end()) return own->second;
  for (const auto& row : kSeverityWords)
    if (row.word == word) return row.severity;
  if (word.size() == 2 && word[0] == 'p') word.erase(0, 1);
  return severity_from(word).value_or(Severity::undetermined);
}

bool is_informational(const Labels& labels, const SeverityWords& words) {
  const auto word = severity_word(labels);
  if (words.find(word) != words.end()) return false;
  return word == "none" || word == "info" || word == "debug";
}

}  // namespace nines::incident
