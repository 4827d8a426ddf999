// Quarantine
