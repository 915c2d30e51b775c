// Which bodies a place that cannot forget gets only sealed.
#pragma once

#include <string_view>

namespace nines::log {

/// Who somebody is, what is marked as privileged, and evidence that is personal or privileged.
/// `header` is the event's line of a segment, `body` its canonical text.
bool is_confidential(std::string_view header, std::string_view body);

}  // namespace nines::log
