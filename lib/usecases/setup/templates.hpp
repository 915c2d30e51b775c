// The files that `init` writes, as they are written.
#pragma once

#include <string_view>

namespace nines::usecases::templates {

extern const std::string_view kConfiguration;  ///< .nines.yaml
extern const std::string_view kFirstSlo;       ///< slos/web.yaml
extern const std::string_view kGitHubJob;      ///< .nines/ci/github.yml
extern const std::string_view kGitLabJob;      ///< .nines/ci/gitlab.yml

}  // namespace nines::usecases::templates
