// How a change request looks, for people and for programs.
#pragma once

#include <string>

#include "nines/command.hpp"
#include "usecases/remediate/change_requests.hpp"

namespace nines::app::remediate {

/// Shape: schemas/remediate.change.json, "request".
Json request_json(const nines::remediate::ChangeRequest& request, Instant now);
Json freeze_json(const nines::remediate::GateFreeze& freeze);

/// Everything about one request under `headline`; shows it, with `notes` as warnings.
ExitCode show_request_view(Context& context, const usecases::RequestView& view,
                           const std::string& headline,
                           const std::vector<std::string>& notes = {});

/// "1 of 2: bo", "by emergency, 1 of 1 until …".
std::string consent_text(const nines::remediate::ChangeRequest& request);
/// "2026-11-24T08:00Z, 1h".
std::string window_text(const nines::remediate::ChangeRequest& request);

}  // namespace nines::app::remediate
