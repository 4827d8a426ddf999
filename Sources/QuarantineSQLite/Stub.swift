// QuarantineSQLite
