// Whether the tables in the file are the ones that this program folds into.
//
// Projections derive from the log, so they may change their columns without a new version of the
// schema: the file notes what its tables were made from, and a program with other tables makes them
// anew before it writes.
#pragma once

namespace nines::store {

class Db;
class Store;

/// Reads only.
bool tables_fit(Db& db);
/// Throws Error{config} when they do not: for who reads them. The log can be read all the same.
void require_fit(const Store& store);
/// Notes that they do; call it inside a transaction.
void note_shape(Db& db);
/// Makes them anew from the log where they do not, in one transaction.
void fit_tables(Db& db);

}  // namespace nines::store
