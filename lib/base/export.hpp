// Marks what the shared library shows to programs that link it; everything else stays hidden.
#pragma once

#define NINES_EXPORT __attribute__((visibility("default")))
