// One row per override of the change gate.
#include "store/gate_overrides.hpp"

#include <array>

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kOverrideRecord{"override/", "OVR", "DELETE FROM gate_override WHERE uid = ?"};

void apply_overridden(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto one = remediate::gate_override_from(event.body);
  if (!uid || !one) return;
  db.run("INSERT OR REPLACE INTO gate_override (uid, at, said) VALUES (?, ?, ?)", *uid, one->at,
         remediate::to_json(*one).canonical());
  put_text(db, event.header,
           {.kind = "override",
            .title = one->because,
            .text = one->policy + "\n" + join(one->rules, " ") + "\n" + join(one->services, " ")});
  name_record(db, kOverrideRecord, event);
}

}  // namespace

const Aggregate& gate_override_aggregate() {
  static const std::array kKinds{Projection{"gate.overridden", apply_overridden}};
  static const Aggregate kAggregate{kOverrideRecord.subjects, kKinds,
                                    clear_record<kOverrideRecord>, R"sql(
CREATE TABLE gate_override (
  uid BLOB PRIMARY KEY,
  at INTEGER NOT NULL,
  said TEXT NOT NULL
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

std::vector<remediate::GateOverride> gate_overrides(const Store& store) {
  std::vector<remediate::GateOverride> found;
  auto names = names_of(store.db(), kOverrideRecord.prefix);
  auto rows = store.db().query("SELECT uid, said FROM gate_override ORDER BY at, uid");
  while (rows.step()) {
    auto one = remediate::gate_override_from(Json::parse(rows.text(1)));
    if (!one) continue;
    one->uid = rows.uid(0);
    one->name = std::move(names[one->uid]);
    found.push_back(std::move(*one));
  }
  return found;
}

log::NewEvent gate_overridden(const remediate::GateOverride& one, std::int64_t number) {
  log::NewEvent event{.kind = "gate.overridden",
                      .subject = subject_of(kOverrideRecord, one.uid),
                      .body = remediate::to_json(one),
                      .occurred_at = one.at};
  event.body.set("number", number);
  return event;
}

}  // namespace nines::store
