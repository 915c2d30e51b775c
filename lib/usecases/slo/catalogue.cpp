// Stored documents to typed values through the one reader that every dialect has.
#include "usecases/slo/catalogue.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/parallel.hpp"
#include "domain/slo/engine_query.hpp"
#include "store/definitions.hpp"
#include "usecases/slo/openslo_rules.hpp"
#include "usecases/slo/stored_reader.hpp"

namespace nines::usecases {
namespace {

/// Puts one definition where it belongs.
struct Shelve {
  Catalogue& catalogue;
  const nines::slo::DefinitionRecord& stored;
  const std::string& name;

  void operator()(std::monostate&) const {}
  void operator()(incident::Playbook&) const {}  // read by name, where it is run
  void operator()(nines::slo::Slo& slo) const {
    catalogue.provenance[slo.name] = {stored.kind, stored.path,    stored.revision,
                                      stored.at,   stored.because, stored.owner};
    catalogue.slos.push_back(std::move(slo));
  }
  void operator()(std::vector<nines::slo::Slo>& several) const {
    for (auto& slo : several) (*this)(slo);
  }
  void operator()(nines::slo::Sli& sli) const {
    catalogue.slis.insert_or_assign(name, std::move(sli));
  }
  void operator()(nines::slo::DataSource& source) const {
    catalogue.sources.insert_or_assign(name, std::move(source));
  }
  void operator()(catalog::Service& service) const {
    catalogue.services.insert_or_assign(name, std::move(service));
  }
  void operator()(catalog::Vendor& vendor) const {
    catalogue.vendors.insert_or_assign(name, std::move(vendor));
  }
  void operator()(catalog::Person& person) const {
    catalogue.people.insert_or_assign(name, std::move(person));
  }
  void operator()(catalog::Team& team) const {
    catalogue.teams.insert_or_assign(name, std::move(team));
  }
  void operator()(catalog::Calendar& calendar) const {
    catalogue.calendars.insert_or_assign(name, std::move(calendar));
  }
  /// Escalation needs its earlier versions too, and reads them itself.
  void operator()(incident::EscalationPolicy&) const {}
  void operator()(incident::Rota& rota) const {
    catalogue.rotas.insert_or_assign(name, std::move(rota));
  }
};

void shelve(Catalogue& catalogue, const nines::slo::DefinitionRecord& stored,
            std::optional<yaml::Definition>& read) {
  if (!read) {
    catalogue.warnings.push_back(
        fmt::format("{} '{}' can no longer be read: apply it again", stored.kind, stored.name));
    return;
  }
  std::visit(Shelve{catalogue, stored, stored.name}, read->object);
}

/// The indicator that a reference names, or null and a warning.
const nines::slo::Indicator* indicator_of(Catalogue& catalogue, const std::string& ref,
                                          const std::string& slo) {
  const auto found = catalogue.slis.find(ref);
  if (found != catalogue.slis.end()) return &found->second.indicator;
  catalogue.warnings.push_back(
      fmt::format("SLO '{}' names the SLI '{}', which is not applied", slo, ref));
  return nullptr;
}

/// Alerts that Sloth's documents disable, and those that OpenSLO's policies declare.
void gather_alerts(Catalogue& catalogue, const std::vector<std::optional<yaml::Definition>>& read) {
  std::map<std::string, const yaml::Definition*> by_key;
  const auto find = [&](std::string_view kind, std::string_view name) {
    if (by_key.empty()) {
      for (const auto& one : read)
        if (one) by_key.emplace(one->kind + '\n' + one->name, &*one);
    }
    const auto found = by_key.find(std::string(kind) + '\n' + std::string(name));
    return found == by_key.end() ? nullptr : found->second;
  };
  for (const auto& definition : read) {
    if (!definition) continue;
    for (const auto& source : definition->rule_sources) {
      const alert::OwnAlerts own{!source.page.disabled, !source.ticket.disabled, {}};
      if (own.any()) catalogue.alerts.emplace(source.id, own);
    }
    if (!std::holds_alternative<nines::slo::Slo>(definition->object)) continue;
    const auto declared = declared_alerts(*definition, find);
    if (!declared.any) continue;
    alert::OwnAlerts own{false, false, {}};
    for (const auto& one : declared.alerts) own.declared.push_back(one.alert);
    catalogue.alerts.emplace(std::get<nines::slo::Slo>(definition->object).name, own);
  }
}

void resolve(Catalogue& catalogue, nines::slo::Slo& slo) {
  const auto fill = [&](std::optional<nines::slo::Indicator>& indicator, const std::string& ref) {
    if (indicator || ref.empty()) return;
    if (const auto* found = indicator_of(catalogue, ref, slo.name)) indicator = *found;
  };
  fill(slo.indicator, slo.indicator_ref);
  for (auto& objective : slo.objectives) fill(objective.indicator, objective.indicator_ref);
}

}  // namespace

const nines::slo::Slo* Catalogue::find_slo(std::string_view name) const {
  const auto found =
      std::lower_bound(slos.begin(), slos.end(), name,
                       [](const nines::slo::Slo& slo, std::string_view n) { return slo.name < n; });
  return found != slos.end() && found->name == name ? &*found : nullptr;
}

const alert::OwnAlerts* Catalogue::alerts_of(std::string_view slo) const {
  const auto found = alerts.find(slo);
  return found == alerts.end() ? nullptr : &found->second;
}

const nines::slo::DataSource* Catalogue::source_of(const nines::slo::MetricSource& metric) const {
  const auto found = sources.find(metric.ref);
  if (found != sources.end()) return &found->second;
  // A query without a reference, as Sloth writes them, is for the one engine that there is.
  const auto engine = nines::slo::engine_of(metric.type);
  if (!metric.ref.empty() || !engine) return nullptr;
  const nines::slo::DataSource* only = nullptr;
  for (const auto& [name, source] : sources) {
    if (nines::slo::engine_of(source.type) != engine) continue;
    if (only != nullptr) return nullptr;
    only = &source;
  }
  return only;
}

Catalogue load_catalogue(const Session& session) {
  return catalogue_of(store::definitions(session.store()));
}

Catalogue catalogue_of(const std::vector<nines::slo::DefinitionRecord>& stored) {
  Catalogue catalogue;
  std::vector<std::optional<yaml::Definition>> read(stored.size());
  in_parallel(stored.size(), [&](std::size_t i) { read[i] = read_record(stored[i]); });
  gather_alerts(catalogue, read);
  catalogue.slos.reserve(stored.size());
  for (std::size_t i = 0; i < stored.size(); ++i) shelve(catalogue, stored[i], read[i]);
  std::sort(catalogue.slos.begin(), catalogue.slos.end(),
            [](const nines::slo::Slo& a, const nines::slo::Slo& b) { return a.name < b.name; });
  for (auto& slo : catalogue.slos) resolve(catalogue, slo);
  in_parallel(read.size(), [&](std::size_t i) { read[i].reset(); });
  return catalogue;
}

}  // namespace nines::usecases
