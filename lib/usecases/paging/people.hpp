// Who people are and who is on duty, as escalation asks for them.
#pragma once

#include <map>
#include <string>

#include "domain/incident/escalation.hpp"
#include "domain/slo/window.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Addresses of the persons on record, by name and channel.
std::map<std::string, std::map<std::string, std::string>> contacts_on_record(
    const Session& session);

/// Their zones, where they are known.
std::map<std::string, Zone> zones_on_record(const Session& session);

/// How long each person is on duty in any rota, overlapping duties once each; empty without rotas.
std::map<std::string, std::int64_t> seconds_on_duty(const Session& session,
                                                    const slo::Period& period);

}  // namespace nines::usecases
