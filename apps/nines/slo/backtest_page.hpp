// What a backtest found, as a page and as data.
#pragma once

#include "base/json.hpp"
#include "render/page.hpp"
#include "usecases/slo/backtest.hpp"

namespace nines::app::slo {

render::Page backtest_page(const usecases::Backtest& result);
Json backtest_json(const usecases::Backtest& result);

}  // namespace nines::app::slo
