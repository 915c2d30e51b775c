// The rim of the program: turns a process's arguments, environment and streams into a World.
#pragma once

namespace nines::app {

int run_process(int argc, char** argv);

}  // namespace nines::app
