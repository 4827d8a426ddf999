// Agencies
