// The JSON form of a status, one object per objective.
#pragma once

#include "base/json.hpp"
#include "usecases/slo/status.hpp"

namespace nines::app::slo {

/// Shape: schemas/slo.status.v1.json.
Json status_json(const usecases::StatusRow& row);
Json assessment_json(const nines::slo::Assessment& assessment);

}  // namespace nines::app::slo
