// Whole numbers of 128 bits, for products and sums of counts that must not overflow.
#pragma once

namespace nines {

__extension__ using Wide = __int128;
__extension__ using WideUnsigned = unsigned __int128;

}  // namespace nines
