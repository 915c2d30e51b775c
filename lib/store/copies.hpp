// Copies of rows in files beside the store, which an erasure must reach too.
#pragma once

#include <chrono>

namespace nines::store {

class Db;

/// Notes, in the transaction of an erasure, that copies made before it must go.
void note_copies(Db& db);
/// Removes them where that is noted; call it after the COMMIT, since until then others may make
/// such copies from what they see. Who makes one just now is waited for so long. What a crash, an
/// error or others leave is removed by the next writer.
void drop_noted_copies(Db& db, std::chrono::milliseconds wait = {});

/// How long an erasure waits, that its words are gone when it says so.
inline constexpr std::chrono::seconds kWaitForCopies{2};

}  // namespace nines::store
