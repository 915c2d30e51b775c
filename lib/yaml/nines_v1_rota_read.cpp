// Reads a Rota: versions are filled in from the ones before them, wall times are placed.
#include <bit>

#include "domain/incident/rota.hpp"
#include "domain/slo/window.hpp"
#include "yaml/definitions.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1.hpp"
#include "yaml/nines_v1_people.hpp"
#include "yaml/nines_v1_rota.hpp"

namespace nines::yaml {

namespace {

using incident::HandoffTime;
using incident::Layer;
using incident::LayerVersion;
using incident::TurnLength;

constexpr std::string_view kPrimary = "primary";

std::string role_of(const Node& node) {
  const auto role = text_of(&node, "role");
  return role.empty() ? std::string(kPrimary) : role;
}

std::vector<TurnLength> turns_of(const Node& layer) {
  std::vector<TurnLength> turns;
  for (const auto& text : texts_of(&layer, "handovers"))
    if (const auto length = turn_length_from(text)) turns.push_back(*length);
  if (const auto length = turn_length_from(text_of(&layer, "turn"))) turns.push_back(*length);
  return turns;
}

std::optional<HandoffTime> handoff_of(const Node& layer) {
  const auto time = time_of_day_from(text_of(&layer, "handoffTime"));
  if (!time) return std::nullopt;
  HandoffTime handoff{std::nullopt, *time};
  if (const auto day = weekdays_from(text_of(&layer, "handoffDay")))
    handoff.weekday = static_cast<unsigned>(std::countr_zero(static_cast<unsigned>(*day)));
  return handoff;
}

/// What is not said is as in the version before.
LayerVersion read_version(const Node& node, const LayerVersion* before) {
  LayerVersion version;
  if (before != nullptr) version = *before;
  version.continues = before != nullptr;
  const auto start = slo::parse_anchor(text_of(&node, "start"));
  if (start && (before == nullptr || *start != before->start)) {
    version.start = *start;
    version.continues = false;
  }
  if (auto turns = turns_of(node); !turns.empty()) version.turns = std::move(turns);
  if (const auto handoff = handoff_of(node)) version.handoff = handoff;
  if (is_set(node, "participants")) {
    version.participants = texts_of(&node, "participants");
    if (before != nullptr && version.participants != before->participants)
      version.continues = false;
  }
  if (is_set(node, "restrictions"))
    version.restrictions = week_windows(child(&node, "restrictions"));
  version.from = slo::parse_anchor(text_of(&node, "effectiveFrom")).value_or(version.start);
  return version;
}

void read_layer(const Node& node, const Zone& zone, std::vector<Layer>& layers) {
  const auto name = text_of(&node, "name");
  auto at = layers.begin();
  while (at != layers.end() && at->name != name) ++at;
  if (at == layers.end()) {
    layers.push_back({name, role_of(node), zone_of(&node, "zone").value_or(zone), {}, {}, false});
    at = layers.end() - 1;
  }
  at->versions.push_back(read_version(node, at->versions.empty() ? nullptr : &at->versions.back()));
  if (is_set(node, "until")) at->until = slo::parse_anchor(text_of(&node, "until"));
  if (is_set(node, "skippedTurns"))
    at->consume_skipped = text_of(&node, "skippedTurns") == "consume";
}

/// The stretch between two members; empty where one of them cannot be read.
std::optional<slo::Period> period_of(const Node& node, const Zone& zone, std::string_view from,
                                     std::string_view to) {
  const auto begin = slo::parse_anchor(text_of(&node, from));
  const auto end = slo::parse_anchor(text_of(&node, to));
  if (!begin || !end) return std::nullopt;
  const auto placed = catalog::place_shift(zone, {*begin, *end});
  return slo::Period{placed.from, placed.to};
}

}  // namespace

std::optional<TurnLength> turn_length_from(std::string_view text) {
  constexpr std::int64_t kMost = 1000;
  const auto length = length_from(text);
  if (!length || length->count < 1 || length->count > kMost) return std::nullopt;
  switch (length->unit) {
    case slo::Unit::hour:
      return TurnLength{0, 0, length->count};
    case slo::Unit::day:
      return TurnLength{0, length->count, 0};
    case slo::Unit::week:
      return TurnLength{0, length->count * 7, 0};
    case slo::Unit::month:
      return TurnLength{length->count, 0, 0};
    default:
      return std::nullopt;
  }
}

void read_rota(const Node& document, Definition& definition) {
  incident::Rota rota;
  catalog::StringMap labels;
  catalog::StringMap annotations;
  read_metadata(document, rota.name, rota.display_name, labels, annotations);
  const Node* spec = child(&document, "spec");
  rota.description = text_of(spec, "description");
  const auto zone = zone_of(spec, "zone");
  if (zone) rota.zone = *zone;
  if (const Node* list = child(spec, "layers"))
    for (const Node& item : list->items()) read_layer(item, rota.zone, rota.layers);
  if (const Node* list = child(spec, "overrides")) {
    for (const Node& item : list->items())
      if (const auto when = period_of(item, rota.zone, "from", "to"))
        rota.overrides.push_back(
            {role_of(item), text_of(&item, "person"), *when, text_of(&item, "because"), {}});
  }
  if (const Node* list = child(spec, "swaps")) {
    for (const Node& item : list->items()) {
      const auto when = period_of(item, rota.zone, "from", "to");
      if (!when) continue;
      const auto back = period_of(item, rota.zone, "returnFrom", "returnTo");
      rota.swaps.push_back({text_of(&item, "person"),
                            text_of(&item, "with"),
                            *when,
                            back.value_or(*when),
                            text_of(&item, "because"),
                            {}});
    }
  }
  rota.calendars = texts_of(spec, "calendars");
  definition.object = std::move(rota);
}

}  // namespace nines::yaml
