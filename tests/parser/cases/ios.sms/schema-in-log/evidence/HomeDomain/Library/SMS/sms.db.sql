CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT);
