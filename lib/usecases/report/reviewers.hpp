// Who wrote a postmortem, who reviewed it, and how each of them was authenticated.
#pragma once

#include <vector>

#include "domain/log/attestation.hpp"
#include "domain/postmortem/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Holds the publication and the reviews against the rules in force here; with `open_only` no reviews
/// of what is published. A review by somebody who wrote the text does not count, under whatever name
/// it was given.
void authenticate_reviews(const Session& session, nines::postmortem::Postmortem& one,
                          bool open_only);

/// Throws Error{needs_approval} when who signed is not the person on record that was asked by name.
void refuse_other_reviewer(const Session& session, const log::Who& reviewer);

/// Throws Error{needs_approval} when this person wrote any revision, or when texts have to be signed
/// and the present one is not.
void refuse_writer(const Session& session, const nines::postmortem::Postmortem& one,
                   const log::Who& reviewer);

}  // namespace nines::usecases
