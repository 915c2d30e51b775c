// Lays layers, swaps, absences and overrides over each other, role by role.
#include "domain/incident/rota.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "domain/incident/turns.hpp"

namespace nines::incident {
namespace {

using std::chrono::days;

bool holds(const Period& period, Instant at) { return period.from <= at && at < period.to; }

/// What one layer says, read with a place that only moves on.
class LayerTrack {
 public:
  LayerTrack(const Layer& layer, const Period& period)
      : layer_(&layer), pieces_(pieces_of(layer, period)) {}

  void add_cuts(std::vector<Instant>& cuts) const {
    for (const auto& piece : pieces_) {
      cuts.push_back(piece.when.from);
      cuts.push_back(piece.when.to);
    }
  }

  const TurnPiece* at(Instant at) {
    while (next_ < pieces_.size() && pieces_[next_].when.to <= at) ++next_;
    return next_ < pieces_.size() && pieces_[next_].when.from <= at ? &pieces_[next_] : nullptr;
  }

  const Layer& layer() const { return *layer_; }

 private:
  const Layer* layer_;
  std::vector<TurnPiece> pieces_;
  std::size_t next_ = 0;
};

/// A stretch with what tells it from its neighbour: two turns of one person are two stretches.
struct Stretch {
  DutyShift shift;
  std::size_t version = 0;
  std::int64_t turn = -1;
  const Override* source = nullptr;

  bool goes_on_as(const Stretch& next) const {
    if (source != nullptr || next.source != nullptr) return source == next.source;
    return turn == next.turn && version == next.version && shift.person == next.shift.person &&
           shift.layer == next.shift.layer && shift.reason == next.shift.reason &&
           shift.instead_of == next.shift.instead_of && shift.why == next.shift.why;
  }

  /// An override may stand for several turns.
  void extend(const Stretch& next) {
    shift.when.to = next.shift.when.to;
    const auto& other = next.shift.instead_of;
    if (other.empty() || shift.instead_of.find(other) != std::string::npos) return;
    shift.instead_of += (shift.instead_of.empty() ? "" : ", ") + other;
  }
};

class RoleWalk {
 public:
  RoleWalk(const Rota& rota, const std::string& role, const Period& period)
      : rota_(rota), role_(role), period_(period) {
    for (const auto& layer : rota.layers)
      if (layer.role == role) tracks_.emplace_back(layer, period);
  }

  void add_to(std::vector<DutyShift>& timeline) {
    std::vector<Stretch> stretches;
    const auto cuts = find_cuts();
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      auto stretch = decide(cuts[i]);
      stretch.shift.when = {cuts[i], cuts[i + 1]};
      if (!stretches.empty() && stretches.back().goes_on_as(stretch))
        stretches.back().extend(stretch);
      else
        stretches.push_back(std::move(stretch));
    }
    for (auto& stretch : stretches) timeline.push_back(std::move(stretch.shift));
  }

 private:
  std::vector<Instant> find_cuts() const {
    std::vector<Instant> cuts{period_.from, period_.to};
    const auto add = [&](const Period& when) {
      cuts.push_back(when.from);
      cuts.push_back(when.to);
    };
    for (const auto& track : tracks_) track.add_cuts(cuts);
    for (const auto& change : rota_.overrides) add(change.when);
    for (const auto& swap : rota_.swaps) {
      add(swap.when);
      add(swap.back);
    }
    for (const auto& blackout : rota_.blackouts) add(blackout.when);
    std::erase_if(cuts, [&](Instant t) { return t < period_.from || t > period_.to; });
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    return cuts;
  }

  Stretch decide(Instant at) {
    Stretch stretch;
    stretch.shift.role = role_;
    stretch.shift.reason = DutyReason::nobody;
    bool found = false;
    for (auto track = tracks_.rbegin(); track != tracks_.rend(); ++track) {
      const auto* piece = track->at(at);
      if (piece == nullptr || found) continue;
      found = take(*piece, track->layer(), at, stretch);
    }
    const auto change =
        std::find_if(rota_.overrides.rbegin(), rota_.overrides.rend(),
                     [&](const Override& o) { return o.role == role_ && holds(o.when, at); });
    if (change != rota_.overrides.rend()) put(*change, stretch);
    return stretch;
  }

  /// Whether the piece puts somebody on duty; a person who is away leaves it to the layer below.
  bool take(const TurnPiece& piece, const Layer& layer, Instant at, Stretch& stretch) const {
    auto person = piece.person;
    std::string why;
    for (const auto& swap : rota_.swaps) {
      const bool gives = person == swap.person && holds(swap.when, at);
      const bool takes = person == swap.with && holds(swap.back, at);
      if (!gives && !takes) continue;
      person = gives ? swap.with : swap.person;
      why = swap.because;
    }
    const auto away =
        std::find_if(rota_.blackouts.begin(), rota_.blackouts.end(), [&](const Blackout& blackout) {
          return (blackout.person.empty() || blackout.person == person) && holds(blackout.when, at);
        });
    if (away != rota_.blackouts.end()) {
      if (!stretch.shift.instead_of.empty()) return false;  // the uppermost absence is told
      stretch.shift.instead_of = person;
      stretch.shift.why = away->why;
      stretch.shift.layer = layer.name;
      stretch.turn = piece.turn;
      stretch.version = piece.version;
      return false;
    }
    const bool swapped = person != piece.person;
    if (swapped) stretch.shift.instead_of = piece.person;
    if (swapped) stretch.shift.why = why;
    stretch.shift.reason = swapped ? DutyReason::swap : DutyReason::turn;
    stretch.shift.person = std::move(person);
    stretch.shift.layer = layer.name;
    stretch.turn = piece.turn;
    stretch.version = piece.version;
    return true;
  }

  static void put(const Override& change, Stretch& stretch) {
    auto& shift = stretch.shift;
    if (!shift.person.empty()) shift.instead_of = shift.person;
    if (shift.instead_of == change.person) shift.instead_of.clear();
    shift.person = change.person;
    shift.reason = DutyReason::over_ride;
    shift.why = change.because;
    shift.layer.clear();
    stretch.turn = -1;
    stretch.version = 0;
    stretch.source = &change;
  }

  const Rota& rota_;
  const std::string& role_;
  Period period_;
  std::vector<LayerTrack> tracks_;
};

}  // namespace

std::string_view to_string(DutyReason reason) {
  static constexpr std::array<std::string_view, 4> kReasonNames{"turn", "swap", "override",
                                                                 "nobody"};
  return kReasonNames.at(static_cast<std::size_t>(reason));
}

std::vector<std::string> Rota::roles() const {
  std::vector<std::string> roles;
  for (const auto& layer : layers)
    if (std::find(roles.begin(), roles.end(), layer.role) == roles.end())
      roles.push_back(layer.role);
  return roles;
}

std::vector<std::string> Rota::people() const {
  std::set<std::string> people;
  for (const auto& layer : layers)
    for (const auto& version : layer.versions)
      people.insert(version.participants.begin(), version.participants.end());
  return {people.begin(), people.end()};
}

std::vector<DutyShift> duty_timeline(const Rota& rota, const Period& period) {
  std::vector<DutyShift> timeline;
  if (period.from >= period.to) return timeline;
  for (const auto& role : rota.roles()) RoleWalk(rota, role, period).add_to(timeline);
  return timeline;
}

std::vector<DutyShift> shifts(const Rota& rota, Instant from, Instant to) {
  auto timeline = duty_timeline(rota, {from, to});
  std::erase_if(timeline, [](const DutyShift& shift) { return shift.person.empty(); });
  return timeline;
}

std::vector<OnDuty> on_duty(const Rota& rota, Instant at) {
  auto found = shifts(rota, at, at + Micros{1});
  // Most stretches are short: look near first, and further only for those that reach the edge.
  for (const auto reach : {days{2}, days{10}, days{40}, days{400}}) {
    const Period near{at - reach, at + reach};
    const auto timeline = shifts(rota, near.from, near.to);
    bool whole = true;
    for (auto& shift : found) {
      const auto wide = std::find_if(timeline.begin(), timeline.end(), [&](const DutyShift& s) {
        return s.role == shift.role && holds(s.when, at);
      });
      if (wide == timeline.end()) continue;
      shift = *wide;
      whole = whole && wide->when.from > near.from && wide->when.to < near.to;
    }
    if (whole) break;
  }
  return found;
}

}  // namespace nines::incident
